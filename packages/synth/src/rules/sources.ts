import type { Effect, Expr } from '@backlot/protocol';
import type { ColumnModel } from '../state/columns.ts';
import type { TableModel } from '../state/tables.ts';
import { it } from './terms.ts';

type Update = Extract<Effect, { update: string }>;

interface Written {
  /** What is laid out: an argument, or one with what stands before and behind it. */
  readonly source: Expr;
  readonly when: Expr | null;
}

/** The arguments that an expression names. */
function argumentsIn(expr: Expr): readonly string[] {
  if ('arg' in expr) return [expr.arg];
  return 'fn' in expr ? expr.args.flatMap(argumentsIn) : [];
}

/** The argument whose text an expression lays out, and when. */
function writtenBy(expr: Expr): Written | null {
  if (!('fn' in expr)) return null;
  const [first, second] = expr.args as readonly [Expr, Expr];
  if (expr.fn === 'richText') return { source: first, when: null };
  if (expr.fn !== 'if') return null;
  const inner = expr.args
    .slice(1)
    .map(writtenBy)
    .find((found) => found !== null);
  if (!inner) return null;
  const isOfText = JSON.stringify(first) === JSON.stringify({ fn: 'isBlank', args: [inner.source] });
  if (isOfText) return inner;
  return writtenBy(second) ? { source: inner.source, when: first } : null;
}

/** The column that a text area with the name of an argument shows. */
function sourceColumn({ columns }: TableModel, names: readonly string[]): ColumnModel | undefined {
  return columns.find(({ source }) => {
    if (!source?.live || source.pattern.kind !== 'element' || source.pattern.tag !== 'textarea') return false;
    return names.includes(source.pattern.nodes.values().next().value?.attrs['name'] ?? '');
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
  const column = written && sourceColumn(table, argumentsIn(written.source));
  if (!written || !column) return effect;
  const { source, when } = written;
  const otherwise = effect.set[column.name] ?? it(column.name);
  const value: Expr = when === null ? source : { fn: 'if', args: [when, source, otherwise] };
  return { ...effect, set: { ...effect.set, [column.name]: value } };
}
