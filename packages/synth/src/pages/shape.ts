import type { DomElement } from '@backlot/protocol';

/** Marks of a page as hashes: what a page is recognised by, whatever it shows. */
export type Shape = ReadonlySet<number>;

const fnvPrime = 0x01000193;

function hashText(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), fnvPrime);
  return hash >>> 0;
}

const join = (a: number, b: number): number => {
  const mixed = Math.imul(a ^ (b >>> 15), 0x2c1b3c6d) ^ Math.imul(b ^ (a << 7), 0x297a2d39);
  return Math.imul(mixed ^ (mixed >>> 15), 0x85ebca6b) >>> 0;
};

/** Roles of what lies over a page or comes and goes in it. */
const layerRoles = new Set(['dialog', 'alertdialog', 'menu', 'listbox', 'tooltip', 'alert', 'status', 'log']);

const fields = new Set(['input', 'select', 'textarea', 'button']);

interface Mark {
  /** The element's own part of a path: tag and role. */
  readonly step: number;
  /** What else marks it: id, field name, classes. They do not become part of the paths below it, as they may change with its state. */
  readonly extras: readonly number[];
  readonly isLayer: boolean;
}

const marks = new WeakMap<DomElement, Mark>();
const isStable = (token: string): boolean => token.length <= 40 && /^[a-z_][a-z_-]*$/i.test(token);

function extrasOf({ tag, attrs }: DomElement): readonly number[] {
  const { id = '', name = '', type = '', class: classes = '' } = attrs;
  const extras = classes
    .split(/\s+/)
    .filter(isStable)
    .map((token) => hashText(`.${token}`));
  if (isStable(id)) extras.push(hashText(`#${id}`));
  if (name !== '' && fields.has(tag)) extras.push(hashText(`[${name.replace(/\d+/g, '0')}`));
  if (type !== '') extras.push(hashText(`:${type}`));
  return extras;
}

function markOf(element: DomElement): Mark {
  let mark = marks.get(element);
  if (mark === undefined) {
    const { role = '', 'aria-modal': modal } = element.attrs;
    const isLayer = layerRoles.has(role) || element.tag === 'dialog' || modal === 'true';
    mark = { step: hashText(role === '' ? element.tag : `${element.tag}=${role}`), extras: extrasOf(element), isLayer };
    marks.set(element, mark);
  }
  return mark;
}

/** Deepest level looked at. */
const maxDepth = 40;
/** A page with fewer marks outside its layers consists of them. */
const fewestMarks = 5;

function collect(root: DomElement, withLayers: boolean): Set<number> {
  const found = new Set<number>();
  const visit = (element: DomElement, above: number, depth: number): void => {
    const mark = markOf(element);
    if (mark.isLayer && !withLayers) return;
    const here = join(above, mark.step);
    found.add(here);
    for (const extra of mark.extras) found.add(join(here, extra));
    if (depth < maxDepth) for (const child of element.children) if ('tag' in child) visit(child, here, depth + 1);
  };
  const body = root.children.find((child): child is DomElement => 'tag' in child && child.tag === 'body') ?? root;
  visit(body, 0, 0);
  return found;
}

/** In how many shapes each mark stands. */
export function countMarks(of: Iterable<Shape>): ReadonlyMap<number, number> {
  const counts = new Map<number, number>();
  for (const shape of of) for (const mark of shape) counts.set(mark, (counts.get(mark) ?? 0) + 1);
  return counts;
}

const shapes = new WeakMap<DomElement, Shape>();

/** The marks of a page: root paths of its elements, each with its stable id, field name, kind and classes; layers left out. */
export function shapeOf(root: DomElement): Shape {
  let shape = shapes.get(root);
  if (shape === undefined) {
    shape = collect(root, false);
    if (shape.size < fewestMarks) shape = collect(root, true);
    shapes.set(root, shape);
  }
  return shape;
}
