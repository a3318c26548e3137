import type { Bits } from './bits.ts';
import { popcount } from './bits.ts';
import type { Task, Window } from './task.ts';
import { lossBits } from './task.ts';

/** Bits lost by occasion. */
export interface Losses {
  readonly all: Float64Array;
  /** On rows hidden though they were shown: no further condition brings them back. */
  readonly hides: Float64Array;
  /** On rows shown though they were not: no alternative takes them away. */
  readonly adds: Float64Array;
}

const known = new WeakMap<Bits, WeakMap<Bits, WeakMap<Bits, Losses>>>();

function within<K extends object, V>(map: WeakMap<K, V>, key: K, make: () => V): V {
  const value = map.get(key) ?? make();
  map.set(key, value);
  return value;
}

/** What is lost on each occasion if `chosen` were the rows shown; worked out once for a window and a set. */
export function lossesOf(task: Task, { mask, care }: Window, chosen: Bits): Losses {
  const byCare = within(known, mask, () => new WeakMap<Bits, WeakMap<Bits, Losses>>());
  const byChosen = within(byCare, care, () => new WeakMap<Bits, Losses>());
  return within(byChosen, chosen, () => measure(task, { mask, care }, chosen));
}

function measure(task: Task, { mask, care }: Window, chosen: Bits): Losses {
  const count = task.occasions.length;
  const losses: Losses = { all: new Float64Array(count), hides: new Float64Array(count), adds: new Float64Array(count) };
  for (let i = 0; i < count; i++) {
    let [hidden, added, all] = [0, 0, 0];
    const end = task.start[i + 1] as number;
    for (let w = task.start[i] as number; w < end; w++) {
      const cared = care[w] as number;
      const wrong = (((chosen[w] as number) & (mask[w] as number)) ^ (task.shown[w] as number)) & cared;
      const missing = popcount(wrong & (task.shown[w] as number));
      hidden += missing;
      if (wrong !== 0) added += popcount(wrong) - missing;
      all += popcount(cared);
    }
    losses.all[i] = lossBits(task, i, { wrong: hidden + added, all });
    losses.hides[i] = lossBits(task, i, { wrong: hidden, all });
    losses.adds[i] = lossBits(task, i, { wrong: added, all });
  }
  return losses;
}

/** The sum over some occasions. */
export function sumAt(values: Float64Array, at: readonly number[]): number {
  let sum = 0;
  for (const i of at) sum += values[i] as number;
  return sum;
}

/** The sum of what is larger of two on each of some occasions, or more than the bound. */
export function sumOfLarger(
  a: Float64Array,
  b: Float64Array,
  { at, below }: { readonly at: readonly number[]; readonly below: number },
): number {
  let sum = 0;
  for (const i of at) {
    sum += Math.max(a[i] as number, b[i] as number);
    if (sum > below) return sum;
  }
  return sum;
}
