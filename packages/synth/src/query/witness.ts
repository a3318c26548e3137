import type { Bits } from './bits.ts';
import { noBits } from './bits.ts';
import type { OrderTree } from './order.ts';
import { orderedPlaces } from './order.ts';
import type { Paging } from './paging.ts';
import type { Task } from './task.ts';
import { addPair } from './task.ts';

/** Pairs that bear witness: rows that would have stood on another page say nothing about filters. */
export function witnesses(task: Task, order: OrderTree, { at }: Paging): Bits {
  const care = noBits(task.words);
  for (let i = 0; i < task.occasions.length; i++) {
    const shown = task.shownAt[i] as Int32Array;
    const [offset, limit] = at(i);
    const size = task.sizes[i] as number;
    const full = size > 0 && size === limit;
    const moved = offset > 0;
    const places = full || moved ? orderedPlaces(task, order, i) : Array.from(task.rowsOf[i] as Int32Array, (_, place) => place);
    const ranks = Array.from(shown, (place) => places.indexOf(place));
    const first = moved ? (ranks.length === 0 ? places.length : Math.min(...ranks)) : 0;
    const last = full && ranks.length > 0 ? Math.max(...ranks) : places.length - 1;
    for (const place of places.slice(first, last + 1)) addPair(care, task.start[i] as number, place);
  }
  return care;
}
