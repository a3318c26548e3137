import type { DomElement, DomNode, MarkupPart } from '@backlot/protocol';
import { headingsIn, levelOf } from './headings.ts';
import type { Heading } from './headings.ts';
import { safeAttributes, verdictOnTag } from './safe.ts';
import type { Captured } from './spelling.ts';
import { fillParts, nothingCaptured } from './spelling.ts';
import { tidy } from './tidy.ts';

type Said = string | readonly MarkupPart[];

/** An element that an application adds to a document; `text` is the heading, `target` its id, `level` its number, `info` the document's name. */
export interface Piece {
  readonly tag: string;
  readonly attrs: Readonly<Record<string, Said>>;
  readonly children: readonly (Piece | { readonly text: Said })[];
}

/**
 * What an application adds to a document that it shows, which no source says: ids and numbers of headings, and tools after the section
 * that each of them opens.
 */
export interface Furniture {
  /** The id of a heading, from its text; another heading of the same text has what `repeat` says behind it. */
  readonly id?: Said;
  readonly repeat: { readonly by: string; readonly from: number };
  /** Levels of the headings that are numbered and have tools. */
  readonly levels: readonly number[];
  /** Class of numbered headings, before the number. */
  readonly numbered?: string;
  readonly tools?: Piece;
  /** The element, with its class, that may stand behind the last tool: what belongs to the whole document, as notes do. */
  readonly tail?: { readonly tag: string; readonly class: string };
}

/** A heading with the id that it has in the page. */
export interface Named extends Heading {
  readonly id: string;
}

/** Ids for headings, each once. */
export function namedHeadings(nodes: readonly DomNode[], { id, repeat }: Pick<Furniture, 'id' | 'repeat'>): readonly Named[] {
  const seen = new Map<string, number>();
  return headingsIn(nodes).map((heading) => {
    const { id: own } = heading.element.attrs;
    const plain = id === undefined ? (own ?? '') : fillParts(id, { ...nothingCaptured, text: heading.text });
    const times = seen.get(plain) ?? 0;
    seen.set(plain, times + 1);
    return { ...heading, id: own ?? (times === 0 ? plain : `${plain}${repeat.by}${repeat.from + times - 1}`) };
  });
}

function make(piece: Piece, captured: Captured): readonly DomNode[] {
  const children = piece.children.flatMap((child) =>
    'tag' in child ? make(child, captured) : [{ text: fillParts(child.text, captured) }],
  );
  const verdict = verdictOnTag(piece.tag, false);
  if (verdict !== 'keep') return verdict === 'unwrap' ? children : [];
  const attrs = Object.fromEntries(Object.entries(piece.attrs).map(([name, said]) => [name, fillParts(said, captured)]));
  return [{ tag: piece.tag, attrs: safeAttributes(attrs), children }];
}

const inOrder = (attrs: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(attrs).sort(([a], [b]) => (a < b ? -1 : 1)));

/** Where the nodes begin that stand behind the last tool. */
function tailFrom(nodes: readonly DomNode[], { tail }: Furniture): number {
  const isTail = (node: DomNode): boolean =>
    'tag' in node ? node.tag === tail?.tag && (node.attrs['class'] ?? '') === tail.class : node.text.trim() === '';
  return tail === undefined ? nodes.length : nodes.findLastIndex((node) => !isTail(node)) + 1;
}

/** Sets a document out with its furniture, heading by heading. */
class Decorator {
  readonly #furniture: Furniture;
  readonly #named: ReadonlyMap<DomElement, Named>;
  readonly #options: Options;
  #number = 0;

  constructor(nodes: readonly DomNode[], furniture: Furniture, options: Options) {
    this.#furniture = furniture;
    this.#named = new Map(namedHeadings(nodes, furniture).map((heading) => [heading.element, heading]));
    this.#options = options;
  }

