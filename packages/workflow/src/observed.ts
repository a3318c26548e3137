import type { Session, World } from '@backlot/protocol';
import { currentUrl } from '@backlot/world';
import { netChange } from '@backlot/reward';
import { abstractSteps, pageOf, tokenOf, type Abstracted } from './abstract.ts';
import { effectTerms } from './effect.ts';
import { placeOf, type ElementPlace } from './elements.ts';
import { replaySession, type ReadPage, type Replay, type ReplayedStep } from './replay.ts';

/** One step with all that is known of it. */
export interface ObservedStep {
  readonly played: ReplayedStep;
  readonly abstracted: Abstracted;
  /** The abstract action as a symbol: what contexts and frequencies are counted over. */
  readonly token: string;
  readonly place: ElementPlace | null;
  /** What it changed that lasts, by the world. */
  readonly effect: readonly string[];
  /** The log shows a request that may change something and that was not turned down. */
  readonly sends: boolean;
  /** The log tells of requests at all. */
  readonly listens: boolean;
  /** It ended at another address. */
  readonly moves: boolean;
  /** Page that it ended at. */
  readonly leadsTo: string | null;
}

/** A logged session with its replay. */
export interface Observed {
  readonly session: Session;
  readonly replay: Replay;
  readonly steps: readonly ObservedStep[];
}

const reading = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Replays a session and says of each step what it was, and what came of it. */
export function observeSession(world: World, session: Session, read?: ReadPage): Observed {
  const replay = replaySession(world, session, read);
  const abstracted = abstractSteps(world, replay.steps);
  const listens = session.steps.some(({ exchanges }) => exchanges.length > 0);
  const steps = session.steps.map((step, i): ObservedStep => {
    const played = replay.steps[i] as ReplayedStep;
    return {
      played,
      abstracted: abstracted[i] as Abstracted,
      token: tokenOf((abstracted[i] as Abstracted).action, step.action.target),
      place: placeOf(step, played.events),
      effect: effectTerms(netChange(world, played.before, played.after)),
      listens,
      sends: step.exchanges.some(({ method, status }) => !reading.has(method.toUpperCase()) && status < 400),
      leadsTo: abstracted[i + 1]?.action.page ?? pageOf(world, played.after),
      moves: step.before.url !== step.after.url || (played.accepted && currentUrl(played.before) !== currentUrl(played.after)),
    };
  });
  return { session, replay, steps };
}
