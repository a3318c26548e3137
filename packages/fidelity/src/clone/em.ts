import type { Session } from '@backlot/protocol';
import { isSamePage } from '../aria/normalise-aria.ts';
import { shareOfSteps, type Share } from '../stats/share.ts';
import { measureBaselines, type Baselines } from './baselines.ts';
import { LoggedPages } from './logged-pages.ts';
import type { R2W } from './r2w.ts';

/**
 * Exact matches of the next page. `openLoop`: the clone goes on from its own state, so an early mistake counts at every later
 * step; it is therefore no higher than it would be with the real prefix given. The baselines have the real page before the step.
 */
export interface EM extends Baselines {
  readonly openLoop: { readonly em: Share; readonly emChange: Share };
}

/** What exact matches are counted over. */
export interface EMOptions {
  readonly r2w: R2W;
  /** The sessions that were replayed. */
  readonly sessions: readonly Session[];
  /** The sessions that the clone was learned from, for the baseline of the page last seen. */
  readonly training?: readonly Session[];
}

/** Counts exact matches over all steps and over those that change the page, beside baselines that learn nothing. Pure. */
export function measureEM({ r2w, sessions, training = [] }: EMOptions): EM {
  return { openLoop: { em: r2w.exact, emChange: shareOfChanges(r2w, sessions) }, ...measureBaselines(training, sessions) };
}

function shareOfChanges(r2w: R2W, sessions: readonly Session[]): Share {
  const judged = new Map(r2w.sessions.map((each) => [each.session, each.steps]));
  return shareOfSteps(
    sessions.map((session) => {
      const pages = new LoggedPages(session);
      const changing = session.steps.filter((step) => !isSamePage(pages.of(step.before), pages.after(step)));
      const exact = new Set((judged.get(session.id) ?? []).filter((step) => step.exact).map(({ index }) => index));
      return { hits: changing.filter(({ index }) => exact.has(index)).length, total: changing.length };
    }),
  );
}
