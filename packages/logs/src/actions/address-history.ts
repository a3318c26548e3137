/** The tab's history, as far as the log shows it. Addresses are absolute. */
export class AddressHistory {
  readonly #entries: { readonly href: string; readonly document: number }[] = [];
  #index = -1;
  #documents = 0;

  /** The address shown now; empty before the first. */
  get current(): string {
    return this.#entries[this.#index]?.href ?? '';
  }

  /** The address that `back` leads to by loading another document. */
  get previous(): string | undefined {
    return this.#neighbour(-1, false);
  }

  /** The address that `forward` leads to by loading another document. */
  get next(): string | undefined {
    return this.#neighbour(1, false);
  }

  /** The address that `back` leads to within the document. */
  get previousWithin(): string | undefined {
    return this.#neighbour(-1, true);
  }

  /** The address that `forward` leads to within the document. */
  get nextWithin(): string | undefined {
    return this.#neighbour(1, true);
  }

  /** A document is loaded by link, form or script. The same address again takes the old one's place. */
  load(href: string): void {
    this.#documents += 1;
    this.#enter(href);
  }

  /** A new address in the same document. */
  push(href: string): void {
    this.#enter(href);
  }

  /** The address, or the document, was changed without a new entry. */
  replace(href: string): void {
    if (this.#index < 0) this.#enter(href);
    else this.#entries[this.#index] = { href, document: this.#documents };
  }

  #enter(href: string): void {
    if (href !== this.current) this.#index += 1;
    this.#entries.length = Math.max(0, this.#index);
    this.#entries.push({ href, document: this.#documents });
  }

  #neighbour(step: -1 | 1, within: boolean): string | undefined {
    const [here, there] = [this.#entries[this.#index], this.#entries[this.#index + step]];
    return there !== undefined && (there.document === here?.document) === within ? there.href : undefined;
  }

  back(): void {
    this.#index = Math.max(0, this.#index - 1);
  }

  forward(): void {
    this.#index = Math.min(this.#entries.length - 1, this.#index + 1);
  }
}

/** Resolves an address against another; null where it is none. */
export function resolve(href: string, base: string): string | null {
  return URL.canParse(href, base) ? new URL(href, base).href : null;
}
