import type { Expr, Value } from '@backlot/protocol';
import { functions } from '@backlot/world';
import type { DeriveExample } from '../derive/derive.ts';
import { derive } from '../derive/derive.ts';
import { heldColumns } from '../fetched/held.ts';
import { derivedFrom } from '../fetched/derived.ts';
import type { Instance } from '../template/pattern.ts';
import type { Binding } from './bindings.ts';
import { presentColumns } from './bindings.ts';
import type { ColumnModel } from './columns.ts';
import { shownCell } from './columns.ts';
import type { Pair, Row } from './pairs.ts';
import { pairsOf } from './pairs.ts';
import { renamed } from './renamed.ts';
import type { TableModel } from './tables.ts';

/** Share of sightings on which a column must agree with another to be the same: what changed in between differs. */
const sameShare = 0.9;

/** What a local column shows in terms of a table's columns; null where these do not tell. */
export function matchColumn(
  local: ColumnModel,
  { table, absent }: { readonly table: TableModel; readonly absent?: Value },
  pairs: readonly Pair[],
): Expr | null {
  const shown = pairs.flatMap(({ item, row, fresh }) => {
    const value = shownCell(local, item) ?? absent;
    return value === undefined ? [] : [{ value, row, fresh }];
  });
  if (new Set(shown.map(({ value }) => value)).size < 2) return null;
  for (const column of table.columns) {
    if (column.type !== local.type) continue;
    const common = shown.filter(({ row }) => row[column.name] !== undefined);
    if (common.length * 2 >= shown.length && agrees(common.map(({ value, row }) => ({ value, other: row[column.name] as Value })))) {
      return { col: column.name };
    }
    const fresh = shown.flatMap(({ value, fresh: { [column.name]: other } }) => (other === undefined ? [] : [{ value, other }]));
    if (fresh.length >= fewestFresh && agrees(fresh)) return { col: column.name };
  }
  return (table.fetched === true ? derivedFrom(shown, heldIn(table)) : null) ?? deriveColumn(shown, table);
}

/** What scripts hold of records: of the entries of lists, all that there is. */
const heldIn = (table: TableModel): readonly ColumnModel[] => (table.bindings.length === 0 ? table.columns : heldColumns(table));

/** Sightings right after each other that must agree for two columns to be one, whatever happened to the record in between others. */
const fewestFresh = 8;

function agrees(pairs: readonly { readonly value: Value; readonly other: Value }[]): boolean {
  const agree = pairs.filter(({ value, other }) => same(value, other));
  return new Set(agree.map(({ value }) => value)).size >= 2 && agree.length >= sameShare * pairs.length;
}

/** True for values that people read as the same. */
function same(a: Value, b: Value): boolean {
  return a === b || (typeof a === 'string' && typeof b === 'string' && a.trim() === b.trim());
}

/** Share of sightings on which a column must be known to derive another from it. */
const mostlyKnown = 0.8;
const mostExamples = 80;

function deriveColumn(shown: readonly { readonly value: Value; readonly row: Row }[], table: TableModel): Expr | null {
  if (new Set(shown.map(({ value }) => value)).size < 3) return null;
  const known = table.columns.filter(({ name }) => shown.filter(({ row }) => row[name] !== undefined).length >= mostlyKnown * shown.length);
  const inputs = known.flatMap(({ name, source, type }): Expr[] => [
    { col: name },
    ...(source?.kind === 'prose' ? [{ fn: 'plainText', args: [{ col: name }] }] : []),
    ...(type === 'list' ? [{ fn: 'firsts', args: [{ col: name }] }] : []),
  ]);
  const valueOf = (expr: Expr, row: Row): Value =>
    'fn' in expr
      ? (functions[expr.fn] as (a: Value) => Value)(row[(expr.args[0] as { col: string }).col] ?? null)
      : (row[(expr as { col: string }).col] ?? null);
  const examples = shown
    .filter(({ row }) => known.every(({ name }) => row[name] !== undefined))
    .slice(0, mostExamples)
    .map(({ value, row }): DeriveExample => ({ inputs: inputs.map((expr) => valueOf(expr, row)), output: value }));
  return derive(inputs, examples, { slack: 1 - sameShare, constantsAllowed: false })?.expr ?? null;
}

/** Takes a binding into a table: columns that agree are one, the others are new. */
export function joined(table: TableModel, local: Binding, localKey: (item: Instance) => string): TableModel {
  const pairs = pairsOf(table, local, localKey);
  const names = new Map<string, Expr>();
  const columns: ColumnModel[] = [];
  const all = [...table.columns];
  for (const column of local.columns) {
    const known = column.owner
      ? null
      : matchColumn(column, { table, ...(presentColumns(local).has(column.name) ? { absent: '' } : {}) }, pairs);
    if (known && 'col' in known) columns.push({ ...column, name: known.col });
    const name = column.owner ? column.name : `c${all.length}`;
    if (!known) {
      all.push({ ...column, name });
      columns.push({ ...column, name });
    }
    names.set(column.name, known ?? { col: name });
  }
  const shows = renamed(local.shows, names);
  return { ...table, columns: all, bindings: [...table.bindings, { ...local, columns, shows }] };
}

/** Share of a record's sightings on which another column must agree for its name to mean it. */
const mostly = 0.6;

/** True where enough of a record's other columns agree for the names to mean the same records. */
export function confirms(table: TableModel, local: Binding, localKey: (item: Instance) => string): boolean {
  const pairs = pairsOf(table, local, localKey);
  if (pairs.length < 2) return false;
  return local.columns.some((column) => {
    if (column.type !== 'text') return false;
    const shown = pairs.flatMap(({ item, row }) => {
      const value = shownCell(column, item);
      return typeof value === 'string' && value.trim() !== '' ? [{ value, row, name: localKey(item) }] : [];
    });
    return table.columns.some((other) => {
      const agree = shown.filter(({ value, row, name }) => value !== name && same(value, row[other.name] ?? null));
      return new Set(agree.map(({ value }) => value)).size >= 2 && agree.length >= mostly * shown.length;
    });
  });
}
