import type { Expr } from '@backlot/protocol';
import { call } from '../call.ts';
import type { Bits } from './bits.ts';
import { allBits, both, either, noBits } from './bits.ts';
import type { RowFacts } from './row-facts.ts';
import { labelsIn } from './row-facts.ts';
import type { Source } from './source.ts';
import type { Task } from './task.ts';
import { pairsWhere } from './task.ts';

/** A condition on a row that needs no argument, with the pairs where it holds. */
export interface Condition {
  readonly words: string;
  readonly bits: number;
  readonly expr: Expr;
  readonly pairs: Bits;
}

/** Most different texts of a column, or items of a list, that conditions may name. */
const mostConstants = 12;
const not = (expr: Expr): Expr => call('not', expr);

interface Draft {
  readonly words: string;
  readonly expr: Expr;
  readonly test: (facts: RowFacts) => boolean;
  readonly column: number;
}

type Plain = Omit<Draft, 'column'>;

const yesAndNo = ([words, noWords]: readonly [string, string], expr: Expr, test: Draft['test']): readonly Plain[] => [
  { words, expr, test },
  { words: noWords, expr: not(expr), test: (facts) => !test(facts) },
];

/** Each row as it was believed to be most often: what was remembered wrongly at times makes no kinds. */
function usualRows(task: Task): readonly RowFacts[] {
  const counts = new Int32Array(task.facts.length);
  for (const rows of task.rowsOf) for (const row of rows) counts[row] = (counts[row] as number) + 1;
  const usual = new Map<string, number>();
  for (const [n, { row }] of task.facts.entries()) {
    const known = usual.get(row.id);
    if (known === undefined || (counts[n] as number) > (counts[known] as number)) usual.set(row.id, n);
  }
  return [...usual.values()].map((n) => task.facts[n] as RowFacts);
}

/** Values that several rows have at once: one that names a row here and another one elsewhere is no kind. */
function shared(task: Task, usual: readonly RowFacts[], valuesOf: (facts: RowFacts) => readonly string[]): ReadonlySet<string> {
  const valuesById = new Map(usual.map((facts) => [facts.row.id, [...new Set(valuesOf(facts))]]));
  const found = new Set<string>();
  const tables = new Set<string>();
  for (const rows of task.rowsOf) {
    const ids = [...new Set(Array.from(rows, (row) => (task.facts[row] as RowFacts).row.id))];
    const name = JSON.stringify(ids);
    if (tables.has(name)) continue;
    tables.add(name);
    const here = new Set<string>();
    for (const value of ids.flatMap((id) => valuesById.get(id) ?? [])) (here.has(value) ? found : here).add(value);
  }
  return found;
}

/** Values that several rows share, or that an argument names; none where they are too many, or too rare, to be kinds. */
function constants(task: Task, valuesOf: (facts: RowFacts) => readonly string[]): readonly string[] {
  const ids = new Map<string, Set<string>>();
  const usual = usualRows(task);
  for (const facts of usual)
    for (const value of valuesOf(facts)) if (value !== '') ids.set(value, (ids.get(value) ?? new Set()).add(facts.row.id));
  const several = shared(task, usual, valuesOf);
  const kinds = [...ids].filter(([value]) => several.has(value));
  const named = new Set(task.sources.flatMap(({ values }) => (values.length > mostConstants ? [] : values.map(({ lower }) => lower))));
  const all = new Set([...ids.values()].flatMap((rows) => [...rows]));
  const covered = new Set(kinds.flatMap(([, rows]) => [...rows]));
  const areKinds = kinds.length <= mostConstants && covered.size * 2 > all.size;
  return kinds
    .map(([value]) => value)
    .filter((value) => areKinds || named.has(value.toLowerCase()))
    .sort();
}

function textDrafts(task: Task, column: number, cell: Expr): readonly Plain[] {
  const name = task.columns[column]?.name ?? '';
  const blank = yesAndNo([`${name} is blank`, `${name} is not blank`], call('isBlank', cell), ({ texts }) => texts[column] === '');
  const equal = constants(task, ({ texts }) => [texts[column] as string]).flatMap((text) =>
    yesAndNo(
      [`${name} is "${text}"`, `${name} is not "${text}"`],
      call('eq', call('trim', cell), { lit: text }),
      ({ texts }) => texts[column] === text,
    ),
  );
  const says = labelsIn(usualRows(task), column).flatMap((label) =>
    yesAndNo([`${name} says "${label}"`, `${name} does not say "${label}"`], call('containsText', cell, { lit: label }), ({ lower }) =>
      (lower[column] as string).includes(label.toLowerCase()),
    ),
  );
  return [...blank, ...equal, ...says];
}

function listDrafts(task: Task, column: number, cell: Expr): readonly Plain[] {
  const name = task.columns[column]?.name ?? '';
  const items = ({ items: all }: RowFacts): readonly string[] => all[column] as readonly string[];
  const empty = yesAndNo([`${name} is empty`, `${name} is not empty`], call('isBlank', cell), (facts) => items(facts).length === 0);
  const having = constants(task, items).flatMap((item) =>
    yesAndNo([`${name} has "${item}"`, `${name} lacks "${item}"`], call('hasItem', cell, { lit: item }), (facts) =>
      items(facts).includes(item),
    ),
  );
  return [...empty, ...having];
}

