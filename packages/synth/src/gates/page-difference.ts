import type { DomElement, DomNode } from '@backlot/protocol';

/** The first place at which two pages differ: the way to it, and what either page has there. */
export interface PageDifference {
  readonly path: string;
  readonly want: string;
  readonly got: string;
}

/** Tells whether an attribute (or, under the name `.token`, a class token) of a rendered element is held against the logged one. */
export type Compared = (rendered: DomElement, name: string) => boolean;

const collapse = (text: string): string => text.replace(/\s+/g, ' ').trim();
const nothing = '(nothing)';

const kids = (element: DomElement): readonly DomNode[] => element.children.filter((child) => 'tag' in child || collapse(child.text) !== '');
const nameOf = (node: DomNode): string => ('tag' in node ? `<${node.tag}>` : JSON.stringify(collapse(node.text)));

const tokensOf = (element: DomElement): readonly string[] => (element.attrs['class'] ?? '').split(/\s+/).filter(Boolean);

/** Attributes as they are compared: class tokens in one order, each judged by itself. */
function spelled(element: DomElement, name: string, isCompared: (name: string) => boolean): string {
  if (name !== 'class') return element.attrs[name] === undefined ? nothing : JSON.stringify(element.attrs[name]);
  const tokens = tokensOf(element).filter((token) => isCompared(`.${token}`));
  return JSON.stringify([...new Set(tokens)].sort().join(' '));
}

interface Pair {
  readonly want: DomElement;
  readonly got: DomElement;
  readonly path: string;
}

function attributeDifference({ want, got, path }: Pair, compared: Compared): PageDifference | null {
  const isCompared = (name: string): boolean => compared(got, name);
  for (const name of [...new Set([...Object.keys(want.attrs), ...Object.keys(got.attrs)])].sort()) {
    if (!isCompared(name)) continue;
    const [wanted, found] = [spelled(want, name, isCompared), spelled(got, name, isCompared)];
    if (wanted !== found) return { path: `${path}@${name}`, want: wanted, got: found };
  }
  return null;
}

function childDifference({ want, got, path }: Pair, compared: Compared): PageDifference | null {
  const [wanted, found] = [kids(want), kids(got)];
  for (let i = 0; i < Math.max(wanted.length, found.length); i++) {
    const [a, b] = [wanted[i], found[i]];
    const here = `${path}/${i}`;
    if (!a || !b) return { path: here, want: a ? nameOf(a) : nothing, got: b ? nameOf(b) : nothing };
    if ('tag' in a && 'tag' in b && a.tag === b.tag) {
      const inside = elementDifference({ want: a, got: b, path: `${here}:${a.tag}` }, compared);
      if (inside) return inside;
    } else if (nameOf(a) !== nameOf(b)) return { path: here, want: nameOf(a), got: nameOf(b) };
  }
  return null;
}

function elementDifference(pair: Pair, compared: Compared): PageDifference | null {
  return attributeDifference(pair, compared) ?? childDifference(pair, compared);
}

/** Where a rendered page first differs from the logged one, in document order, white space aside; null where it does not. */
export function pageDifference(want: DomElement, got: DomElement, compared: Compared): PageDifference | null {
  if (want.tag !== got.tag) return { path: '', want: nameOf(want), got: nameOf(got) };
  return elementDifference({ want, got, path: want.tag }, compared);
}
