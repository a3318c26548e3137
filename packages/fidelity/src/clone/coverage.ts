import type { World } from '@backlot/protocol';
import { matchingPages } from '@backlot/world';
import { shareOf, shareOfSteps, type Share } from '../stats/share.ts';
import type { PredictedSession } from './predict-steps.ts';

/** How much of what people do the world has learned, and how much of what it learned people do. */
export interface Coverage {
  /** Steps that the world takes by what it learned: neither refused nor by a fallback. */
  readonly steps: Share;
  /** Steps that lead to an address of which a page was learned. */
  readonly addresses: Share;
  /** Rules and pages that the held-out sessions put to the test. */
  readonly rulesTested: Share;
  readonly pagesTested: Share;
}

/** Counts what was learned against what is done. Pure. */
export function measureCoverage(world: World, predicted: readonly PredictedSession[]): Coverage {
  const steps = predicted.flatMap((each) => each.steps);
  const fired = new Set(steps.flatMap(({ rules }) => rules));
  const urls = new Set(predicted.flatMap(({ session }) => session.steps.map(({ after }) => after.url)));
  const seen = new Set([...urls].flatMap((url) => matchingPages(world, url).map(({ page }) => page.id)));
  return {
    steps: shareOfSteps(
      predicted.map((each) => ({
        hits: each.steps.filter(({ refused, certainty }) => refused === undefined && certainty !== 'unseen').length,
        total: each.steps.length,
      })),
    ),
    addresses: shareOfSteps(
      predicted.map(({ session }) => ({
        hits: session.steps.filter(({ after }) => matchingPages(world, after.url).length > 0).length,
        total: session.steps.length,
      })),
    ),
    rulesTested: shareOf(world.rules.filter(({ id }) => fired.has(id)).length, world.rules.length),
    pagesTested: shareOf(world.pages.filter(({ id }) => seen.has(id)).length, world.pages.length),
  };
}
