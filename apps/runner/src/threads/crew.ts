import { setTimeout as pause } from 'node:timers/promises';
import { ServiceError } from '../errors.ts';
import type { ThreadSetup } from './messages.ts';
import { forfeitSeats, seatsOf, sharedSeats } from './shared-seats.ts';
import { startThread, type Thread } from './start-thread.ts';

/** How long it is waited before a thread that can't begin is tried again, in milliseconds. */
const again = 1000;

/** What the threads of a service are started with. */
export interface CrewPlan extends Omit<ThreadSetup, 'thread' | 'seats'> {
  /** How many. */
  readonly size: number;
  /** Told of each that ends by itself. */
  lost(): void;
}

/** The threads of a service. One that has ended is replaced. */
export class Crew {
  readonly #threads: (Thread | null)[];
  /** What each was asked for and has not answered yet. */
  readonly #asked: number[];
  readonly #plan: CrewPlan;
  readonly #seats: SharedArrayBuffer;
  /** No thread is begun any more. */
  #isEnding = false;

  private constructor(plan: CrewPlan) {
    const { size } = plan;
    this.#plan = plan;
    this.#seats = sharedSeats(size);
    this.#threads = Array.from({ length: size }, () => null);
    this.#asked = Array.from({ length: size }, () => 0);
  }

  /** @throws where one of them can't begin */
  static async start(plan: CrewPlan): Promise<Crew> {
    const crew = new Crew(plan);
    try {
      await Promise.all(crew.#threads.map((_, thread) => crew.#begin(thread)));
    } catch (error) {
      await crew.close();
      throw error;
    }
    return crew;
  }

  /** Those that are there. */
  all(): readonly Thread[] {
    return this.#threads.filter((thread) => thread !== null);
  }

  /** Has the named thread do something, or where it is not there or none is named, the one with the fewest episodes. @throws ServiceError */
  async ask<T>(named: number | null, work: (thread: Thread) => Promise<T>): Promise<T> {
    const at = named !== null && (this.#threads[named] ?? null) !== null ? named : this.#leastBusy();
    const thread = this.#threads[at] ?? null;
    if (thread === null) throw new ServiceError('ENGINE_FAILED', 'All threads of the service have ended and are begun anew: try again.');
    this.#asked[at] = (this.#asked[at] ?? 0) + 1;
    try {
      return await work(thread);
    } finally {
      this.#asked[at] = (this.#asked[at] ?? 1) - 1;
    }
  }

  /** Begins no more episodes, and resolves when none is open; those that are open after so many milliseconds are closed. */
  async drain(ms: number): Promise<void> {
    this.#isEnding = true;
    // A thread that ends meanwhile has none.
    await Promise.allSettled(this.all().map((thread) => thread.drain(ms)));
  }

  async close(): Promise<void> {
    this.#isEnding = true;
    await Promise.all(this.all().map((thread) => thread.close()));
  }

  #leastBusy(): number {
    let [best, least] = [0, Number.POSITIVE_INFINITY];
    for (const [i, thread] of this.#threads.entries()) {
      const load = seatsOf(this.#seats, i) + (this.#asked[i] ?? 0);
      if (thread !== null && load < least) [best, least] = [i, load];
    }
    return best;
  }

  async #begin(at: number): Promise<void> {
    const { module, data, token } = this.#plan;
    const thread = await startThread({ module, data, token, thread: at, seats: this.#seats });
    this.#threads[at] = thread;
    void thread.ended.then(() => {
      this.#threads[at] = null;
      forfeitSeats(this.#seats, at);
      if (!this.#isEnding) this.#plan.lost();
      return this.#replace(at);
    });
    if (this.#isEnding) await thread.close();
  }

  async #replace(at: number): Promise<void> {
    while (!this.#isEnding) {
      try {
        return await this.#begin(at);
      } catch {
        await pause(again, undefined, { ref: false });
      }
    }
  }
}
