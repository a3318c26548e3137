import type { PageView } from './page-view.ts';
import { firstAfter, placeOf } from './page-view.ts';

/** How an element that has copies on the page stands to the mention of a span, against its copies. */
export interface Scope {
  /** The first copy after the mention. */
  readonly isNext: boolean;
  /** The last copy before it. */
  readonly isPrevious: boolean;
  /** Shares the smallest part of the page with it, where other copies share only larger ones. */
  readonly isInside: boolean;
  /** The mention is the nearest heading before the element. */
  readonly isUnderHeading: boolean;
}

const mostMentions = 3;

/** The scopes of a node for the mentions of a span; none where it has no copies, or where the mention is the node itself. */
export function scopesOf(view: PageView, node: number, span: number): readonly Scope[] {
  const seen = view.nodes[node];
  const copies = seen === undefined ? [] : (view.alike.get(placeOf(seen)) ?? []);
  if (copies.length < 2) return [];
  const mentions = (view.mentions[span] ?? []).slice(0, mostMentions).filter((mention) => mention !== node);
  return mentions.map((mention) => ({
    isNext: firstAfter(copies, mention) === node,
    isPrevious: lastBefore(copies, mention) === node,
    isInside: isInside(view, { node, mention, copies }),
    isUnderHeading: view.heading[node] === mention,
  }));
}

function lastBefore(indices: readonly number[], index: number): number {
  return indices.findLast((each) => each < index) ?? -1;
}

interface Place {
  readonly node: number;
  readonly mention: number;
  readonly copies: readonly number[];
}

function isInside(view: PageView, { node, mention, copies }: Place): boolean {
  const own = sharedDepth(view, node, mention);
  const depths = copies.map((copy) => sharedDepth(view, copy, mention));
  return own === Math.max(...depths) && depths.some((depth) => depth < own);
}

/** How many elements stand around both. */
function sharedDepth(view: PageView, one: number, other: number): number {
  const outer = [other, ...(view.around[other] ?? [])];
  const shared = (view.around[one] ?? []).find((index) => outer.includes(index));
  return shared === undefined ? 0 : 1 + (view.around[shared]?.length ?? 0);
}
