import type { Row, State } from '@backlot/protocol';
import { anchorOf, ariaSnapshot, render } from '@backlot/world';
import { canonical } from '../canonical.ts';
import type { Touched } from '../explain/touched.ts';
import { touchedBy } from '../explain/touched.ts';
import type { Belief } from '../state/belief.ts';
import { keyOf, nodesIn } from '../state/belief.ts';
import type { Synthesis } from '../synthesise.ts';
import type { Hole } from '../template/holes.ts';
import type { View } from '../views.ts';
import type { Compared, PageDifference } from './page-difference.ts';
import { pageDifference } from './page-difference.ts';

/** A logged page that the world renders otherwise, with the first difference. `step` is the step that led to it. */
export interface PageMiss extends PageDifference {
  readonly session: string;
  readonly step: number;
  readonly moment: View['moment'];
  readonly page: string;
  /** False where nobody could tell: the accessibility snapshots agree, so the difference is out of sight. */
  readonly seen: boolean;
}

/** How many of the logged pages the world renders just as they were. */
export interface RoundTrip {
  readonly views: number;
  readonly exact: number;
  readonly misses: readonly PageMiss[];
  /** Attributes and class tokens that vary in the logs, and that the template holds fixed: they are not compared. */
  readonly unkept: readonly string[];
}

/** Attribute holes that the template gave one value for good. */
function unkeptHoles({ model }: Synthesis): ReadonlySet<string> {
  const isUnkept = (hole: Hole): boolean => {
    const expr = model.explained.exprs.get(hole);
    return (
      (hole.kind === 'attribute' || hole.kind === 'token') &&
      !hole.live &&
      expr !== undefined &&
      'lit' in expr &&
      !model.explained.misses.has(hole)
    );
  };
  return new Set(model.site.pages.flatMap((page) => page.holes.filter(isUnkept).map((hole) => hole.id)));
}

/** A class token is named with its dot already. */
function comparedBut(unkept: ReadonlySet<string>): Compared {
  return ({ key }, name) => key === undefined || !unkept.has(`${anchorOf(key)}${name.startsWith('.') ? '' : '@'}${name}`);
}

/** What the user had put into the fields of a page, by element key. */
function draftsOf(belief: Belief, touched: Touched | undefined): State['drafts'] {
  const held = touched?.get(belief.view);
  const drafts: Record<string, string | boolean> = {};
  if (!held || held.size === 0) return drafts;
  for (const element of belief.page.pattern.elements.values()) {
    for (const [instance, node] of nodesIn(element, belief.view)) {
      const key = keyOf(element, belief.rowsOf(instance));
      const value = node.id === undefined ? undefined : held.get(node.id);
      if (value !== undefined && belief.live.get(key) === value) drafts[key] = value;
    }
  }
  return drafts;
}

/** What is remembered by address belongs to the account, not to the moment: the seed has it. */
function remembered({ world, model }: Synthesis, account: string): Readonly<Record<string, readonly Row[]>> {
  const tables = world.seeds[account]?.tables ?? {};
  return Object.fromEntries(model.explained.memories.map(({ table }) => [table, tables[table] ?? []]));
}

/**
 * Renders every training page from the state believed behind it and compares it with the logged one: tags, texts (white space
 * aside) and the attributes that the template kept. Of form fields, only what the user had put into them is given.
 */
export function roundTripPages(synthesis: Synthesis): RoundTrip {
  const { model, world } = synthesis;
  const touched = model.views.sessions.map(touchedBy);
  const unkept = unkeptHoles(synthesis);
  const compared = comparedBut(unkept);
  const misses: PageMiss[] = [];
  for (const view of model.views.all) {
    const session = model.views.sessions[view.session]?.session;
    const at = { session: session?.id ?? '', step: view.step, moment: view.moment };
    const belief = model.belief(view);
    if (!belief) {
      misses.push({ ...at, page: '', seen: true, path: '', want: 'a page', got: 'no page was learned from this view' });
      continue;
    }
    const tables = { ...remembered(synthesis, belief.state.account), ...belief.state.tables };
    const { page, root } = render(world, { ...belief.state, tables, drafts: draftsOf(belief, touched[view.session]) });
    const difference = pageDifference(view.root, canonical(root), compared);
    if (!difference) continue;
    const seen = ariaSnapshot(view.root, world.styles) !== ariaSnapshot(root, world.styles);
    misses.push({ ...at, page: page?.id ?? '', seen, ...difference });
  }
  return { views: model.views.all.length, exact: model.views.all.length - misses.length, misses, unkept: [...unkept].sort() };
}
