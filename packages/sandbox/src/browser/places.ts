import type { DomElement, State, World } from '@backlot/protocol';
import { pathToKey, render } from '@backlot/world';
import type { Look } from '../engine/port.ts';
import type { Outlined } from './page-side.ts';

const elementsOf = ({ children }: DomElement): readonly DomElement[] => children.filter((child): child is DomElement => 'tag' in child);

/** Key of the element to which a way from the body leads, or of the nearest around it that has one. */
export function keyAlong(world: World, state: State, path: readonly number[]): string | null {
  let at = elementsOf(render(world, state).root).find(({ tag }) => tag === 'body');
  let key = at?.key ?? null;
  for (const place of path) {
    at = at && elementsOf(at)[place];
    if (at === undefined) break;
    key = at.key ?? key;
  }
  return key;
}

/** The ways from the body to elements that are to be marked. What the state does not show is left out. */
export function pathsOf(world: World, state: State, marks: Required<Look>['marks']): readonly Outlined[] {
  const { root } = render(world, state);
  return marks.flatMap(({ key, sign }) => {
    const way = pathToKey(root, key).slice(1);
    const path = way.slice(1).map((element, i) => elementsOf(way[i] as DomElement).indexOf(element));
    return way.length === 0 ? [] : [{ path, sign }];
  });
}
