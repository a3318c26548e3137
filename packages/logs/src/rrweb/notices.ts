/** What a log holds that is not understood, counted by kind: each kind becomes one warning. */
export class Notices {
  readonly #found = new Map<string, { count: number; event: number }>();

  /** Counts one more case; `event` is the index of the log event that showed it. */
  add(reason: string, event: number): void {
    const known = this.#found.get(reason);
    if (known === undefined) this.#found.set(reason, { count: 1, event });
    else known.count += 1;
  }

  /** Every kind with the number of cases and the first event that showed it, in order of appearance. */
  list(): readonly { readonly reason: string; readonly count: number; readonly event: number }[] {
    return [...this.#found].map(([reason, { count, event }]) => ({ reason, count, event }));
  }
}
