import type { DomElement, Row, State, Value } from '@backlot/protocol';
import type { Scope } from '@backlot/world';
import { blankState, elementKey, isBox, selectValue, withoutHash } from '@backlot/world';
import { paramsOf } from '../pages/params.ts';
import type { PageModel, Site } from '../pages/page-model.ts';
import type { ElementPattern, Instance, ListPattern } from '../template/pattern.ts';
import type { SessionViews, View } from '../views.ts';
import type { Lineage } from './lineage.ts';
import type { ColumnModel, ItemsModel, TableModel } from './tables.ts';
import type { Binding } from './bindings.ts';
import { cellOf } from './columns.ts';
import type { Totals } from './totals.ts';
import type { Tracked } from './track.ts';

/** Name under which a list binds its rows. */
export function rowName(table: TableModel): string {
  return `r${table.name}`;
}

/** A view with the state that must have been behind it. */
export interface Belief {
  readonly view: View;
  readonly page: PageModel;
  readonly state: State;
  readonly params: Readonly<Record<string, string>>;
  /** What form fields held, by element key. */
  readonly live: ReadonlyMap<string, string | boolean>;
  /** Rows that surround an instance, by their names. */
  readonly rowsOf: (instance: Instance) => Readonly<Record<string, Row>>;
}

/** A session's records of one table. */
export interface TableHistory {
  readonly table: TableModel;
  readonly lineages: readonly Lineage[];
  /** Addresses that show the list whole. */
  readonly wholeAddresses: ReadonlySet<string>;
  /** Id of the row that an item shows. */
  readonly idOf: (item: Instance, binding: Binding) => string | undefined;
  readonly tracked: readonly Tracked[];
  /** What pages tell of the list as a whole, where they do. */
  readonly totals?: Totals;
  /** Records with which an account begins, where records have names. */
  readonly base?: (account: string) => readonly Row[];
}

/** Registers of a view that are known so far. */
type RegisterReader = (view: View) => Readonly<Record<string, Value>>;

const fieldTags = new Set(['input', 'select', 'textarea']);

function liveValue(node: DomElement): string | boolean {
  if (node.tag === 'select') return selectValue(node);
  return isBox(node) ? 'checked' in node.attrs : (node.attrs['value'] ?? '');
}

/** Name under which a list inside a record binds its items. */
export function itemName(list: ListPattern): string {
  return `i${list.anchor}`;
}

function itemsOf(histories: readonly TableHistory[], list: ListPattern): ItemsModel | undefined {
  for (const { table } of histories) {
    for (const binding of table.bindings) {
      const found = innerItems(binding.columns, list);
      if (found) return found;
    }
  }
  return undefined;
}

function innerItems(columns: readonly ColumnModel[], list: ListPattern): ItemsModel | undefined {
  for (const { items } of columns) {
    const found = items && (items.list === list ? items : innerItems(items.columns, list));
    if (found) return found;
  }
  return undefined;
}

/** The place where a table's records stand in a list. */
export function bindingAt(table: TableModel, list: ListPattern): Binding | undefined {
  return table.bindings.find((binding) => binding.list === list);
}

interface ItemSite {
  readonly at: Instance;
  readonly list: ListPattern;
}

function rowAt(histories: readonly TableHistory[], tables: State['tables'], { at, list }: ItemSite): readonly [string, Row] | undefined {
  const history = histories.find(({ table }) => bindingAt(table, list));
  if (history) {
    const id = history.idOf(at, bindingAt(history.table, list) as Binding);
    const row = tables[history.table.name]?.find((candidate) => candidate.id === id);
    return row && [rowName(history.table), row];
  }
  const items = itemsOf(histories, list);
  if (!items) return undefined;
  const cells = Object.fromEntries(items.columns.map((column) => [column.name, cellOf(column, at)]));
  return [itemName(list), { ...cells, id: String(at.index) } as Row];
}

function rowsReader(inputs: BeliefInputs, tables: State['tables']): Belief['rowsOf'] {
  const { histories } = inputs;
  return (instance) => {
    const rows: (readonly [string, Row])[] = [];
    for (let at: Instance | null = instance; at?.parent; at = at.parent) {
      const { list } = at.frame;
      const row = list && rowAt(histories, tables, { at, list });
      if (row) rows.unshift(row);
    }
    return Object.fromEntries(rows);
  };
}

/** What a recorder shows of a field that hides what is typed. */
const hidden = /^\*+$/;

