import type { Bits } from './bits.ts';
import { noBits, popcount } from './bits.ts';
import type { ListOccasion, QueryColumn, QuerySpace } from './occasion.ts';
import type { RowFacts } from './row-facts.ts';
import { readRows } from './row-facts.ts';
import type { Source } from './source.ts';
import { readSources } from './source.ts';

/**
 * All evidence in a form that is quick to test hypotheses on. A set of (occasion, row) pairs is a bit each: the rows of an occasion
 * begin at the word `start[occasion]`.
 */
export interface Task {
  readonly space: QuerySpace;
  readonly occasions: readonly ListOccasion[];
  /** Columns without those that repeat others. */
  readonly columns: readonly QueryColumn[];
  readonly facts: readonly RowFacts[];
  readonly rowsOf: readonly Int32Array[];
  readonly start: Int32Array;
  readonly words: number;
  readonly shown: Bits;
  /** Places in `rowsOf` of the rows shown, in the order in which they were shown. */
  readonly shownAt: readonly Int32Array[];
  /** How many rows each page showed, known or not. */
  readonly sizes: Int32Array;
  /** Bits that an occasion is worth where it is given wrong. */
  readonly weight: Float64Array;
  /** How much an occasion counts: the same page seen again says little more. */
  readonly share: Float64Array;
  readonly sources: readonly Source[];
}

function placesShown({ rows, shown }: ListOccasion): Int32Array {
  const placeOf = new Map(rows.map((row, place) => [row.id, place]));
  return Int32Array.from([...new Set(shown)].flatMap((id) => placeOf.get(id) ?? []));
}

/** Pages that are the same together count as much as the logarithm of their number. */
function shares(rowsOf: readonly Int32Array[], shownAt: readonly Int32Array[]): Float64Array {
  const names = rowsOf.map((rows, i) => `${rows.join()}|${shownAt[i]?.join()}`);
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return Float64Array.from(names, (name) => {
    const count = counts.get(name) as number;
    return (1 + Math.log2(count)) / count;
  });
}

/** Reads occasions into a task. */
export function readTask(occasions: readonly ListOccasion[], space: QuerySpace): Task {
  const { columns, facts, rowsOf } = readRows(occasions, space);
  const start = new Int32Array(occasions.length + 1);
  for (const [i, rows] of rowsOf.entries()) start[i + 1] = (start[i] as number) + Math.ceil(rows.length / 32);
  const words = start[occasions.length] as number;
  const shown = noBits(words);
  const shownAt = occasions.map(placesShown);
  for (const [i, places] of shownAt.entries()) for (const place of places) addPair(shown, start[i] as number, place);
  const share = shares(rowsOf, shownAt);
  const weight = Float64Array.from(rowsOf, (rows, i) => (rows.length === 0 ? 0 : (share[i] as number) * (4 + Math.log2(1 + rows.length))));
  const sizes = Int32Array.from(occasions, (occasion) => new Set(occasion.shown).size);
  return {
    space,
    occasions,
    columns,
    facts,
    rowsOf,
    start,
    words,
    shown,
    shownAt,
    sizes,
    weight,
    share,
    sources: readSources(occasions, space),
  };
}

/** Puts the row at a place of the occasion that begins at a word into a set of pairs. */
export function addPair(bits: Bits, start: number, place: number): void {
  const word = start + (place >>> 5);
  bits[word] = (bits[word] as number) | (1 << (place & 31));
}

/** The set of pairs for which a test holds of (row, occasion). */
export function pairsWhere(task: Task, at: readonly number[], test: (row: number, occasion: number) => boolean): Bits {
  const bits = noBits(task.words);
  for (const i of at) {
    const rows = task.rowsOf[i] as Int32Array;
    for (let place = 0; place < rows.length; place++) if (test(rows[place] as number, i)) addPair(bits, task.start[i] as number, place);
  }
  return bits;
}

/** What filters found so far let through, and which pairs bear witness. */
export interface Window {
  readonly mask: Bits;
  readonly care: Bits;
}

/** Bits that say which `wrong` of `all` rows are wrong. */
function errorBits(wrong: number, all: number): number {
  const few = Math.min(wrong, all >> 1);
  let bits = Math.log2(1 + all) + 0.1 * wrong;
  for (let k = 0; k < few; k++) bits += Math.log2((all - k) / (k + 1));
  return bits;
}

/** Rows of an occasion up to which the bits are worked out once. */
const mostKnown = 512;
const knownBits = new Float64Array(mostKnown * mostKnown).fill(-1);

function knownErrorBits(wrong: number, all: number): number {
  if (all >= mostKnown || wrong > all) return errorBits(wrong, all);
  const key = wrong * mostKnown + all;
  const known = knownBits[key] as number;
  if (known >= 0) return known;
  const bits = errorBits(wrong, all);
  knownBits[key] = bits;
  return bits;
}

/** Bits lost on an occasion of which so many rows are wrong. */
export function lossBits(task: Task, i: number, { wrong, all }: { readonly wrong: number; readonly all: number }): number {
  return wrong === 0 ? 0 : (task.share[i] as number) * knownErrorBits(wrong, all);
}

/** Bits lost on those occasions if `chosen` were the rows shown: what it takes to say which of them are wrong. */
export function lossOf(task: Task, at: readonly number[], { chosen, mask, care }: Window & { readonly chosen: Bits }): number {
  let loss = 0;
  for (const i of at) {
    let wrong = 0;
    const [begin, end] = [task.start[i] as number, task.start[i + 1] as number];
    for (let w = begin; w < end; w++)
      wrong += popcount((((chosen[w] as number) & (mask[w] as number)) ^ (task.shown[w] as number)) & (care[w] as number));
    if (wrong === 0) continue;
    let all = 0;
    for (let w = begin; w < end; w++) all += popcount(care[w] as number);
    loss += lossBits(task, i, { wrong, all });
  }
  return loss;
}

/** Share of all evidence that a bit of description must explain: rare noise is not worth a longer query. */
const tolerance = 0.0015;

/** What a bit of a hypothesis about those occasions costs, in bits of evidence. */
export function bitPrice(task: Task, at: readonly number[]): number {
  return Math.max(1, tolerance * at.reduce((sum, i) => sum + (task.weight[i] as number), 0));
}
