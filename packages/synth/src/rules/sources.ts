import type { Effect, Expr } from '@backlot/protocol';
import type { ColumnModel } from '../state/columns.ts';
import type { TableModel } from '../state/tables.ts';
import { it } from './terms.ts';

type Update = Extract<Effect, { update: string }>;

interface Written {
  /** The argument that holds the source. */
  readonly source: string;
  readonly when: Expr | null;
}

/** The argument whose text an expression lays out, and when. */
function writtenBy(expr: Expr): Written | null {
  if (!('fn' in expr)) return null;
  const [first, second] = expr.args as readonly [Expr, Expr];
  if (expr.fn === 'richText') return 'arg' in first ? { source: first.arg, when: null } : null;
  if (expr.fn !== 'if') return null;
  const inner = expr.args
    .slice(1)
    .map(writtenBy)
    .find((found) => found !== null);
  if (!inner) return null;
  const isOfText = JSON.stringify(first) === JSON.stringify({ fn: 'isBlank', args: [{ arg: inner.source }] });
  if (isOfText) return inner;
  return writtenBy(second) ? { source: inner.source, when: first } : null;
}

/** The column that a text area of the argument's name shows. */
function sourceColumn({ columns }: TableModel, name: string): ColumnModel | undefined {
  return columns.find(({ source }) => {
    if (!source?.live || source.pattern.kind !== 'element' || source.pattern.tag !== 'textarea') return false;
    return source.pattern.nodes.values().next().value?.attrs['name'] === name;
  });
}

/** Where the text of a record is laid out from what a field held, the field holds that from then on: whatever pages came to show it again. */
export function withSources(effects: readonly Effect[], tables: readonly TableModel[]): readonly Effect[] {
  return effects.map((effect): Effect => {
    const table = 'update' in effect ? tables.find(({ name }) => name === effect.update) : undefined;
    return table ? withSource(effect as Update, table) : effect;
  });
}

function withSource(effect: Update, table: TableModel): Update {
  const written = Object.values(effect.set)
    .map(writtenBy)
    .find((found) => found !== null);
  const column = written && sourceColumn(table, written.source);
  if (!written || !column) return effect;
  const { source, when } = written;
  const otherwise = effect.set[column.name] ?? it(column.name);
  const value: Expr = when === null ? { arg: source } : { fn: 'if', args: [when, { arg: source }, otherwise] };
  return { ...effect, set: { ...effect.set, [column.name]: value } };
}