/** What was typed into a field that hides it, as far as the actions of the same document tell. */
function typedInto(node: DomElement, view: View, session: SessionViews): string | undefined {
  const until = view.moment === 'before' ? view.step : view.step + 1;
  const fill = session.session.steps
    .slice(0, until)
    .findLast(({ action, node: filled }, i) => action.kind === 'fill' && filled === node.id && session.before[i]?.load === view.load);
  return fill?.action.value;
}

interface Fields {
  readonly page: PageModel;
  readonly view: View;
  readonly session: SessionViews;
}

function liveFields({ page, view, session }: Fields, rowsOf: Belief['rowsOf']): Map<string, string | boolean> {
  const live = new Map<string, string | boolean>();
  for (const element of page.pattern.elements.values()) {
    if (!fieldTags.has(element.tag)) continue;
    for (const [instance, node] of nodesIn(element, view)) {
      const value = liveValue(node);
      const typed = typeof value === 'string' && hidden.test(value) ? typedInto(node, view, session) : undefined;
      live.set(keyOf(element, rowsOf(instance)), typed ?? value);
    }
  }
  return live;
}

const byView = new WeakMap<ElementPattern, Map<View, [Instance, DomElement][]>>();

/** Occurrences of an element in one view. */
export function nodesIn(element: ElementPattern, view: View): readonly (readonly [Instance, DomElement])[] {
  let index = byView.get(element);
  if (!index) {
    index = new Map();
    for (const [instance, node] of element.nodes) {
      const list = index.get(instance.view);
      if (list) list.push([instance, node]);
      else index.set(instance.view, [[instance, node]]);
    }
    byView.set(element, index);
  }
  return index.get(view) ?? [];
}

/** Key of an element in the rows around it. */
export function keyOf(element: ElementPattern, rows: Readonly<Record<string, Row>>): string {
  return elementKey(element.anchor, Object.values(rows));
}

export interface BeliefInputs {
  readonly site: Site;
  readonly histories: readonly TableHistory[];
  readonly registers: RegisterReader;
}

/** The address shown, after the one shown before it. */
function historyOf(session: SessionViews, view: View): State['history'] {
  const page = withoutHash(view.url);
  const before = session.after.slice(0, view.step).findLast(({ url }) => withoutHash(url) !== page);
  return before ? { entries: [before.url, view.url], index: 1 } : { entries: [view.url], index: 0 };
}

/** The state behind one view; undefined for views of no page. */
export function beliefOf(inputs: BeliefInputs, session: SessionViews, view: View): Belief | undefined {
  const page = inputs.site.pageOf.get(view);
  if (!page) return undefined;
  const tables: Record<string, readonly Row[]> = {};
  for (const { table, tracked } of inputs.histories) tables[table.name] = tracked[view.session]?.rows.get(view) ?? [];
  const rowsOf = rowsReader(inputs, tables);
  const live = liveFields({ page, view, session }, rowsOf);
  const start = blankState(session.session.account);
  const posted = view.posted ? { posted: view.posted } : {};
  const state: State = { ...start, tables, registers: inputs.registers(view), history: historyOf(session, view), ...posted };
  return { view, page, state, params: paramsOf(page, view), live, rowsOf };
}

/** The scope in which an instance's holes are evaluated. */
export function scopeOf(belief: Belief, instance: Instance | null, args?: Readonly<Record<string, Value>>): Scope {
  const isWhole = args === undefined && !instance?.parent;
  const known = isWhole ? scopes.get(belief) : undefined;
  if (known) return known;
  const made = newScope(belief, instance, args ?? {});
  if (isWhole) scopes.set(belief, made);
  return made;
}

/** The scopes of whole pages, made once. */
const scopes = new WeakMap<Belief, Scope>();

function newScope(belief: Belief, instance: Instance | null, args: Readonly<Record<string, Value>>): Scope {
  const rows = instance ? belief.rowsOf(instance) : {};
  const row = Object.values(rows).at(-1);
  return {
    state: belief.state,
    rows,
    ...(row ? { row } : {}),
    args,
    params: belief.params,
    field: (anchor, scope) => {
      const here = belief.page.shared.own.get(anchor) ?? anchor;
      const keys = [elementKey(here, Object.values(scope.rows)), here];
      for (const key of keys) if (belief.live.has(key)) return belief.live.get(key) ?? null;
      return null;
    },
  };
}
