import type { DomElement, DomNode } from '@backlot/protocol';
import type { Aligned, Leaf, MarkupPair } from './model.ts';

/** A source with runs of white space as one blank, and where each sign stood. */
interface Squeezed {
  readonly text: string;
  readonly places: readonly number[];
}

/** How far from the end of one text the next is looked for. */
const window = 600;
/** The same for texts without letters, which stand everywhere. */
const nearby = 40;

function squeeze(source: string): Squeezed {
  let text = '';
  const places: number[] = [];
  for (let at = 0; at < source.length; at += 1) {
    const isBlank = /\s/.test(source[at] as string);
    if (isBlank && text.endsWith(' ')) continue;
    text += isBlank ? ' ' : source[at];
    places.push(at);
  }
  return { text, places };
}

const isLetter = (sign: string | undefined): boolean => sign !== undefined && /[\p{L}\p{N}]/u.test(sign);

/** The next place of a text that neither begins nor ends within a word, or -1. */
function nextPlace(text: string, wanted: string, { from, within }: { from: number; within: number }): number {
  for (let at = text.indexOf(wanted, from); at >= 0 && at <= from + within; at = text.indexOf(wanted, at + 1)) {
    const cutsBefore = isLetter(wanted[0]) && isLetter(text[at - 1]);
    const cutsAfter = isLetter(wanted.at(-1)) && isLetter(text[at + wanted.length]);
    if (!cutsBefore && !cutsAfter) return at;
  }
  return -1;
}

function locate(squeezed: Squeezed, wanted: string, from: number): readonly [number, number] | null {
  const within = /[\p{L}\p{N}]/u.test(wanted) ? window : nearby;
  const whole = nextPlace(squeezed.text, wanted, { from, within });
  if (whole >= 0) return [whole, whole + wanted.length];
  const words = wanted.split(' ');
  let at = from;
  let start = -1;
  for (const word of words) {
    const found = nextPlace(squeezed.text, word, { from: at, within: start < 0 ? within : nearby });
    if (found < 0) continue;
    if (start < 0) start = found;
    at = found + word.length;
  }
  return start < 0 || words.length < 3 ? null : [start, at];
}

/** Finds the texts of a rendered page in its source, in order. */
export function alignPair({ source, rendered }: MarkupPair): Aligned {
  const squeezed = squeeze(source);
  const leaves: Leaf[] = [];
  const below = new Map<DomElement, number[]>();
  let cursor = 0;
  const visit = (node: DomNode, around: readonly DomElement[]): void => {
    if ('tag' in node) {
      below.set(node, []);
      for (const child of node.children) visit(child, [...around, node]);
      return;
    }
    const text = node.text.replace(/\s+/g, ' ').trim();
    if (text === '') return;
    const found = locate(squeezed, text, cursor);
    for (const element of around) below.get(element)?.push(leaves.length);
    const [start, end] = found === null ? [-1, -1] : [squeezed.places[found[0]] as number, (squeezed.places[found[1] - 1] as number) + 1];
    leaves.push({ text, around, start, end });
    if (found !== null) cursor = found[1];
  };
  for (const node of rendered) visit(node, []);
  return { source, rendered, leaves, below };
}

/** From the first to the last text of an element in the source; null where none was found. */
export function spanOf({ leaves, below }: Aligned, element: DomElement): readonly [number, number] | null {
  const indexes = below.get(element) ?? [];
  const first = leaves[indexes[0] ?? -1];
  const last = leaves[indexes.at(-1) ?? -1];
  return first === undefined || last === undefined || first.start < 0 || last.end < 0 ? null : [first.start, last.end];
}

/** The line of the source around a place: its beginning and end. */
export function lineAround(source: string, at: number): readonly [number, number] {
  const end = source.indexOf('\n', at);
  return [source.lastIndexOf('\n', at - 1) + 1, end < 0 ? source.length : end];
}
