import type { Action, Session } from '@backlot/protocol';
import type { Clone, Engine } from '@backlot/sandbox';
import { playSession, type PlayedStep } from './play-session.ts';

/** The first step at which two engines showed something different. */
export interface Disagreement {
  readonly index: number;
  readonly action: Action;
  readonly what: 'refused' | 'aria' | 'url' | 'title';
  /** What each showed; for a snapshot only the first line that differs. */
  readonly shown: readonly [string, string];
}

/** Two engines over one session. */
export interface SessionAgreement {
  readonly session: string;
  /** Steps compared; both engines go on after an action that both refused. */
  readonly steps: number;
  readonly refused: number;
  readonly disagreement: Disagreement | null;
}

/** Two engines over all sessions. */
export interface Agreement {
  readonly engines: readonly [Engine['name'], Engine['name']];
  readonly sessions: readonly SessionAgreement[];
  readonly observations: number;
  readonly agree: boolean;
}

/** What is played on which two engines. */
export interface AgreeOptions {
  readonly clone: Clone;
  readonly sessions: readonly Session[];
  readonly engines: readonly [Engine, Engine];
  readonly signal?: AbortSignal;
  readonly onProgress?: (done: SessionAgreement) => void;
}

/**
 * Plays every session on two engines side by side and compares each observation to the letter: snapshot, address, title, and
 * whether the action was refused (not the words of the refusal).
 * @throws InfraError where an engine failed; the signal's reason
 */
export async function agreeEngines(options: AgreeOptions): Promise<Agreement> {
  const sessions: SessionAgreement[] = [];
  for (const session of options.sessions) {
    const done = await agreeOn(session, options);
    sessions.push(done);
    options.onProgress?.(done);
  }
  const [a, b] = options.engines;
  return {
    engines: [a.name, b.name],
    sessions,
    observations: sessions.reduce((sum, { steps }) => sum + steps, 0),
    agree: sessions.every(({ disagreement }) => disagreement === null),
  };
}

async function agreeOn(session: Session, { clone, engines, signal }: AgreeOptions): Promise<SessionAgreement> {
  const base = { clone, session, ...(signal === undefined ? {} : { signal }) };
  const other = playSession({ ...base, engine: engines[1] });
  let steps = 0;
  let refused = 0;
  try {
    for await (const a of playSession({ ...base, engine: engines[0] })) {
      const b = (await other.next()).value as PlayedStep;
      steps += 1;
      if (a.refused !== undefined) refused += 1;
      const disagreement = compare(a, b);
      if (disagreement !== null) return { session: session.id, steps, refused, disagreement };
    }
  } finally {
    await other.return();
  }
  return { session: session.id, steps, refused, disagreement: null };
}

function compare(a: PlayedStep, b: PlayedStep): Disagreement | null {
  const differing = (what: Disagreement['what'], shown: readonly [string, string]): Disagreement => ({
    index: a.index,
    action: a.action,
    what,
    shown,
  });
  if ((a.refused === undefined) !== (b.refused === undefined)) {
    return differing('refused', [a.refused ?? 'accepted', b.refused ?? 'accepted']);
  }
  if (a.observation.aria !== b.observation.aria) return differing('aria', firstDifference(a.observation.aria, b.observation.aria));
  if (a.observation.url !== b.observation.url) return differing('url', [a.observation.url, b.observation.url]);
  if (a.observation.title !== b.observation.title) return differing('title', [a.observation.title, b.observation.title]);
  return null;
}

function firstDifference(a: string, b: string): readonly [string, string] {
  const left = a.split('\n');
  const right = b.split('\n');
  const at = left.findIndex((line, i) => line !== right[i]);
  const i = at === -1 ? left.length : at;
  return [left[i] ?? '(nothing)', right[i] ?? '(nothing)'];
}
