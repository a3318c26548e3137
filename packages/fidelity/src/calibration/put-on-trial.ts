import { alignBy } from '@backlot/logs';
import type { Outcomes, Trial, World } from '@backlot/protocol';
import { changedPlaces, occasionOf, resolveAction } from '@backlot/world';
import { placedPage } from '../blame/placed-lines.ts';
import type { PredictedSession, PredictedStep } from '../clone/predict-steps.ts';
import { isExact } from '../clone/score.ts';

/**
 * What came out when the sessions that a world was learned from were played in it, the real page before each step being given (see
 * `predictSteps`): what the world's word about its own certainty then rests on. Pure.
 */
export function trialOf(world: World, predicted: readonly PredictedSession[]): Trial {
  const occasions = new Map<string, Outcomes>();
  const places = new Map<string, Outcomes>();
  for (const step of predicted.flatMap(({ steps }) => steps)) {
    const tried = triedIn(world, step);
    if (tried === null) continue;
    count(occasions, tried.occasion, tried.isRight);
    for (const [anchor, isRight] of tried.places) count(places, anchor, isRight);
  }
  const wasWrong = [...places.values()].some(([, wrong]) => wrong > 0);
  return { occasions: sorted(occasions), places: wasWrong ? sorted(places) : {} };
}

/** What a step tries: its occasion, and the places that it changes. */
export interface Tried {
  readonly occasion: string;
  readonly isRight: boolean;
  /** Whether what an element says came out right, by its anchor. */
  readonly places: ReadonlyMap<string, boolean>;
}

/** What a step tries of a world, and how that came out; null where the world would not take the action. Pure. */
export function triedIn(world: World, step: PredictedStep): Tried | null {
  const event = resolveAction(world, step.states.before, step.action);
  if (step.refused !== undefined || 'refused' in event) return null;
  const wrong = wrongPlaces(world, step);
  const changed = [...changedPlaces(world, step.states.before, step.states.predicted)];
  return {
    occasion: occasionOf(world, step.states.before, event),
    isRight: isExact(step),
    places: new Map(changed.map((anchor) => [anchor, !wrong.has(anchor)])),
  };
}

function count(outcomes: Map<string, Outcomes>, name: string, isRight: boolean): void {
  const [right, wrong] = outcomes.get(name) ?? [0, 0];
  outcomes.set(name, isRight ? [right + 1, wrong] : [right, wrong + 1]);
}

const sorted = (outcomes: ReadonlyMap<string, Outcomes>): Record<string, Outcomes> =>
  Object.fromEntries([...outcomes].sort(([a], [b]) => (a < b ? -1 : 1)));

/** Anchors of the elements that show lines which the real page does not have. */
function wrongPlaces(world: World, step: PredictedStep): ReadonlySet<string> {
  if (isExact(step)) return new Set();
  const { lines } = placedPage(world, step.states.predicted, step.want);
  const pairs = alignBy(
    step.want,
    lines.map(({ line }) => line),
    (a, b) => a === b,
  );
  const kept = new Set(pairs.map(([, at]) => at));
  return new Set(lines.flatMap(({ anchor }, at) => (anchor === null || kept.has(at) ? [] : [anchor])));
}
