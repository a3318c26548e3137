import type { Action, Certainty, Effect, Explanation, Observation, Session, World } from '@backlot/protocol';
import type { ActResult, Clone, Engine, Episode } from '@backlot/sandbox';
import { resolveAddress } from '@backlot/world';

/** One logged step as an engine plays it. `observation` is what is seen just before the next logged action. */
export interface PlayedStep {
  readonly index: number;
  readonly action: Action;
  readonly observation: Observation;
  readonly certainty: Certainty;
  /** Why the clone would not take the action. */
  readonly refused?: string;
}

/** What is played, where. */
export interface PlayOptions {
  readonly clone: Clone;
  readonly session: Session;
  readonly engine: Engine;
  readonly signal?: AbortSignal;
}

/** Engines take no longer wait in one piece, in milliseconds. */
export const longestWait = 60_000;

/**
 * Plays a logged session in a fresh episode of its account, step by step; the virtual clock moves on by the logged times. The
 * episode is closed when the caller stops asking.
 * @throws InfraError where the engine failed; the signal's reason
 */
export async function* playSession({ clone, session, engine, signal }: PlayOptions): AsyncGenerator<PlayedStep, void> {
  const episode = await engine.open({ clone, account: session.account, ...(signal === undefined ? {} : { signal }) });
  const timed = worldHasTimers(clone.world);
  try {
    for (const [i, { index, action, latencyMs }] of session.steps.entries()) {
      const { observation, explanation, refused } = await (i === 0 ? begin(episode, action) : episode.act(action));
      const rest = Math.min(longestWait, latencyMs + (session.steps[i + 1]?.thinkMs ?? 0));
      const later = refused === undefined && timed && rest > 0 ? await episode.act({ kind: 'wait', value: String(rest) }) : null;
      yield {
        index,
        action,
        observation: later?.observation ?? observation,
        certainty: explanation.certainty,
        ...(refused === undefined ? {} : { refused }),
      };
    }
  } finally {
    await episode.close();
  }
}

/** An episode begins with its start page open: going there is what a session does first, and is done. */
async function begin(episode: Episode, action: Action): Promise<ActResult> {
  const observation = await episode.observe();
  const isThere = action.kind === 'goto' && resolveAddress(observation.url, action.value ?? '') === observation.url;
  const isDone: Explanation = { rules: [], certainty: 'certain', note: 'The page is open.' };
  return isThere ? { observation, explanation: isDone, dialogs: [] } : episode.act(action);
}

/** True where things happen by themselves; elsewhere there is no need to wait. */
export function worldHasTimers({ rules }: World): boolean {
  return rules.some(({ on, do: effects }) => 'timer' in on || effects.some(isTimed));
}

function isTimed(effect: Effect): boolean {
  return 'after' in effect || (('forEach' in effect || 'if' in effect) && effect.do.some(isTimed));
}
