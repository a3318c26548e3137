import type { Json } from '../rrweb/events.ts';
import type { RecordedNode } from './recorded-state.ts';

/** A node of the page with a number that stays the same for as long as the element stays. */
export interface NumberedNode {
  readonly number: number;
  readonly node: RecordedNode;
  readonly children: readonly NumberedNode[];
}

/** Gives numbers to pages that come one after another: an element that was there before keeps its own. */
export class Numbering {
  #next: number;

  constructor(first: number) {
    this.#next = first;
  }

  number(node: RecordedNode, before: NumberedNode | null): NumberedNode {
    const old = new Set(before?.children ?? []);
    const byRef = node.children.map((child) => take(old, (each) => each.node.ref === child.ref && isAlike(each.node, child)));
    const children = node.children.map((child, i) => this.number(child, byRef[i] ?? take(old, (each) => isAlike(each.node, child))));
    return { number: before?.number ?? this.#take(), node, children };
  }

  #take(): number {
    this.#next += 1;
    return this.#next - 1;
  }
}

function take(from: Set<NumberedNode>, wanted: (node: NumberedNode) => boolean): NumberedNode | null {
  for (const node of from) {
    if (!wanted(node)) continue;
    from.delete(node);
    return node;
  }
  return null;
}

/** True where two elements may be one at two times: states are told by classes that come after the first. */
function isAlike(a: RecordedNode, b: RecordedNode): boolean {
  return a.tag === b.tag && a.id === b.id && firstClass(a) === firstClass(b);
}

function firstClass({ classes }: RecordedNode): string {
  return classes.trimStart().split(/\s/, 1)[0] ?? '';
}

/** All nodes, from the top. */
export function* nodesOf(page: NumberedNode): Generator<NumberedNode> {
  yield page;
  for (const child of page.children) yield* nodesOf(child);
}

/** The page as a node of an rrweb snapshot. */
export function toSnapshot({ number, node, children }: NumberedNode): Json {
  if (node.tag === 't') return { type: 3, id: number, textContent: node.text };
  const [tagName = '', type] = node.tag.toLowerCase().split('_');
  // A leaf's text has no number of its own: it takes the negative of its element's.
  const text = node.text === '' || isField(node) ? [] : [{ type: 3, id: -number, textContent: node.text }];
  const childNodes = [...text, ...children.map(toSnapshot)];
  return { type: 2, id: number, tagName, attributes: { ...(type === undefined ? {} : { type }), ...attributesOf(node) }, childNodes };
}

function attributesOf({ id, classes, value }: RecordedNode): Json {
  return {
    ...(id === '' ? {} : { id }),
    ...(classes.trim() === '' ? {} : { class: classes.trim().replaceAll(/\s+/g, ' ') }),
    ...(typeof value === 'string' ? { value } : {}),
    ...(value === true ? { checked: true } : {}),
  };
}

/** True for elements with live state. */
function isField({ value }: RecordedNode): boolean {
  return value !== undefined;
}
