import type { Action, Observation } from '@backlot/protocol';
import type { Instruction } from './instruction.ts';
import { plainOf } from './instruction.ts';
import type { Candidate } from './repertoire.ts';
import type { PageView } from './page-view.ts';
import { scopesOf } from './scope.ts';

/** What the learner remembers of an attempt. Never changed in place. */
export interface Progress {
  /** For each span how often an action named it, copied it, or was done to the record that it names. */
  readonly used: readonly number[];
  /** What was done, in words that stay the same for other values; the newest last. */
  readonly done: readonly string[];
  /** The observation before the last action. */
  readonly before: Observation | null;
  /** The actions tried on each page. */
  readonly tried: ReadonlyMap<string, readonly Action[]>;
}

/** The progress of an attempt that has not begun. */
export function noProgress({ spans }: Instruction): Progress {
  return { used: spans.map(() => 0), done: [], before: null, tried: new Map() };
}

/** The actions that were tried on this very page: each led back to it. */
export function triedOn({ tried }: Progress, observation: Observation): readonly Action[] {
  return tried.get(pageOf(observation)) ?? [];
}

function pageOf({ aria, url }: Observation): string {
  return `${url}\n${aria}`;
}

/** What happens next in an attempt. */
export interface Taken {
  readonly candidate: Candidate;
  readonly view: PageView;
  readonly observation: Observation;
  readonly instruction: Instruction;
}

/** The progress after an action was chosen. */
export function advance(progress: Progress, { candidate, view, observation, instruction }: Taken): Progress {
  const { action, node } = candidate;
  if (action === 'done') return progress;
  const name = plainOf(action.target?.name ?? '');
  const value = plainOf(action.kind === 'press' ? '' : (action.value ?? ''));
  const used = instruction.spans.map(({ plain }, i) => {
    const isMeant = plain === name || plain === value || scopesOf(view, node, i).some(({ isNext, isInside }) => isNext || isInside);
    return (progress.used[i] ?? 0) + (isMeant ? 1 : 0);
  });
  return {
    used,
    done: [...progress.done, sayCandidate(candidate)],
    before: observation,
    tried: new Map([...progress.tried, [pageOf(observation), [...triedOn(progress, observation), action]]]),
  };
}

/** A candidate in words that stay the same for other values: numbers, long names and what is filled in are left open. */
export function sayCandidate({ action }: Candidate): string {
  if (action === 'done') return 'done';
  const { kind, target, value } = action;
  const plain = plainOf(target?.name ?? '');
  const name = plain.length > longName ? '…' : plain.replace(/\d+/g, '#');
  return [kind, target?.role ?? '', name, kind === 'press' || kind === 'goto' ? (value ?? '') : ''].join(' ');
}

const longName = 40;
