import type { SeatCount } from '../episodes/seats.ts';

/** Seats taken in all, and behind it those of each thread. */
const words = (buffer: SharedArrayBuffer): Int32Array => new Int32Array(buffer);

/** Makes room to count the seats that so many threads take. */
export function sharedSeats(threads: number): SharedArrayBuffer {
  return new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT * (threads + 1));
}

/** The count of all threads, as one of them takes part in it. */
export function seatCountOf(buffer: SharedArrayBuffer, thread: number): SeatCount {
  const count = words(buffer);
  return {
    all: () => Atomics.load(count, 0),
    take(max) {
      let taken = Atomics.load(count, 0);
      while (taken < max) {
        const found = Atomics.compareExchange(count, 0, taken, taken + 1);
        if (found === taken) {
          Atomics.add(count, thread + 1, 1);
          return true;
        }
        taken = found;
      }
      return false;
    },
    release() {
      Atomics.sub(count, thread + 1, 1);
      Atomics.sub(count, 0, 1);
    },
  };
}

/** How many seats a thread has taken. */
export function seatsOf(buffer: SharedArrayBuffer, thread: number): number {
  return Atomics.load(words(buffer), thread + 1);
}

/** Gives back the seats of a thread that has ended. */
export function forfeitSeats(buffer: SharedArrayBuffer, thread: number): void {
  const count = words(buffer);
  Atomics.sub(count, 0, Atomics.exchange(count, thread + 1, 0));
}
