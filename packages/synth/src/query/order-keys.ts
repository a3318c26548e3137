import type { Expr, Value } from '@backlot/protocol';
import { compareValues } from '@backlot/world';
import { call } from '../call.ts';
import { labelsIn, sortKeys } from './row-facts.ts';
import type { Task } from './task.ts';

/** Something that rows may be ordered by, in one direction. */
export interface OrderKey {
  readonly words: string;
  readonly bits: number;
  readonly by: Expr;
  readonly desc: boolean;
  /** Place of each row among the values of the key: lower comes first. */
  readonly ranks: Int32Array;
}

interface Draft {
  readonly words: string;
  readonly bits: number;
  readonly by: Expr;
  readonly values: readonly Value[];
}

function ranksOf(values: readonly Value[]): Int32Array {
  const sorted = [...new Set(values)].sort(compareValues);
  const rank = new Map<Value, number>();
  for (const [i, value] of sorted.entries())
    rank.set(value, i > 0 && compareValues(sorted[i - 1], value) === 0 ? (rank.get(sorted[i - 1] as Value) as number) : i);
  return Int32Array.from(values, (value) => rank.get(value) as number);
}

/** Most items of a list that may each put rows first or last. */
const mostItems = 8;

/** Whether a list has an item that few others stand for: labels, such as that a row is pinned. */
function itemDrafts(task: Task, column: number, cell: Expr): readonly Draft[] {
  const itemsOf = ({ items }: (typeof task.facts)[number]): readonly string[] => items[column] as readonly string[];
  const labels = [...new Set(task.facts.flatMap(itemsOf))].sort();
  if (labels.length > mostItems) return [];
  return labels.map((label) => ({
    words: `${task.columns[column]?.name ?? ''} has "${label}"`,
    bits: 1,
    by: call('if', call('hasItem', cell, { lit: label }), { lit: 1 }, { lit: 0 }),
    values: task.facts.map((facts) => (itemsOf(facts).includes(label) ? 1 : 0)),
  }));
}

/** Whether a text says a label, alone or among others. */
function labelDrafts(task: Task, column: number, cell: Expr): readonly Draft[] {
  return labelsIn(task.facts, column).map((label) => ({
    words: `${task.columns[column]?.name ?? ''} says "${label}"`,
    bits: 1,
    by: call('if', call('containsText', cell, { lit: label }), { lit: 1 }, { lit: 0 }),
    values: task.facts.map(({ lower }) => ((lower[column] as string).includes(label.toLowerCase()) ? 1 : 0)),
  }));
}

function draftsOf(task: Task, column: number): readonly Draft[] {
  const { name = '', type } = task.columns[column] ?? {};
  const cell: Expr = { col: name, of: task.space.as };
  const raw = task.facts.map(({ row }) => row[name] ?? null);
  if (type === 'boolean') {
    const by = call('if', cell, { lit: 1 }, { lit: 0 });
    return [{ words: name, bits: 0, by, values: task.facts.map(({ flags }) => (flags[column] ? 1 : 0)) }];
  }
  const key: Draft = { words: name, bits: 0, by: call('sortKey', cell), values: sortKeys(raw) };
  const length = (value: Value): number => (Array.isArray(value) ? value.length : 0);
  if (type === 'list')
    return [
      key,
      { words: `number of ${name}`, bits: 1, by: call('len', cell), values: raw.map(length) },
      ...itemDrafts(task, column, cell),
    ];
  const exact: Draft = { words: `${name} (capitals first)`, bits: 3, by: cell, values: raw };
  return [key, exact, ...labelDrafts(task, column, cell)];
}

/** Every key in both directions; keys that order all rows alike stand once. */
export function orderKeys(task: Task): readonly OrderKey[] {
  const id: Draft = {
    words: 'id',
    bits: 3,
    by: call('sortKey', { col: 'id', of: task.space.as }),
    values: sortKeys(task.facts.map(({ row }) => row.id)),
  };
  const drafts = [...task.columns.flatMap((_, column) => draftsOf(task, column)), id];
  const choices = 2 + Math.log2(1 + drafts.length);
  const seen = new Set<string>();
  return drafts.flatMap(({ words, bits, by, values }): OrderKey[] => {
    const ranks = ranksOf(values);
    const name = ranks.join();
    if (seen.has(name) || ranks.every((rank) => rank === ranks[0])) return [];
    seen.add(name);
    const up: OrderKey = { words: `${words} ascending`, bits: choices + bits, by, desc: false, ranks };
    return [up, { ...up, words: `${words} descending`, desc: true, ranks: ranks.map((rank) => -rank) }];
  });
}
