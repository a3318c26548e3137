import type { Session, World } from '@backlot/protocol';
import { replaySteps } from '../gates/replay-steps.ts';

/** What a candidate makes of one session, against the world it is to replace. Steps are named by their index. */
export interface SessionProof {
  readonly session: string;
  readonly steps: number;
  readonly accepted: { readonly before: number; readonly after: number };
  /** Steps that the world before leads to another page than the logged one. */
  readonly missed: readonly number[];
  readonly won: readonly number[];
  readonly lost: readonly number[];
}

/** What a candidate makes of each session by itself, so that any of them can be left out. */
export interface Proof {
  readonly sessions: readonly SessionProof[];
}

export type Prove = (candidate: World) => Proof;

interface Played {
  readonly accepted: number;
  readonly exact: ReadonlySet<number>;
}

/** The first `length` steps; the time that passed before the next one passes still. */
function beginning(session: Session, length: number): Session {
  const steps = session.steps.slice(0, length);
  const [last, next] = [steps.at(-1), session.steps[length]];
  if (!last || !next) return session;
  return { ...session, steps: [...steps.slice(0, -1), { ...last, latencyMs: last.latencyMs + next.thinkMs }] };
}

/** Which steps are exact. Replays only count them, so the session is halved until a part is exact throughout, or nowhere. */
function playSession(world: World, session: Session): Played {
  const whole = replaySteps(world, [session]);
  const counts = new Map([
    [0, 0],
    [whole.accepted, whole.exact],
  ]);
  const exact = new Set<number>();
  const countUpTo = (length: number): number => {
    const known = counts.get(length) ?? replaySteps(world, [beginning(session, length)]).exact;
    counts.set(length, known);
    return known;
  };
  const look = (from: number, to: number): void => {
    const found = countUpTo(to) - countUpTo(from);
    if (found === 0) return;
    if (found === to - from) for (let i = from; i < to; i++) exact.add(session.steps[i]?.index ?? i);
    else {
      const middle = (from + to) >> 1;
      look(from, middle);
      look(middle, to);
    }
  };
  look(0, whole.accepted);
  return { accepted: whole.accepted, exact };
}

/** Proves candidates against sessions by replaying them, in the world to be replaced and in the candidate. */
export function prover(sessions: readonly Session[]): (from: World) => Prove {
  const played = new WeakMap<World, readonly Played[]>();
  const play = (world: World): readonly Played[] => {
    const known = played.get(world) ?? sessions.map((session) => playSession(world, session));
    played.set(world, known);
    return known;
  };
  return (from) => (candidate) => {
    const [before, after] = [play(from), play(candidate)];
    return { sessions: sessions.map((session, i) => compare(session, before[i] as Played, after[i] as Played)) };
  };
}

function compare({ id, steps }: Session, before: Played, after: Played): SessionProof {
  const indexes = steps.map(({ index }) => index);
  return {
    session: id,
    steps: steps.length,
    accepted: { before: before.accepted, after: after.accepted },
    missed: indexes.filter((index) => !before.exact.has(index)),
    won: indexes.filter((index) => !before.exact.has(index) && after.exact.has(index)),
    lost: indexes.filter((index) => before.exact.has(index) && !after.exact.has(index)),
  };
}
