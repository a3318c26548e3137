import type { DomElement } from '@backlot/protocol';
import type { LearnedFurniture } from '../furniture/model.ts';
import type { View } from '../views.ts';
import type { TrailMark } from './trail-mark.ts';

/** One occurrence of a frame: a whole page, or one item of a list in it. */
export interface Instance {
  readonly id: number;
  readonly frame: Frame;
  readonly view: View;
  readonly parent: Instance | null;
  /** Position among the items of its list. */
  readonly index: number;
  readonly node: DomElement;
}

/** What repeats as one: the page itself, or the item of a list. Everything inside that is in no deeper list belongs to it. */
export interface Frame {
  readonly id: number;
  readonly list: ListPattern | null;
  readonly parent: Frame | null;
  readonly instances: Instance[];
}

/** Elements that correspond to each other, one at most in every instance of the frame. */
export interface ElementPattern {
  readonly kind: 'element';
  readonly anchor: string;
  readonly tag: string;
  readonly svg: boolean;
  readonly frame: Frame;
  readonly nodes: ReadonlyMap<Instance, DomElement>;
  readonly parent: ElementPattern | null;
  /** True where the element holds written text: its content is one value, and there are no kids. */
  prose: boolean;
  /** What the application adds to the document that the element holds. */
  readonly furniture?: LearnedFurniture;
  /** The document whose headings the element lists, as its only content. */
  readonly lists?: ElementPattern;
  /** The document that has to have enough headings for the element to be there. */
  readonly hangsOn?: ElementPattern;
  kids: Pattern[];
}

/** Texts that correspond to each other. */
export interface TextPattern {
  readonly kind: 'text';
  readonly anchor: string;
  readonly frame: Frame;
  readonly nodes: ReadonlyMap<Instance, string>;
  readonly parent: ElementPattern;
}

/** Runs of like siblings: records. `separator` stands between two of them. */
export interface ListPattern {
  readonly kind: 'list';
  readonly anchor: string;
  readonly frame: Frame;
  readonly parent: ElementPattern;
  /** Items of each outer instance, in order; an instance without the run has none. */
  readonly items: ReadonlyMap<Instance, readonly Instance[]>;
  readonly separator: string;
  itemFrame: Frame;
  item: ElementPattern;
}

/** An element that holds a trail. */
export interface TrailPattern {
  readonly element: ElementPattern;
  /** The items but the newest. */
  readonly older: ListPattern;
  readonly newest: readonly Pattern[];
  readonly marks: ReadonlyMap<Instance, TrailMark>;
}

export type Pattern = ElementPattern | TextPattern | ListPattern;

/** Where a logged node stands in a pattern. */
export interface Place {
  readonly pattern: ElementPattern;
  readonly instance: Instance;
}

/** The template of one page before its holes are explained. */
export interface PagePattern {
  readonly root: ElementPattern;
  readonly frames: readonly Frame[];
  readonly elements: ReadonlyMap<string, ElementPattern>;
  readonly lists: readonly ListPattern[];
  /** Trails; their items are in no other list. */
  readonly trails: readonly TrailPattern[];
  /** Place of a recorder node id in a view. */
  readonly placeOf: (view: View, node: number) => Place | undefined;
}
