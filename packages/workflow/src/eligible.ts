import type { DomElement, State, World } from '@backlot/protocol';
import { anchorOf, findAll, isBox, render } from '@backlot/world';
import { pageOf, recordOf } from './abstract.ts';
import type { AbstractAction } from './model-schema.ts';

/** Elements of the page shown that an abstract action could be done to: of its page and anchor, on, and not yet checked as wished. */
export function eligibleElements(world: World, state: State, action: AbstractAction): readonly DomElement[] {
  if (action.anchor === null || pageOf(world, state) !== action.page) return [];
  const { root } = render(world, state);
  const ofAnchor = findAll(root, (element) => element.key !== undefined && anchorOf(element.key) === action.anchor);
  return ofAnchor.filter((element) => !('disabled' in element.attrs) && isUseful(element, action));
}

/** The records of those elements, in the page's order. */
export function eligibleRecords(world: World, state: State, action: AbstractAction): readonly string[] {
  return eligibleElements(world, state, action).map((element) => recordOf(element.key as string));
}

function isUseful(element: DomElement, { kind }: AbstractAction): boolean {
  if (!isBox(element) || (kind !== 'check' && kind !== 'uncheck')) return true;
  return 'checked' in element.attrs === (kind === 'uncheck');
}
