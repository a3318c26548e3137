import type { Bits } from './bits.ts';
import { noBits } from './bits.ts';
import type { OrderTree } from './order.ts';
import { orderedPlaces } from './order.ts';
import { firstPages, fullPage, limitSources, numericSources } from './paging.ts';
import type { Source } from './source.ts';
import type { Task } from './task.ts';
import { addPair } from './task.ts';

/** What is assumed about paging while filters are learned. */
export interface Assumption {
  /** Whether a page may be cut off at its end. */
  readonly cut: boolean;
  /** What may name a page other than the first. */
  readonly page?: Source;
}

/** Most sources that are tried as the number of a page. */
const mostPages = 3;

/** Assumptions worth trying, the plainest first. */
export function assumptions(task: Task): readonly Assumption[] {
  const at = task.occasions.map((_, i) => i);
  const limits = limitSources(task);
  if (fullPage(task, at) === null && limits.length === 0 && numericSources(task).length === 0) return [{ cut: false }];
  const later = (source: Source): number =>
    source.activeAt.filter((i) => Number(source.values[source.valueAt[i] as number]?.text) > 1).length;
  const pages = numericSources(task)
    .map((source) => ({ source, later: later(source) }))
    .filter((entry) => entry.later > 0 || entry.source.values.length > 0)
    .sort((a, b) => b.later - a.later)
    .slice(0, mostPages);
  return [{ cut: false }, { cut: true }, ...pages.map(({ source }) => ({ cut: true, page: source }))];
}

/** Numbers of rows at which a page may be cut off: as many as the fullest, as a source says, or a multiple of a first page. */
function fullness(task: Task, { page }: Assumption): (occasion: number) => boolean {
  const most = fullPage(
    task,
    task.occasions.map((_, i) => i),
  );
  const first = page ? fullPage(task, firstPages(page)) : null;
  const limits = limitSources(task);
  return (i) => {
    const shown = task.shownAt[i]?.length ?? 0;
    if (shown === 0) return false;
    if ((most !== null && shown >= most) || (first !== null && shown % first === 0)) return true;
    return limits.some((source) => source.values[source.valueAt[i] as number]?.text === String(shown));
  };
}

/** Pairs that bear witness: rows that would have stood on another page say nothing about filters. */
export function witnesses(task: Task, order: OrderTree, assumption: Assumption): Bits {
  const care = noBits(task.words);
  const { cut, page } = assumption;
  const isFull = fullness(task, assumption);
  for (let i = 0; i < task.occasions.length; i++) {
    const shown = task.shownAt[i] as Int32Array;
    const full = cut && isFull(i);
    const moved = page !== undefined && !['', '0', '1'].includes(page.values[page.valueAt[i] as number]?.text ?? '');
    const places = full || moved ? orderedPlaces(task, order, i) : Array.from(task.rowsOf[i] as Int32Array, (_, place) => place);
    const ranks = Array.from(shown, (place) => places.indexOf(place));
    const first = moved ? (ranks.length === 0 ? places.length : Math.min(...ranks)) : 0;
    const last = full ? Math.max(...ranks) : places.length - 1;
    for (const place of places.slice(first, last + 1)) addPair(care, task.start[i] as number, place);
  }
  return care;
}
