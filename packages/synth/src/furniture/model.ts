import type { DomElement, DomNode } from '@backlot/protocol';
import type { Contents, Furniture } from '@backlot/world';

/** A list of the headings of a document, in the part of it that holds the list. */
export interface ContentsPart {
  /** The child of the document that holds the list. */
  readonly part: DomElement;
  readonly list: DomElement;
  /** The links of the list, in order. */
  readonly links: readonly DomElement[];
}

/** How an application lists headings, and from how many on it does. */
export interface LearnedContents {
  readonly contents: Contents;
  readonly least: number;
}

/** What an application adds to the documents that it shows. */
export interface LearnedFurniture {
  readonly furniture: Furniture;
  readonly contents?: LearnedContents;
  /** The parameter of the address that names the document, where tools say it, and the name where the address gives none. */
  readonly naming?: { readonly param: string; readonly otherwise: string };
}

/** A document as a page shows it. */
export interface ShownDocument {
  readonly element: DomElement;
  /** The page's address. */
  readonly url: string;
  readonly contents: ContentsPart | null;
  /** What it holds beside the list of contents. */
  readonly nodes: readonly DomNode[];
}
