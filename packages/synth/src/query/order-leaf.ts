import type { OrderKey } from './order-keys.ts';
import type { Task } from './task.ts';

/** Keys by which rows are ordered, table order after them, with what they leave unexplained. */
export interface OrderLeaf {
  readonly keys: readonly OrderKey[];
  readonly bits: number;
  /** Bits lost on neighbours that stand the wrong way round. */
  readonly loss: number;
  readonly cost: number;
  readonly rivals: readonly string[];
}

/** Most occasions that an order is tested on; more say the same. */
const sample = 120;
/** Most first keys for which a second is sought. */
const beam = 10;
/** Share of all evidence that a bit of description must explain. */
const tolerance = 0.001;
/** Bits that a page is worth where it is not in order, besides its wrong pairs. */
const pageBits = 6;

/** Neighbours on a page: rows by number, places in the table, and what a wrong pair costs. */
interface Neighbours {
  readonly upper: Int32Array;
  readonly lower: Int32Array;
  /** 1 where table order has them the same way round. */
  readonly inTable: Uint8Array;
  readonly price: Float64Array;
  /** Which page each pair stands on, and what a page that is wrong at all costs besides. */
  readonly page: Int32Array;
  readonly pagePrice: number;
  readonly total: number;
}

function neighbours(task: Task, at: readonly number[]): Neighbours {
  const step = Math.max(1, at.length / sample);
  const used = Array.from({ length: Math.min(at.length, sample) }, (_, k) => at[Math.floor(k * step)] as number);
  const upper: number[] = [];
  const lower: number[] = [];
  const inTable: number[] = [];
  const price: number[] = [];
  const page: number[] = [];
  const scale = at.length / Math.max(1, used.length);
  for (const i of used) {
    const places = task.shownAt[i] as Int32Array;
    const rows = task.rowsOf[i] as Int32Array;
    for (let k = 1; k < places.length; k++) {
      const [a, b] = [places[k - 1] as number, places[k] as number];
      upper.push(rows[a] as number);
      lower.push(rows[b] as number);
      inTable.push(a < b ? 1 : 0);
      price.push(Math.log2(places.length) * scale);
      page.push(i);
    }
  }
  return {
    upper: Int32Array.from(upper),
    lower: Int32Array.from(lower),
    inTable: Uint8Array.from(inTable),
    price: Float64Array.from(price),
    page: Int32Array.from(page),
    pagePrice: pageBits * scale,
    total: price.reduce((sum, each) => sum + each, new Set(page).size * pageBits * scale),
  };
}

/** What a bit of description of the order of those occasions costs. */
export function orderPrice(task: Task, at: readonly number[]): number {
  return priceOf(neighbours(task, at));
}

const priceOf = ({ total }: Neighbours): number => Math.max(1, tolerance * total);

interface Loss {
  /** With table order deciding what the keys leave open. */
  readonly full: number;
  /** If something better decided that. */
  readonly least: number;
}

function lossOf(keys: readonly OrderKey[], { upper, lower, inTable, price, page, pagePrice }: Neighbours): Loss {
  let [full, least] = [0, 0];
  let [wrong, worse] = [-1, -1];
  for (let p = 0; p < upper.length; p++) {
    let by = 0;
    for (let k = 0; k < keys.length && by === 0; k++) {
      const { ranks } = keys[k] as OrderKey;
      by = (ranks[upper[p] as number] as number) - (ranks[lower[p] as number] as number);
    }
    if (by < 0 || (by === 0 && inTable[p] === 1)) continue;
    const i = page[p] as number;
    full += (price[p] as number) + (wrong === i ? 0 : pagePrice);
    wrong = i;
    if (by === 0) continue;
    least += (price[p] as number) + (worse === i ? 0 : pagePrice);
    worse = i;
  }
  return { full, least };
}

const bitsOf = (keys: readonly OrderKey[]): number => 1 + keys.reduce((sum, key) => sum + key.bits, 0);

interface Tried extends Loss {
  readonly keys: readonly OrderKey[];
  readonly cost: number;
}

const wordsOf = (keys: readonly OrderKey[]): string => (keys.length === 0 ? 'table order' : keys.map(({ words }) => words).join(', then '));

/** The order that best explains those occasions: up to two keys, or table order. */
export function learnLeaf(task: Task, at: readonly number[], keys: readonly OrderKey[]): OrderLeaf {
  const pairs = neighbours(task, at);
  const price = priceOf(pairs);
  const attempt = (tried: readonly OrderKey[]): Tried => {
    const loss = lossOf(tried, pairs);
    return { ...loss, keys: tried, cost: loss.full + price * bitsOf(tried) };
  };
  const singles = [attempt([]), ...keys.map((key) => attempt([key]))];
  const top = singles.reduce((best, each) => (each.cost < best.cost ? each : best));
  const second = keys[0] ? Math.min(...keys.map(({ bits }) => bits)) * price : Infinity;
  const promising = singles.filter((each) => each.keys.length > 0 && each.least + price * bitsOf(each.keys) + second < top.cost);
  const firsts = promising.sort((a, b) => a.least + price * bitsOf(a.keys) - b.least - price * bitsOf(b.keys)).slice(0, beam);
  const doubles = top.full === 0 ? [] : firsts.flatMap((first) => keys.map((key) => attempt([...first.keys, key])));
  const all = [...singles, ...doubles].sort((a, b) => a.cost - b.cost);
  const best = all[0] as Tried;
  const close = all.filter((each) => each !== best && each.full <= best.full && each.cost - best.cost < 2.5 * price);
  const rivals = best.keys.length === 0 ? [] : close.map((each) => wordsOf(each.keys));
  return { keys: best.keys, bits: bitsOf(best.keys), loss: best.full, cost: best.cost, rivals };
}
