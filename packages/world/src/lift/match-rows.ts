import type { Expr, Query, Row, State, Value } from '@backlot/protocol';
import { select } from '../evaluate.ts';
import type { Reading } from './facts.ts';
import { bindingOf, inside, rowOf, scopeAt, withRows, type Place } from './place.ts';
import { settleAll } from './settle.ts';

/** Cells that an item tells of its row, and those among them that name the row. */
interface Told {
  readonly cells: Readonly<Record<string, Value>>;
  readonly keys: readonly string[];
}

interface Shown {
  readonly query: Query;
  readonly items: readonly Reading[];
  readonly place: Place;
}

/** Id of a row with nothing in it, that items are read into to see what they tell. */
const probe = '\0probe';

/**
 * Believed rows that the shown items are, item by item; null for what was not known. Items that name their rows (in addresses, ids,
 * values) are those rows or new; others are the rows with the same texts in the same order, then what stands between known
 * neighbours, one for one, then rows that the query would not have shown.
 */
export function matchRows(shown: Shown, state: State): readonly (string | null)[] {
  const { query, place } = shown;
  const all = state.tables[query.from] ?? [];
  const told = shown.items.map((item) => whatIsTold(item, shown, state));
  const listed = select(query, scopeAt(state, place));
  const keys = commonKeys(told);
  if (keys.length > 0) return byKeys(told, keys, [...new Set([...listed, ...all])]);
  const matched: (string | null)[] = told.map(() => null);
  alignInOrder(told, listed, matched);
  fillGaps(told, listed, matched);
  matchRest(told, all, matched);
  return matched;
}

function whatIsTold(item: Reading, { query, place }: Shown, state: State): Told {
  const row = { as: query.as, table: query.from, id: probe };
  const within = inside(place, row);
  const empty = withRows(state, query.from, [...(state.tables[query.from] ?? []), { id: probe }]);
  const facts = item.facts.map((fact) => ({ ...fact, place: within }));
  const read = rowOf(settleAll(facts, empty), query.from, probe) ?? { id: probe };
  const cells = Object.fromEntries(Object.entries(read).filter(([name, value]) => name !== 'id' && value !== null));
  const keys = item.facts.filter(({ key }) => key).flatMap(({ expr }) => columnsSaid(expr, within));
  return { cells, keys: [...new Set(keys)].filter((name) => Object.hasOwn(cells, name)) };
}

/** Columns of the innermost row that are part of what an expression says, not of the conditions in it. */
function columnsSaid(expr: Expr, place: Place): readonly string[] {
  if ('col' in expr) return bindingOf(expr, place)?.id === probe ? [expr.col] : [];
  if (!('fn' in expr)) return [];
  return (expr.fn === 'if' ? expr.args.slice(1) : expr.args).flatMap((arg) => columnsSaid(arg, place));
}

const signature = (cells: Readonly<Record<string, Value>>, names: readonly string[]): string =>
  JSON.stringify(names.map((name) => cells[name] ?? null));

/** Columns that name the row in every item, and every row differently. */
function commonKeys(told: readonly Told[]): readonly string[] {
  const [first, ...rest] = told;
  const keys = (first?.keys ?? []).filter((name) => rest.every((each) => each.keys.includes(name))).sort();
  const isUnique = new Set(told.map(({ cells }) => signature(cells, keys))).size === told.length;
  return isUnique ? keys : [];
}

function byKeys(told: readonly Told[], keys: readonly string[], rows: readonly Row[]): readonly (string | null)[] {
  const known = new Map<string, string>();
  for (const row of rows) if (!known.has(signature(row, keys))) known.set(signature(row, keys), row.id);
  return told.map(({ cells }) => known.get(signature(cells, keys)) ?? null);
}

/** How well an item and a row go together: 0 where a text or a number differs. */
function likeness({ cells }: Told, row: Row): number {
  let alike = 0;
  for (const [name, value] of Object.entries(cells)) {
    const same = JSON.stringify(row[name] ?? null) === JSON.stringify(value);
    if (!same && typeof value !== 'boolean') return 0;
    alike += same ? (typeof value === 'boolean' ? 0.01 : 1) : 0;
  }
  return alike;
}

/** Longer lists are matched without regard to their order. */
const longest = 400;

/** The most alike rows in the same order (longest common subsequence by likeness). */
function alignInOrder(told: readonly Told[], rows: readonly Row[], matched: (string | null)[]): void {
  if (told.length > longest || rows.length > longest) return;
  const alike = told.map((each) => rows.map((row) => likeness(each, row)));
  const best = bestSums(alike, rows.length);
  const sum = (i: number, j: number): number => best[i]?.[j] ?? 0;
  let [i, j] = [0, 0];
  while (i < told.length && j < rows.length) {
    const likely = alike[i]?.[j] ?? 0;
    if (likely > 0 && sum(i, j) === likely + sum(i + 1, j + 1)) matched[i++] = rows[j++]?.id ?? null;
    else if (sum(i, j) === sum(i + 1, j)) i += 1;
    else j += 1;
  }
}

/** The greatest likeness that what follows from every item and row on can come to. */
function bestSums(alike: readonly (readonly number[])[], width: number): readonly Float64Array[] {
  const best = Array.from({ length: alike.length + 1 }, () => new Float64Array(width + 1));
  const sum = (i: number, j: number): number => best[i]?.[j] ?? 0;
  for (const [i, row] of [...alike.entries()].reverse()) {
    for (let j = width - 1; j >= 0; j -= 1) {
      const likely = row[j] ?? 0;
      (best[i] as Float64Array)[j] = Math.max(sum(i + 1, j), sum(i, j + 1), likely > 0 ? likely + sum(i + 1, j + 1) : 0);
    }
  }
  return best;
}

/** Between known neighbours, as many items as rows are those rows, changed. */
function fillGaps(told: readonly Told[], rows: readonly Row[], matched: (string | null)[]): void {
  const placeOf = new Map(rows.map((row, i) => [row.id, i]));
  let from = 0;
  let rowFrom = 0;
  for (let i = 0; i <= told.length; i += 1) {
    const id = i < told.length ? (matched[i] ?? null) : null;
    if (i < told.length && id === null) continue;
    const rowTo = id === null ? rows.length : (placeOf.get(id) ?? rows.length);
    if (i - from === rowTo - rowFrom) for (let k = from; k < i; k += 1) matched[k] = rows[rowFrom + k - from]?.id ?? null;
    from = i + 1;
    rowFrom = rowTo + 1;
  }
}

/** What is left are rows that were not listed, if one has the same texts. */
function matchRest(told: readonly Told[], rows: readonly Row[], matched: (string | null)[]): void {
  const taken = new Set(matched);
  for (const [i, each] of told.entries()) {
    if (matched[i] !== null) continue;
    const row = rows.find((candidate) => !taken.has(candidate.id) && likeness(each, candidate) > 0);
    if (row === undefined) continue;
    matched[i] = row.id;
    taken.add(row.id);
  }
}
