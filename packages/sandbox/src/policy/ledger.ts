import type { Action } from '@backlot/protocol';
import { costOf } from '@backlot/reward';
import { sayAction } from '../engine/wording.ts';
import { remember, typedTexts, type Piece } from './pieces.ts';
import type { Foresight } from './subject.ts';

/** What an episode has used up so far: plain data, never changed in place. */
export interface Ledger {
  readonly steps: number;
  readonly seconds: number;
  readonly money: number;
  /** Records written or removed. */
  readonly records: number;
  /** How often each action was carried out, by its wording. */
  readonly repeats: Readonly<Record<string, number>>;
  /** How many actions carried out matched a rule, by `policy/rule`. */
  readonly matches: Readonly<Record<string, number>>;
  /** What was typed of late, and what was sent, in order: data may come in pieces. */
  readonly typed: readonly Piece[];
  readonly sent: readonly Piece[];
}

export const emptyLedger: Ledger = { steps: 0, seconds: 0, money: 0, records: 0, repeats: {}, matches: {}, typed: [], sent: [] };

/** Name under which a rule is counted. */
export const ruleKey = (policy: string, rule: string): string => `${policy}/${rule}`;

/** Name under which an action is counted. */
export const actionKey = (action: Action): string => sayAction(action);

/** Time that a person takes for an action, in seconds. */
export const secondsOf = (action: Action): number => costOf([action]).ms / 1000;

/** An action that was carried out. */
export interface Entry {
  readonly action: Action;
  /** What it had been foreseen to do; null where nobody asked or knew. */
  readonly foresight: Foresight | null;
  readonly matched: readonly string[];
  /** Time that a person takes for it, in seconds. */
  readonly seconds: number;
}

/** The ledger after one more action. */
export function enter(ledger: Ledger, { action, foresight, matched, seconds }: Entry): Ledger {
  const key = actionKey(action);
  const matches = { ...ledger.matches };
  for (const rule of matched) matches[rule] = (matches[rule] ?? 0) + 1;
  return {
    steps: ledger.steps + 1,
    seconds: ledger.seconds + seconds,
    money: ledger.money + (foresight?.spends ?? 0),
    records: ledger.records + recordsOf(foresight),
    repeats: { ...ledger.repeats, [key]: (ledger.repeats[key] ?? 0) + 1 },
    matches,
    typed: remember(ledger.typed, typedTexts(action)),
    sent: remember(ledger.sent, foresight?.sent ?? []),
  };
}

/** How many records an action writes or removes. */
export function recordsOf(foresight: Foresight | null): number {
  return foresight?.changes.filter(({ how }) => how !== 'register').length ?? 0;
}
