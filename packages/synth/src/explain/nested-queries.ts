import type { Expr, Query, Value } from '@backlot/protocol';
import { mapLeaves } from '../map-leaves.ts';
import { paramsOf } from '../pages/params.ts';
import type { QueryColumn, ListOccasion } from '../query/occasion.ts';
import type { LearnedQuery } from '../query/learn-query.ts';
import { learnQuery } from '../query/learn-query.ts';
import type { Belief } from '../state/belief.ts';
import { rowName, scopeOf } from '../state/belief.ts';
import type { Binding } from '../state/bindings.ts';
import { itemsWithin } from '../state/bindings.ts';
import { isSeen } from '../state/columns.ts';
import type { TableModel } from '../state/tables.ts';
import type { Instance, ListPattern } from '../template/pattern.ts';
import type { View } from '../views.ts';

/** Columns of a table that lists show. */
export function listedColumns({ bindings, columns }: TableModel): readonly QueryColumn[] {
  const listed = new Set(bindings.flatMap((binding) => (binding.list ? binding.columns.map(({ name }) => name) : [])));
  return columns.filter((column) => listed.has(column.name) && isSeen(column)).map(({ name, type }) => ({ name, type }));
}

/** How what the outer item says is given to a query, as if the address asked for it. */
const outerParam = (column: string): string => `outer ${column}`;

interface Within {
  /** Name of the outer item's row. */
  readonly as: string;
  readonly texts: Readonly<Record<string, string>>;
}

function outerOf(belief: Belief, item: Instance): Within | undefined {
  const [as, row] = Object.entries(belief.rowsOf(item)).at(-1) ?? [];
  if (as === undefined || row === undefined) return undefined;
  const texts = Object.entries(row).flatMap(([name, value]) =>
    typeof value === 'string' && name !== 'id' ? [[name, value] as const] : [],
  );
  return { as, texts: Object.fromEntries(texts) };
}

interface Occasion extends ListOccasion {
  readonly within: Within;
}

function occasionsOf(table: TableModel, binding: Binding, beliefOf: (view: View) => Belief | undefined): readonly Occasion[] {
  const list = binding.list as ListPattern;
  return binding.page.views.flatMap((view): Occasion[] => {
    const [belief, page] = [beliefOf(view), binding.page.instanceOf.get(view)];
    if (!belief || !page) return [];
    const rows = belief.state.tables[table.name] ?? [];
    return itemsWithin(list.frame.list as ListPattern, page).flatMap((outer): Occasion[] => {
      const within = outerOf(belief, outer);
      if (!within || !list.parent.nodes.has(outer)) return [];
      const shown = (list.items.get(outer) ?? []).flatMap((item) => belief.rowsOf(item)[rowName(table)]?.id ?? []);
      const said = Object.fromEntries(Object.entries(within.texts).map(([name, text]) => [outerParam(name), text]));
      const scope = scopeOf(belief, null);
      return [{ scope: { ...scope, params: { ...scope.params, ...said } }, rows, shown, within }];
    });
  });
}

/** What the outer items say that is not always the same. */
function sayings(occasions: readonly Occasion[]): readonly string[] {
  const values = new Map<string, Set<Value>>();
  for (const { within } of occasions)
    for (const [name, text] of Object.entries(within.texts)) values.set(name, (values.get(name) ?? new Set<Value>()).add(text));
  return [...values].filter(([, seen]) => seen.size > 1).map(([name]) => name);
}

/** The query with what the outer item says read from the item's row. */
function readFromRow(query: Query, names: readonly string[], as: string): Query {
  const columns = new Map(names.map((name) => [outerParam(name), name]));
  const read = (expr: Expr): Expr =>
    mapLeaves(expr, (leaf) => {
      const col = 'param' in leaf ? columns.get(leaf.param) : undefined;
      return col === undefined ? leaf : { col, of: as };
    });
  return { ...query, ...(query.where ? { where: read(query.where) } : {}) };
}

/** Learns what a list in the items of another list shows: the outer item may say which records are in it (columns of a board, days, groups). */
export function nestedQuery(
  table: TableModel,
  binding: Binding,
  beliefOf: (view: View) => Belief | undefined,
): { readonly query: Query; readonly learned: LearnedQuery } {
  const occasions = occasionsOf(table, binding, beliefOf);
  const names = sayings(occasions);
  const params = new Set(binding.page.views.flatMap((view) => Object.keys(paramsOf(binding.page, view))));
  const learned = learnQuery(occasions, {
    table: table.name,
    as: rowName(table),
    columns: listedColumns(table),
    params: [...names.map(outerParam), ...[...params].sort()],
    registers: [],
  });
  return { query: readFromRow(learned.query, names, occasions[0]?.within.as ?? ''), learned };
}
