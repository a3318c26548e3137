import type { Expr, Value } from '@backlot/protocol';
import { evaluate, toText } from '@backlot/world';
import type { PageModel } from '../pages/page-model.ts';
import { scopeOf } from '../state/belief.ts';
import type { Hole } from '../template/holes.ts';
import { varies } from '../template/holes.ts';
import type { Instance } from '../template/pattern.ts';
import type { SessionViews, View } from '../views.ts';
import type { ExplainInputs } from './page-holes.ts';
import { explainPageHole } from './page-holes.ts';
import type { Arrival, TrailModel } from './trails.ts';
import { arrivalsOf } from './trails.ts';

/** A page that puts itself into a trail when it is opened: what it says of itself there, and when it does. */
export interface Visit {
  readonly page: PageModel;
  readonly trail: TrailModel;
  readonly parts: readonly Expr[];
  readonly when: Expr;
  readonly seen: readonly View[];
}

/** A hole of a whole page that stands in no template: what its views must have known. */
function unseenHole(
  page: PageModel,
  { name, kind, values }: Pick<Hole, 'name' | 'kind'> & { readonly values: ReadonlyMap<View, Value> },
): Hole {
  const { root } = page.pattern;
  const known = new Map<Instance, Value>();
  for (const [view, value] of values) {
    const instance = page.instanceOf.get(view);
    if (instance) known.set(instance, value);
  }
  return { id: `${page.id} ${name}`, kind, frame: root.frame, pattern: root, name, live: false, values: known };
}

function learned(hole: Hole, page: PageModel, inputs: ExplainInputs): Expr | null {
  if (!varies(hole.values)) return { lit: hole.values.values().next().value ?? null };
  return explainPageHole(page, hole, { ...inputs, isLast: true })?.expr ?? null;
}

/** True where going to a page changed a trail. */
const isPut = ({ was, is }: Arrival): boolean => is.length > 0 && was.at(-1)?.[0] !== is.at(-1)?.[0];

function visitOf(page: PageModel, arrivals: readonly Arrival[], { trail, inputs }: Visiting): Visit | null {
  const put = arrivals.filter(isPut);
  if (put.length === 0) return null;
  const parts = ['href', 'text', 'title'].map((name, part) => {
    const values = new Map(put.map(({ view, is }) => [view, is.at(-1)?.[part] ?? '']));
    return learned(unseenHole(page, { name, kind: 'text', values }), page, inputs);
  });
  const [href] = parts;
  if (!href || parts.some((part) => part === null)) return null;
  const isOwn = ({ view, is }: Arrival): boolean => {
    const belief = inputs.belief(view);
    return belief !== undefined && toText(evaluate(href, scopeOf(belief, null))) === is.at(-1)?.[0];
  };
  const values = new Map(arrivals.map((arrival) => [arrival.view, isOwn(arrival)]));
  const when = learned(unseenHole(page, { name: 'put', kind: 'presence', values }), page, inputs);
  return when && { page, trail, parts: parts as readonly Expr[], when, seen: put.map(({ view }) => view) };
}

interface Visiting {
  readonly trail: TrailModel;
  readonly inputs: ExplainInputs;
}

/** Which pages put themselves into the trails. */
export function visitsOf(
  trails: readonly TrailModel[],
  sessions: readonly SessionViews[],
  inputs: ExplainInputs & { readonly pages: readonly PageModel[] },
): readonly Visit[] {
  return trails.flatMap((trail) => {
    const arrivals = arrivalsOf(trail, sessions);
    return inputs.pages.flatMap((page) => {
      const mine = arrivals.filter(({ view }) => page.instanceOf.has(view));
      return visitOf(page, mine, { trail, inputs }) ?? [];
    });
  });
}
