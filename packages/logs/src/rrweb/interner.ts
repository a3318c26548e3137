const LONG = 256;

/**
 * Keeps one copy of equal strings and equal attribute lists: pages of one application repeat themselves, and a style sheet of
 * hundreds of kilobytes stands in every one of them.
 */
export class Interner {
  readonly #strings = new Map<string, string>();
  readonly #long = new Map<string, number>();
  readonly #attrs = new Map<string, Readonly<Record<string, string>>>();

  /** The first string given that is equal to this one. */
  string(text: string): string {
    const known = this.#strings.get(text);
    if (known !== undefined) return known;
    this.#strings.set(text, text);
    return text;
  }

  /** The first attribute list given with the same names and values in the same order. */
  attrs(attrs: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
    let key = '';
    for (const name of Object.keys(attrs)) key += `${name}\u0000${this.#short(attrs[name] ?? '')}\u0000`;
    const known = this.#attrs.get(key);
    if (known !== undefined) return known;
    const own: Record<string, string> = {};
    for (const [name, value] of Object.entries(attrs)) own[this.string(name)] = this.string(value);
    this.#attrs.set(key, own);
    return own;
  }

  /** Long values take part in a key as a number. */
  #short(value: string): string {
    if (value.length < LONG) return value;
    let number = this.#long.get(value);
    if (number === undefined) {
      number = this.#long.size;
      this.#long.set(value, number);
    }
    return `\u0001${number}`;
  }
}