  row(nodes: readonly DomNode[]): readonly DomNode[] {
    const out: DomNode[] = [];
    let open: Captured | null = null;
    const end = tailFrom(nodes, this.#furniture);
    for (const node of nodes.slice(0, end)) {
      const heading = 'tag' in node ? this.#named.get(node) : undefined;
      if (heading === undefined) {
        out.push('tag' in node && headingsIn([node]).length > 0 ? { ...node, children: this.row(node.children) } : node);
        continue;
      }
      const isNumbered = this.#furniture.levels.includes(heading.level);
      if (isNumbered) {
        out.push(...this.#tools(open));
        this.#number += 1;
        open = { target: heading.id, text: heading.text, level: String(this.#number), info: this.#options.name };
      }
      out.push(this.#heading(heading, isNumbered));
    }
    return [...out, ...this.#tools(open), ...nodes.slice(end)];
  }

  #tools(section: Captured | null): readonly DomNode[] {
    const { tools } = this.#furniture;
    return section === null || !tools || !this.#options.isFurnished ? [] : make(tools, section);
  }

  #heading({ element, id }: Named, isNumbered: boolean): DomElement {
    const { numbered, id: spelled } = this.#furniture;
    const own = element.attrs['class'] ?? '';
    const number = isNumbered && numbered !== undefined ? `${own === '' ? '' : ' '}${numbered}${this.#number}` : '';
    const attrs = {
      ...element.attrs,
      ...(own + number === '' ? {} : { class: own + number }),
      ...(spelled === undefined || id === '' ? {} : { id }),
    };
    return { ...element, attrs: inOrder(attrs) };
  }
}

interface Options {
  readonly isFurnished: boolean;
  /** The document's name. */
  readonly name: string;
}

/** A document with what the application adds to it. */
export function furnish(nodes: readonly DomNode[], furniture: Furniture, options: Options): readonly DomNode[] {
  return new Decorator(nodes, furniture, options).row(nodes);
}

const controls = new Set(['form', 'button', 'input', 'select', 'textarea']);
const isControl = ({ tag, attrs }: DomElement): boolean => controls.has(tag) && !(tag === 'input' && attrs['type'] === 'checkbox');
const hasControl = (node: DomNode): boolean => 'tag' in node && (isControl(node) || node.children.some(hasControl));
const saysNothing = (node: DomNode): boolean =>
  'text' in node ? node.text.trim() === '' : isControl(node) || (levelOf(node) === 0 && node.children.every(saysNothing));

/** True for an element that only holds controls: people's texts have none. */
export const isTool = (element: DomElement): boolean => hasControl(element) && saysNothing(element);

/** True for an element that is built as a piece is. */
export function isPiece(node: DomNode, piece: Piece): boolean {
  if (!('tag' in node) || node.tag !== piece.tag || node.children.length !== piece.children.length) return false;
  if (typeof piece.attrs['class'] === 'string' && node.attrs['class'] !== piece.attrs['class']) return false;
  return piece.children.every((child, i) => {
    const own = node.children[i] as DomNode;
    return 'tag' in child ? isPiece(own, child) : 'text' in own;
  });
}

/** A document without what the application adds to it, and without white space between blocks. */
export function unfurnish(nodes: readonly DomNode[], furniture: Furniture): readonly DomNode[] {
  return tidy(without(nodes, furniture));
}

function without(nodes: readonly DomNode[], furniture: Furniture): readonly DomNode[] {
  return nodes.flatMap((node): readonly DomNode[] => {
    if (!('tag' in node)) return [node];
    if (furniture.tools !== undefined && isPiece(node, furniture.tools)) return [];
    if (levelOf(node) > 0) return [{ ...node, attrs: withoutMarks(node.attrs, furniture) }];
    return headingsIn([node]).length > 0 || hasControl(node) ? [{ ...node, children: without(node.children, furniture) }] : [node];
  });
}

function withoutMarks(attrs: Readonly<Record<string, string>>, { id, numbered }: Furniture): Readonly<Record<string, string>> {
  const { id: own, class: classes, ...rest } = attrs;
  const kept = (classes ?? '')
    .split(/\s+/)
    .filter(
      (token) => token !== '' && !(numbered !== undefined && token.startsWith(numbered) && /^\d+$/.test(token.slice(numbered.length))),
    )
    .join(' ');
  return inOrder({ ...rest, ...(id === undefined && own !== undefined ? { id: own } : {}), ...(kept === '' ? {} : { class: kept }) });
}
