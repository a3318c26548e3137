/**
 * Everything around an element that styles, roles and names below it may hang on: the elements that contain it and, where selectors look
 * sideways, their neighbours. Equal surroundings are the same object.
 */
export class Context {
  readonly id: number;
  readonly #tally: Tally;
  readonly #inner = new Map<string, Context>();

  /** @param tally of all contexts of the same style sheets */
  constructor(tally: Tally) {
    this.#tally = tally;
    this.id = tally.made;
    tally.made += 1;
  }

  /** The context one step further in. */
  within(what: string): Context {
    let inner = this.#inner.get(what);
    if (inner === undefined) {
      inner = new Context(this.#tally);
      this.#inner.set(what, inner);
    }
    return inner;
  }
}

/** How many contexts were made. */
export interface Tally {
  made: number;
}
