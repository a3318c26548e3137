import type { DomElement, Expr, Page, State, World } from '@backlot/protocol';
import { evaluate } from '../evaluate.ts';
import { toBoolean } from '../functions.ts';
import { matchingPages } from '../page-index.ts';
import type { ElementTemplate } from '../paint/plan.ts';
import { withPosted } from '../render.ts';
import { alignElement, type Alignment, type Believed } from './align.ts';
import { partsOf, queryOf, scopeAt, type Place } from './place.ts';

/** The page that a real page is taken for, how it was aligned, and the pages that would have been shown before it. */
export interface ChosenPage {
  readonly place: Place & { readonly page: Page };
  readonly alignment: Alignment;
  readonly before: readonly Place[];
}

/** How much nearer a page must be that is believed not to be shown. */
const against = 0.5;

/** The page of the address whose template is nearest; of equally near ones the one believed to be shown. Null where none fits. */
export function choosePage(world: World, state: State, root: DomElement): ChosenPage | null {
  const url = state.history.entries[state.history.index] ?? '/';
  const places = matchingPages(world, url, state.posted).map(({ page, params }) => ({
    world,
    page,
    params: withPosted(state, params),
    bound: [],
  }));
  let best: ChosenPage | null = null;
  let least = Number.POSITIVE_INFINITY;
  for (const [i, place] of places.entries()) {
    const { page } = place;
    if (!('el' in page.template)) continue;
    const alignment = alignElement(page.template as ElementTemplate, root, believedAt(state, place));
    if (alignment === null) continue;
    const isShown = page.when === undefined || toBoolean(evaluate(page.when, scopeAt(state, place)));
    const cost = alignment.cost + (isShown ? 0 : against) + i * 0.01;
    if (cost >= least) continue;
    least = cost;
    best = { place, alignment, before: places.slice(0, i) };
  }
  return best;
}

/** What is believed of conditions that no row around decides. */
function believedAt(state: State, place: Place): Believed {
  const known = new Map<Expr, boolean | null>();
  return (test) => {
    let truth = known.get(test);
    if (truth === undefined) {
      truth = readsRow(test, []) ? null : toBoolean(evaluate(test, scopeAt(state, place)));
      known.set(test, truth);
    }
    return truth;
  };
}

function readsRow(expr: Expr, bound: readonly string[]): boolean {
  if ('col' in expr) return expr.of === undefined ? bound.length === 0 : !bound.includes(expr.of);
  const query = queryOf(expr);
  const within = query === undefined ? bound : [...bound, query.as];
  return partsOf(expr).some((part) => readsRow(part, within));
}
