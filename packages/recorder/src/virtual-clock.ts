/**
 * The time that a log tells: the real one plus pauses that were only pretended. A pause counts for what happens after it,
 * so an event that is delivered late still gets the time at which it happened.
 */
export class VirtualClock {
  readonly #pauses: { readonly after: number; readonly offset: number }[] = [];
  readonly #real: () => number;

  constructor(real: () => number = Date.now) {
    this.#real = real;
  }

  /** Milliseconds since the epoch, pauses included. */
  now(): number {
    return this.#real() + (this.#pauses.at(-1)?.offset ?? 0);
  }

  /** Pretends that `ms` milliseconds pass now. */
  pause(ms: number): void {
    this.#pauses.push({ after: this.#real(), offset: (this.#pauses.at(-1)?.offset ?? 0) + Math.max(0, Math.round(ms)) });
  }

  /** The told time of a real one. Keeps the order of events. */
  tell(realTime: number): number {
    return realTime + (this.#pauses.findLast(({ after }) => after < realTime)?.offset ?? 0);
  }
}
