import type { State, World } from '@backlot/protocol';
import { netChange } from '@backlot/reward';
import { currentUrl } from '@backlot/world';
import { changeText, effectTerms } from './effect.ts';
import { playEvents, type Replay } from './replay.ts';

/** A stretch of a session with one purpose: the indexes of its steps, and what they change (nothing, for looking around). */
export interface Piece {
  readonly steps: readonly number[];
  readonly effect: readonly string[];
}

/** A pause this many times as long as the usual one, and no shorter than `leastPause` milliseconds, ends a piece. */
const pauseFactor = 20;
const leastPause = 30_000;

/**
 * Cuts a session into pieces without labels. A piece of work ends with the step that changed what lasts, and consists of the steps
 * without which that change would not come about; what remains is looking around, cut where the address changes and at long pauses.
 * Refused steps and the opening goto belong to no piece. Pieces come in the order in which they end.
 */
export function segment(world: World, replay: Replay): readonly Piece[] {
  const pieces: Piece[] = [];
  const cuts = pauses(replay);
  let window: number[] = [];
  for (const [i, step] of replay.steps.entries()) {
    if (!step.accepted || (i === 0 && step.action.kind === 'goto')) continue;
    window.push(i);
    const effect = effectTerms(netChange(world, step.before, step.after));
    if (effect.length === 0) continue;
    const steps = neededSteps({ world, replay, sign: (from, to) => changeText(world, from, to) }, window);
    pieces.push({ steps, effect }, ...looks({ world, replay, sign: address }, without(window, steps), cuts));
    window = [];
  }
  pieces.push(...looks({ world, replay, sign: address }, window, cuts));
  return pieces.toSorted((a, b) => (a.steps.at(-1) as number) - (b.steps.at(-1) as number));
}

const address = (_from: State, to: State): string => currentUrl(to);

const without = (steps: readonly number[], some: readonly number[]): readonly number[] => steps.filter((step) => !some.includes(step));

/** Steps before which the user paused far longer than usual. */
function pauses(replay: Replay): ReadonlySet<number> {
  const sorted = replay.steps.map((step) => step.thinkMs).toSorted((a, b) => a - b);
  const limit = Math.max(leastPause, pauseFactor * (sorted[Math.floor(sorted.length / 2)] ?? 0));
  return new Set(replay.steps.flatMap((step, i) => (step.thinkMs > limit ? [i] : [])));
}

/** `sign` says what counts of the way between two states. */
interface Cutting {
  readonly world: World;
  readonly replay: Replay;
  readonly sign: (from: State, to: State) => string;
}

/**
 * Those steps of a window without which its outcome would not come about: the shortest ending of the window that brings it about
 * from where the window began, less each single step that can be spared.
 */
function neededSteps({ world, replay, sign }: Cutting, window: readonly number[]): readonly number[] {
  const start = replay.steps[window[0] as number]?.before;
  const end = replay.steps[window.at(-1) as number]?.after;
  if (!start || !end) return window;
  const wanted = sign(start, end);
  const suffices = (steps: readonly number[]): boolean => {
    const events = steps.flatMap((i) => replay.steps[i]?.events ?? []);
    const reached = playEvents(world, start, events);
    return reached !== null && sign(start, reached) === wanted;
  };
  let length = 1;
  while (length < window.length && !suffices(window.slice(-length))) length++;
  let needed = window.slice(-length);
  for (const step of needed.slice(0, -1)) {
    const spared = needed.filter((i) => i !== step);
    if (suffices(spared)) needed = spared;
  }
  return needed;
}

/** Steps that change nothing that lasts, as pieces that end with a change of address, before a long pause, or with the window. */
function looks(cutting: Cutting, indexes: readonly number[], cuts: ReadonlySet<number>): readonly Piece[] {
  const { replay } = cutting;
  const pieces: Piece[] = [];
  let open: readonly number[] = [];
  const close = (steps: readonly number[]): void => {
    if (steps.length > 0) pieces.push({ steps, effect: [] });
  };
  for (const i of indexes) {
    if (cuts.has(i)) {
      close(open);
      open = [];
    }
    open = [...open, i];
    const step = replay.steps[i];
    if (!step || currentUrl(step.before) === currentUrl(step.after)) continue;
    const steps = neededSteps(cutting, open);
    close(without(open, steps));
    close(steps);
    open = [];
  }
  close(open);
  return pieces;
}
