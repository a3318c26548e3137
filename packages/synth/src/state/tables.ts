import type { Expr, Value } from '@backlot/protocol';
import type { PageModel, Site } from '../pages/page-model.ts';
import type { Hole } from '../template/holes.ts';
import type { Instance, ListPattern } from '../template/pattern.ts';

/** A column read off the page, from a hole that shows it as it is or from a list inside the record. */
export interface ColumnModel {
  readonly name: string;
  readonly type: 'text' | 'boolean' | 'list';
  readonly source?: Hole;
  readonly items?: ItemsModel;
}

/** A list inside a record: its items as values. */
export interface ItemsModel {
  readonly list: ListPattern;
  readonly columns: readonly ColumnModel[];
  readonly shows: ReadonlyMap<Hole, Expr>;
}

/** Records that one list shows, as a table. */
export interface TableModel {
  readonly name: string;
  readonly page: PageModel;
  readonly list: ListPattern;
  readonly columns: readonly ColumnModel[];
  /** Holes of the items that show a column, possibly negated or inside constant text. */
  readonly shows: ReadonlyMap<Hole, Expr>;
  /** Holes of the items that no column explains by itself. */
  readonly rest: readonly Hole[];
  /** True where no address shows the list whole: its records are put together from all that was seen. */
  readonly recalled: boolean;
}

const isBoolean = (hole: Hole): boolean => typeof hole.values.values().next().value === 'boolean';
const asText = (value: Value | undefined): string => (typeof value === 'string' ? value.trim() : '');

type SourcedColumn = ColumnModel & { readonly source: Hole };

interface Agreement {
  readonly share: number;
  readonly common: number;
}

/** Share of a hole's occasions on which the column must be there to read it from. */
const covered = 0.98;

function agreement(a: Hole, b: Hole, same: (x: Value, y: Value) => boolean): Agreement {
  let [agree, common] = [0, 0];
  for (const [instance, value] of a.values) {
    const other = b.values.get(instance);
    if (other === undefined) continue;
    common++;
    if (same(value, other)) agree++;
  }
  return { share: common < covered * a.values.size ? 0 : agree / Math.max(1, common), common };
}

/** A live field repeats its column except while the user is typing in it. */
const enough = (hole: Hole): number => (hole.live ? 0.85 : 1);

/** Expression over the row that a hole shows, given a column; null where they do not hang together. */
function asColumn(hole: Hole, column: SourcedColumn): Expr | null {
  const col: Expr = { col: column.name };
  if (isBoolean(hole) !== (column.type === 'boolean')) return presenceOfText(hole, column);
  if (column.type === 'boolean') {
    if (agreement(hole, column.source, (x, y) => x === y).share >= enough(hole)) return col;
    return agreement(hole, column.source, (x, y) => x !== y).share === 1 ? { fn: 'not', args: [col] } : null;
  }
  if (agreement(hole, column.source, (x, y) => asText(x) === asText(y)).share >= enough(hole)) return col;
  return inConstantText(hole, column);
}

function presenceOfText(hole: Hole, column: SourcedColumn): Expr | null {
  if (column.type !== 'text' || !isBoolean(hole)) return null;
  const present = [...hole.values].filter(([, value]) => value === true);
  const shown = [...hole.values].every(([instance, value]) => value === (asText(column.source.values.get(instance)) !== ''));
  return shown && present.length > 1 ? { fn: 'not', args: [{ fn: 'isBlank', args: [{ col: column.name }] }] } : null;
}

/** `/edit/` + column, "Delete " + column, … */
function inConstantText(hole: Hole, column: SourcedColumn): Expr | null {
  let frame: { before: string; after: string } | null = null;
  for (const [instance, value] of hole.values) {
    const source = column.source.values.get(instance);
    const cell = asText(source);
    if (typeof value !== 'string' || cell.length < 1) return null;
    const at = value.indexOf(cell);
    if (at < 0) return null;
    const here = { before: value.slice(0, at), after: value.slice(at + cell.length) };
    if (frame && (frame.before !== here.before || frame.after !== here.after)) return null;
    frame = here;
  }
  if (!frame) return null;
  return { fn: 'concat', args: [{ lit: frame.before }, { col: column.name }, { lit: frame.after }] };
}

