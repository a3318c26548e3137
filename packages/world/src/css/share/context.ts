import type { StyledElement } from '../styled-element.ts';

/**
 * Everything around an element that styles, roles and names below it may hang on: the elements that contain it and, where selectors look
 * sideways, their neighbours. Equal surroundings are the same object.
 */
export class Context {
  readonly id: number;
  /** What contains whatever stands here, to be looked up to: it stands for the elements of all pages, and holds none of them. */
  shell: StyledElement | null = null;
  /** The context of the siblings as a whole. */
  readonly around: Context;
  readonly #tally: Tally;
  readonly #inner = new Map<string, Context>();

  /** @param tally of all contexts of the same style sheets */
  constructor(tally: Tally, around: Context | null = null) {
    this.#tally = tally;
    this.around = around ?? this;
    this.id = tally.made;
    tally.made += 1;
  }

  /** The context one step further in. */
  within(what: string): Context {
    return this.#within(what, null);
  }

  /** The context of one of the elements that stand here, told apart by its neighbours. */
  beside(neighbours: string): Context {
    return this.#within(neighbours, this.around);
  }

  #within(what: string, around: Context | null): Context {
    let inner = this.#inner.get(what);
    if (inner === undefined) {
      inner = new Context(this.#tally, around);
      this.#inner.set(what, inner);
    }
    return inner;
  }
}

/** How many contexts were made. */
export interface Tally {
  made: number;
}