function draftsOf(task: Task, column: number): readonly Plain[] {
  const { name = '', type } = task.columns[column] ?? {};
  const cell: Expr = { col: name, of: task.space.as };
  if (type === 'boolean') return yesAndNo([name, `not ${name}`], cell, ({ flags }) => flags[column] === true);
  return type === 'list' ? listDrafts(task, column, cell) : textDrafts(task, column, cell);
}

/** Bits more for a condition on a column that never keeps its value. */
const fickleBits = 8;
/** Share of a row's occasions that make another value of it more than a slip. */
const slip = 0.1;

/** For each column the share of rows whose value changes back and forth: what a page says in passing tells little of a row. */
function fickleness(task: Task): readonly number[] {
  const counts = new Int32Array(task.facts.length);
  for (const rows of task.rowsOf) for (const row of rows) counts[row] = (counts[row] as number) + 1;
  const byId = new Map<string, number[]>();
  for (const [n, { row }] of task.facts.entries()) byId.set(row.id, [...(byId.get(row.id) ?? []), n]);
  return task.columns.map((_, column) => {
    let [fickle, all] = [0, 0];
    for (const facts of byId.values()) {
      const values = new Map<string, number>();
      for (const n of facts) {
        const { texts, items } = task.facts[n] as RowFacts;
        const value = `${texts[column]} ${items[column]?.join()}`;
        values.set(value, (values.get(value) ?? 0) + (counts[n] as number));
      }
      const seen = [...values.values()].reduce((sum, count) => sum + count, 0);
      if (seen < 4) continue;
      all++;
      if (Math.max(...values.values()) < (1 - slip) * seen) fickle++;
    }
    return all === 0 ? 0 : fickle / all;
  });
}

/** Conditions that a cell is what a text register holds: one's own rows. */
function ownDrafts(task: Task, bits: number): readonly Condition[] {
  const registers = task.sources.filter(
    ({ kind, values }) => kind === 'register' && values.some(({ literal }) => typeof literal === 'string'),
  );
  const valueOf = (source: Source, i: number): string => source.values[source.valueAt[i] as number]?.lower ?? '';
  return registers.flatMap((source) =>
    task.columns.flatMap(({ name, type }, column): readonly Condition[] => {
      if (type === 'boolean') return [];
      const cell: Expr = { col: name, of: task.space.as };
      const at = task.occasions.map((_, i) => i);
      const holds = (row: number, i: number): boolean => {
        const { lower, items } = task.facts[row] as RowFacts;
        return type === 'list' ? (items[column] as readonly string[]).includes(valueOf(source, i)) : lower[column] === valueOf(source, i);
      };
      const lowered = (expr: Expr): Expr => call('lower', call('trim', expr));
      const expr = type === 'list' ? call('hasItem', cell, source.expr) : call('eq', lowered(cell), lowered(source.raw));
      const words = `${name} ${type === 'list' ? 'has' : 'is'} ${source.name}`;
      return [{ words, bits: bits + 1, expr, pairs: pairsWhere(task, at, holds) }];
    }),
  );
}

/** Every condition that a filter may be made of, always and never first. */
export function conditionsOf(task: Task): readonly Condition[] {
  const drafts = task.columns.flatMap((_, column) => draftsOf(task, column).map((draft): Draft => ({ ...draft, column })));
  const fickle = fickleness(task);
  const bits = 2 + Math.log2(1 + drafts.length);
  const at = task.occasions.map((_, i) => i);
  const made = drafts.map(({ words, expr, test, column }): Condition => {
    const holds = task.facts.map(test);
    return { words, bits: bits + fickleBits * (fickle[column] as number), expr, pairs: pairsWhere(task, at, (row) => holds[row] === true) };
  });
  const always: Condition = { words: 'always', bits: 0, expr: { lit: true }, pairs: allBits(task.words) };
  const never: Condition = { words: 'never', bits: 6, expr: { lit: false }, pairs: noBits(task.words) };
  const kinds = new Set<string>();
  const known = [...made, ...ownDrafts(task, bits)]
    .sort((a, b) => a.bits - b.bits)
    .filter(({ pairs }) => {
      const key = pairs.join();
      const isNew = !kinds.has(key) && pairs.some((word) => word !== 0);
      kinds.add(key);
      return isNew;
    });
  return [always, never, ...known];
}

/** Both conditions at once. */
export function andAlso(a: Condition, b: Condition): Condition {
  return {
    words: `${a.words} and ${b.words}`,
    bits: a.bits + b.bits + 1,
    expr: call('and', a.expr, b.expr),
    pairs: both(a.pairs, b.pairs),
  };
}

/** One of the conditions at least. */
export function orElse(a: Condition, b: Condition): Condition {
  return {
    words: `${a.words} or ${b.words}`,
    bits: a.bits + b.bits + 1,
    expr: call('or', a.expr, b.expr),
    pairs: either(a.pairs, b.pairs),
  };
}
