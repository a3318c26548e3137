import type { DomElement, DomNode } from '@backlot/protocol';

/** What a painted element is made of. */
export interface Parts {
  readonly tag: string;
  readonly attrs: Readonly<Record<string, string>>;
  readonly children: readonly DomNode[];
  readonly key: string;
  readonly svg: boolean;
  /** Ids of the rows around, as they end the key. */
  readonly rowIds: string;
}

/** An element of a page of a world. What is found out about it stays with it, out of sight of whoever reads or copies it as data. */
export class PaintedElement<Knowledge> implements DomElement {
  readonly tag: string;
  readonly attrs: Readonly<Record<string, string>>;
  readonly children: readonly DomNode[];
  readonly key: string;
  declare readonly svg?: true;
  readonly #anchors: ReadonlySet<string>;
  readonly #rowIds: string;
  #knowledge: Knowledge | undefined = undefined;

  /** @param anchors those of the element and of all that its template may put below it */
  constructor({ tag, attrs, children, key, svg, rowIds }: Parts, anchors: ReadonlySet<string>) {
    this.tag = tag;
    this.attrs = attrs;
    this.children = children;
    this.key = key;
    if (svg) (this as { svg?: true }).svg = true;
    this.#anchors = anchors;
    this.#rowIds = rowIds;
  }

  /** What was found out about the element, once it was. */
  static knowledgeOf<Knowledge>(element: PaintedElement<Knowledge>, find: () => Knowledge): Knowledge {
    return (element.#knowledge ??= find());
  }

  /** False where no element of that place stands at or below this one. */
  static mayHold(element: DomElement, { anchor, rowIds }: Place): boolean {
    return !(element instanceof PaintedElement) || (rowIds.startsWith(element.#rowIds) && element.#anchors.has(anchor));
  }

  /** False where no element at or below the one has the key of an element at or below the other. */
  static mayShareKeys(one: DomElement, other: DomElement): boolean {
    if (!(one instanceof PaintedElement) || !(other instanceof PaintedElement)) return true;
    const [few, many] = one.#anchors.size < other.#anchors.size ? [one.#anchors, other.#anchors] : [other.#anchors, one.#anchors];
    for (const anchor of few) if (many.has(anchor)) return true;
    return false;
  }
}

/** Anchor of an element key: without the ids of the rows around. */
export function anchorOf(key: string): string {
  const cut = key.indexOf(':');
  return cut < 0 ? key : key.slice(0, cut);
}

/** The place of a template that a key belongs to, in the rows around. */
export interface Place {
  /** Of the template's element: parts of rich text have longer ones of their own. */
  readonly anchor: string;
  readonly rowIds: string;
}

/** The place of a template that a key belongs to. */
export function placeOf(key: string): Place {
  const anchor = anchorOf(key);
  const cut = anchor.indexOf('~');
  return { anchor: cut < 0 ? anchor : anchor.slice(0, cut), rowIds: key.slice(anchor.length) };
}