/** Texts first, then plain attributes, then switches; what the user edits directly comes last. */
function rank(hole: Hole): number {
  if (hole.live) return isBoolean(hole) ? 3 : 5;
  if (hole.kind === 'text') return 0;
  return isBoolean(hole) ? 4 : 1;
}

function distinct(hole: Hole): number {
  return new Set(hole.values.values()).size;
}

function columnsFor(holes: readonly Hole[], placed: ReadonlySet<Hole>): Pick<TableModel, 'columns' | 'shows' | 'rest'> {
  const columns: SourcedColumn[] = [];
  const shows = new Map<Hole, Expr>();
  const rest: Hole[] = [];
  const ordered = holes.map((hole, i) => ({ hole, i })).sort((a, b) => rank(a.hole) - rank(b.hole) || a.i - b.i);
  for (const { hole } of ordered) {
    if (placed.has(hole)) {
      rest.push(hole);
      continue;
    }
    const shown = columns.map((column) => asColumn(hole, column)).find((expr) => expr !== null);
    if (shown) shows.set(hole, shown);
    else if (distinct(hole) > 1) {
      const column: SourcedColumn = { name: `c${columns.length}`, type: isBoolean(hole) ? 'boolean' : 'text', source: hole };
      columns.push(column);
      shows.set(hole, { col: column.name });
    }
  }
  return { columns, shows, rest };
}

/**
 * Makes a table of each list of records. `placed` names holes that are known to depend on the address rather than on the
 * record; they get no column.
 */
export function tablesOf(site: Site, placed: ReadonlySet<Hole>): readonly TableModel[] {
  const tables: TableModel[] = [];
  for (const page of site.pages) {
    for (const list of page.pattern.lists) {
      if (list.frame.list) continue;
      const holes = page.holes.filter((hole) => hole.frame === list.itemFrame);
      const own = columnsFor(holes, placed);
      const inner = page.pattern.lists.filter((nested) => nested.frame === list.itemFrame);
      const lists = inner.map((nested, i): ColumnModel => ({ name: `l${i}`, type: 'list', items: itemsModel(page, nested) }));
      tables.push({ name: `t${tables.length}`, page, list, ...own, columns: [...own.columns, ...lists], recalled: false });
    }
  }
  return tables;
}

function itemsModel(page: PageModel, list: ListPattern): ItemsModel {
  const holes = page.holes.filter((hole) => hole.frame === list.itemFrame);
  const { columns, shows } = columnsFor(holes, new Set());
  return { list, columns, shows };
}

const lists = new Map<string, Value>();

/** One object for each list value, so that equal lists are identical. */
function interned(value: readonly Value[]): Value {
  const spelling = JSON.stringify(value);
  const known = lists.get(spelling);
  if (known !== undefined) return known;
  lists.set(spelling, value);
  return value;
}

/** The parts of one item of a list inside a record. */
function itemValue(items: ItemsModel, instance: Instance): Value {
  const cells = items.columns.map((column) => cellOf(column, instance));
  return cells.length === 1 ? (cells[0] as Value) : interned(cells);
}

/** The cell that an item shows. */
export function cellOf(column: ColumnModel, instance: Instance): Value {
  const { items } = column;
  if (items) return interned((items.list.items.get(instance) ?? []).map((item) => itemValue(items, item)));
  if (!column.source) return null;
  const value = column.source.values.get(instance);
  if (value === undefined) return column.type === 'boolean' ? false : '';
  return typeof value === 'string' && column.source.kind === 'text' ? value.trim() : value;
}
