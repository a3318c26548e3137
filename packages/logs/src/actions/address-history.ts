/** The tab's history, as far as the log shows it. Addresses are absolute. */
export class AddressHistory {
  readonly #entries: string[] = [];
  #index = -1;

  /** The address shown now; empty before the first. */
  get current(): string {
    return this.#entries[this.#index] ?? '';
  }

  /** The address that `back` leads to. */
  get previous(): string | undefined {
    return this.#entries[this.#index - 1];
  }

  /** The address that `forward` leads to. */
  get next(): string | undefined {
    return this.#entries[this.#index + 1];
  }

  /** A new address by link, form or script. The same address again takes the old one's place. */
  push(href: string): void {
    if (href === this.current) return;
    this.#index += 1;
    this.#entries.length = this.#index;
    this.#entries.push(href);
  }

  /** The address was changed without a new entry. */
  replace(href: string): void {
    if (this.#index < 0) this.push(href);
    else this.#entries[this.#index] = href;
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

/** An address without its fragment. */
export function withoutHash(href: string): string {
  const hash = href.indexOf('#');
  return hash < 0 ? href : href.slice(0, hash);
}
