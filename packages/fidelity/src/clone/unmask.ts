import type { DomElement, DomNode, State, World } from '@backlot/protocol';
import { findAll, render } from '@backlot/world';

/** What recorders write for a field whose text they hide. */
const mask = /^\*{2,}$/;

/**
 * A logged page in which masked fields hold what is believed to stand there: a mask is not what was typed. Fields are told by their
 * name, else their id; one that the believed page has not stays masked.
 */
export function unmasked(root: DomElement, world: World, believed: State): DomElement {
  if (findAll(root, isMasked).length === 0) return root;
  const values = new Map<string, string>();
  for (const field of findAll(render(world, believed).root, ({ attrs }) => attrs['value'] !== undefined)) {
    values.set(fieldOf(field), field.attrs['value'] ?? '');
  }
  return withValues(root, values);
}

const isMasked = ({ attrs }: DomElement): boolean => mask.test(attrs['value'] ?? '');

const fieldOf = ({ tag, attrs }: DomElement): string => `${tag} ${attrs['name'] ?? attrs['id'] ?? ''}`;

function withValues(element: DomElement, values: ReadonlyMap<string, string>): DomElement {
  const known = isMasked(element) ? values.get(fieldOf(element)) : undefined;
  const children = element.children.map((child): DomNode => ('tag' in child ? withValues(child, values) : child));
  const isSame = children.every((child, i) => child === element.children[i]);
  if (known === undefined) return isSame ? element : { ...element, children };
  return { ...element, children, attrs: { ...element.attrs, value: known } };
}
