import type { DomElement, State, World } from '@backlot/protocol';
import { render } from '../render.ts';
import { findAll } from '../walk.ts';
import { fieldOf } from './facts.ts';
import { cellsIn } from './names.ts';
import type { PlacedField } from './read-rows.ts';
import { keyOf } from './read-rows.ts';
import { isTold, settle, type PlacedFact } from './settle.ts';

/**
 * Settles what fields say: a value that is believed to have been typed stays so; what other places of the page say of its cell counts
 * more than the field, which then holds what the user typed; otherwise the field tells the cell.
 */
export function settleFields(facts: readonly PlacedFact[], fields: readonly PlacedField[], state: State): State {
  const typed = new Set(fields.filter(({ key, value }) => state.drafts[key] === value).map(({ key }) => key));
  const known = new Set(
    facts.filter((fact) => fact.live === undefined && isTold(fact, state)).flatMap(({ expr, place }) => cellsIn(expr, state, place)),
  );
  let settled = state;
  for (const fact of facts) {
    if (fact.live === undefined || typed.has(keyOf(fact.live, fact.place))) continue;
    if (cellsIn(fact.expr, settled, fact.place).some((cell) => known.has(cell))) continue;
    settled = settle(fact, settled);
  }
  return settled;
}

/** Live values of the fields that differ from what the page would say by itself, or that were believed to be typed. */
export function withDrafts(world: World, fields: readonly PlacedField[], state: State): State {
  const plain = { ...state, drafts: {} };
  const root = render(world, plain).root;
  const shown = new Map<string, DomElement>();
  for (const element of findAll(root, ({ key }) => key !== undefined)) shown.set(element.key as string, element);
  const drafts: Record<string, string | boolean> = {};
  for (const { key, value } of fields) {
    const element = shown.get(key);
    if (element !== undefined && (fieldOf(element) !== value || state.drafts[key] === value)) drafts[key] = value;
  }
  const focus = state.focus !== null && shown.has(state.focus) ? state.focus : null;
  return { ...state, drafts, focus };
}
