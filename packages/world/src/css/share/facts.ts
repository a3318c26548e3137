import type { DomElement } from '@backlot/protocol';
import { PaintedElement } from '../../painted-element.ts';
import { remembered } from '../../remembered.ts';
import { labelable } from '../form-state.ts';
import { splitWords, type StyledElement } from '../styled-element.ts';
import type { Context } from './context.ts';

/** What is known of an element with all below it, whatever page it stands in. Trees never change, so it is found out once. */
export interface Facts {
  /** Tells it from every other element. */
  readonly id: number;
  /** Its tag and attributes as one text. */
  readonly text: string;
  /** Values of `id`, in document order. */
  readonly ids: readonly string[];
  /** Ids that labels say they stand for. */
  readonly fors: readonly string[];
  /** Ids of what a label can stand for. */
  readonly controls: readonly string[];
  /** Ids that are referred to for a name, a list, or as owned. */
  readonly reads: readonly string[];
  /** Ids of elements that others say to own: they are shown with their owner. */
  readonly owned: readonly string[];
  /** True where a header cell is the only one of its row, and the table stands outside: other rows decide what it is. */
  readonly isTied: boolean;
  /** Its styled forms, each in one context. */
  styled: readonly { readonly context: Context; readonly element: StyledElement }[];
}

const known = new WeakMap<DomElement, Facts>();

const none: readonly string[] = [];
const unstyled: Facts['styled'] = [];
let count = 0;

/** What is known of an element; found out once. */
export function factsOf(element: DomElement): Facts {
  if (element instanceof PaintedElement) return PaintedElement.knowledgeOf<Facts>(element, () => find(element));
  return remembered(known, element, find);
}

function find(element: DomElement): Facts {
  const { tag, attrs, children } = element;
  const all: Facts[] = [];
  for (const child of children) if ('tag' in child) all.push(factsOf(child));
  const id = attrs['id'] ?? '';
  const ids = id === '' ? none : [id];
  const isLabel = tag === 'label' && attrs['for'] !== undefined;
  const owned = words(attrs['aria-owns']);
  const named = words(attrs['aria-labelledby']);
  const listed = words(attrs['list']);
  const reads = owned.length + named.length + listed.length === 0 ? none : [...owned, ...named, ...listed];
  const isLoneHeader = tag === 'tr' && all.length === 1 && children.some((child) => 'tag' in child && child.tag === 'th');
  return {
    id: (count += 1),
    text: textOf(element),
    ids: joined(ids, all, 'ids'),
    fors: joined(isLabel ? [attrs['for'] as string] : none, all, 'fors'),
    controls: joined(labelable.has(tag) ? ids : none, all, 'controls'),
    reads: joined(reads, all, 'reads'),
    owned: joined(owned, all, 'owned'),
    isTied: isLoneHeader || (tag !== 'table' && all.some(({ isTied }) => isTied)),
    styled: unstyled,
  };
}

/** Joined, not added up: the engine keeps a text that was added up in its pieces. */
function textOf({ tag, attrs }: DomElement): string {
  const parts = [tag];
  for (const name in attrs) parts.push(`${name}=${attrs[name]}`);
  return parts.length === 1 ? tag : parts.join('\n');
}

type Lists = 'ids' | 'fors' | 'controls' | 'reads' | 'owned';

const words = (attribute: string | undefined): readonly string[] => (attribute === undefined ? none : splitWords(attribute));

function joined(own: readonly string[], all: readonly Facts[], name: Lists): readonly string[] {
  let list = own;
  for (const facts of all) {
    const more = facts[name];
    if (more.length > 0) list = list.length === 0 ? more : list.concat(more);
  }
  return list;
}
