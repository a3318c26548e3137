import type { Expr, Value } from '@backlot/protocol';
import type { PageModel } from '../pages/page-model.ts';
import { paramsOf } from '../pages/params.ts';
import type { Hole } from '../template/holes.ts';
import type { Instance, ListPattern } from '../template/pattern.ts';
import type { View } from '../views.ts';
import { commonest } from '../explain/commonest.ts';
import { decoded, partsOf } from './address-parts.ts';

/** A column read off the items of a list: a hole that shows it as it is, a part of an address in one, or a list inside the record. */
export interface ColumnModel {
  readonly name: string;
  readonly type: 'text' | 'boolean' | 'list';
  readonly source?: Hole;
  /** Which part of an address the column is, where it is one. */
  readonly part?: number;
  readonly items?: ItemsModel;
  /** The columns that together name a record which no single one does. */
  readonly of?: readonly ColumnModel[];
  /** Reads which record an item shows, where that is told by what it is called. */
  readonly named?: (item: Instance) => Value;
  /** Reads what the address of the page says of the item: which record of another kind it belongs to. */
  readonly owner?: (view: View) => Value;
}

/** A list inside a record: its items as values. */
export interface ItemsModel {
  readonly list: ListPattern;
  readonly columns: readonly ColumnModel[];
  readonly shows: ReadonlyMap<Hole, Expr>;
}

/** Columns that people see or that name records; styles and the like decide nothing. */
export function isSeen({ type, source, part, owner }: ColumnModel): boolean {
  if (type !== 'text' || part !== undefined || owner) return true;
  return source !== undefined && !source.live && (source.kind === 'text' || source.kind === 'prose');
}

/** Columns of a list's items, and what each of their holes shows in terms of them. */
export interface ItemColumns {
  readonly columns: readonly ColumnModel[];
  readonly shows: ReadonlyMap<Hole, Expr>;
  /** Holes of the items that no column explains by itself. */
  readonly rest: readonly Hole[];
}

const isBoolean = (hole: Hole): boolean => typeof hole.values.values().next().value === 'boolean';
const asText = (value: Value | undefined): string => (typeof value === 'string' ? value.trim() : '');

type SourcedColumn = ColumnModel & { readonly source: Hole };

/** What a column holds for an item; undefined where the item does not show it. */
function sourceValue({ source, part }: SourcedColumn, item: Instance): Value | undefined {
  const value = source.values.get(item);
  if (part === undefined || typeof value !== 'string') return value;
  return partsOf(value)[part];
}

/** Share of a hole's occasions on which the column must be there to read it from. */
const covered = 0.98;

function agreement(hole: Hole, column: SourcedColumn, same: (x: Value, y: Value) => boolean): number {
  let [agree, common] = [0, 0];
  for (const [instance, value] of hole.values) {
    const other = sourceValue(column, instance);
    if (other === undefined) continue;
    common++;
    if (same(value, other)) agree++;
  }
  return common < covered * hole.values.size ? 0 : agree / Math.max(1, common);
}

/** A live field repeats its column except while the user is typing in it. */
const enough = (hole: Hole): number => (hole.live ? 0.85 : 1);

/** Expression over the row that a hole shows, given a column; null where they do not hang together. */
function asColumn(hole: Hole, column: SourcedColumn): Expr | null {
  const col: Expr = { col: column.name };
  if (isBoolean(hole) !== (column.type === 'boolean')) return presenceOfText(hole, column) ?? leastOf(hole, column);
  if (column.type === 'boolean') {
    if (agreement(hole, column, (x, y) => x === y) >= enough(hole)) return col;
    return agreement(hole, column, (x, y) => x !== y) === 1 ? { fn: 'not', args: [col] } : null;
  }
  if (agreement(hole, column, (x, y) => asText(x) === asText(y)) >= enough(hole)) return col;
  return inConstantText(hole, column);
}

/** Numbers that a switch must be seen off at, and occasions that it must be on, to say that a number is at its least. */
const fewestNumbers = 2;
const fewestTimes = 3;

/** A switch that is on just where a number of the record is at its least: nothing can be taken from one. */
function leastOf(hole: Hole, column: SourcedColumn): Expr | null {
  if (column.type !== 'text' || !isBoolean(hole)) return null;
  const seen = [...hole.values].map(([instance, value]) => ({ value, text: asText(sourceValue(column, instance)) }));
  if (!seen.every(({ text }) => /^\d+$/.test(text))) return null;
  const least = Math.min(...seen.map(({ text }) => Number(text)));
  const on = seen.filter(({ value }) => value === true);
  const others = new Set(seen.filter(({ value }) => value !== true).map(({ text }) => text));
  const isLeast = seen.every(({ value, text }) => (value === true) === (Number(text) === least));
  if (!isLeast || on.length < fewestTimes || others.size < fewestNumbers) return null;
  return { fn: 'eq', args: [{ col: column.name }, { lit: String(least) }] };
}

function presenceOfText(hole: Hole, column: SourcedColumn): Expr | null {
  if (column.type !== 'text' || !isBoolean(hole) || isMark(column.source)) return null;
  const present = [...hole.values].filter(([, value]) => value === true);
  const shown = [...hole.values].every(([instance, value]) => value === (asText(sourceValue(column, instance)) !== ''));
  return shown && present.length > 1 ? { fn: 'not', args: [{ fn: 'isBlank', args: [{ col: column.name }] }] } : null;
}

/** Attributes that hold words or addresses; what others hold is there because their element is. */
const worded = new Set(['href', 'action', 'src', 'formaction', 'title', 'alt', 'placeholder', 'value']);
const isMark = ({ kind, name }: Hole): boolean => kind === 'attribute' && !worded.has(name) && !name.startsWith('aria-');

/** "Delete " + column, … */
function inConstantText(hole: Hole, column: SourcedColumn): Expr | null {
  let frame: { before: string; after: string } | null = null;
  for (const [instance, value] of hole.values) {
    const cell = asText(sourceValue(column, instance));
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

const addressAttributes = new Set(['href', 'action', 'src', 'formaction']);
const isAddress = (hole: Hole): boolean => hole.kind === 'attribute' && addressAttributes.has(hole.name);

/** Texts first, then addresses and plain attributes, then switches; what the user edits directly comes last. */
function rank(hole: Hole): number {
  if (hole.live) return isBoolean(hole) ? 4 : 6;
  if (hole.kind === 'text') return 0;
  if (hole.kind === 'prose') return 1;
  if (hole.kind === 'attribute' && hole.name === 'style') return 7;
  return isBoolean(hole) ? 5 : isAddress(hole) ? 2 : 3;
}

const distinct = (hole: Hole): number => new Set(hole.values.values()).size;

/** True where all items of a page always agree, though pages differ: it says something of the page, not of a record. */
function isUniformPart(hole: Hole, part: number): boolean {
  const byView = new Map<number, Set<string>>();
  for (const [instance, value] of hole.values) {
    const seen = byView.get(instance.view.index) ?? new Set<string>();
    byView.set(instance.view.index, seen.add(partsOf(String(value))[part] as string));
  }
  const isList = byView.size < hole.values.size;
  return isList && [...byView.values()].every((seen) => seen.size === 1);
}

/** Share of addresses that must name a record as its column does. */
const nearly = 0.98;

/** Longer data attributes hold more than a name. */
const longestData = 24;

/** Attributes that nobody sees and that name nothing are no columns. */
function isTelling({ kind, name, values }: Hole): boolean {
  if (kind !== 'attribute') return true;
  const texts = [...values.values()].map((value) => String(value ?? ''));
  if (name === 'style') return texts.some((text) => /display|visibility/.test(text));
  if (name.startsWith('data-')) return texts.every((text) => text.length <= longestData);
  return !unseen.has(name);
}

const unseen = new Set(['srcset', 'sizes', 'loading', 'decoding', 'width', 'height', 'tabindex', 'autocomplete', 'aria-activedescendant']);

/** Share of items from which on what some show is theirs, not the recorder's. */
const rare = 0.01;

/** A switch that hardly any item has, and none of them when the page is loaded again, is none of the records'. */
function isSeldom(hole: Hole): boolean {
  if (!isBoolean(hole) || hole.live || hole.values.size * rare < 1) return false;
  const usual = commonest(hole.values.values());
  const others = [...hole.values].filter(([, value]) => value !== usual);
  return others.length < rare * hole.values.size && !outlivesPages(others.map(([{ view }]) => view));
}

/** True where more than one session shows it on more than one page load. */
function outlivesPages(views: readonly View[]): boolean {
  const loads = new Map<number, Set<number>>();
  for (const { session, load } of views) loads.set(session, (loads.get(session) ?? new Set()).add(load));
  return [...loads.values()].filter((seen) => seen.size > 1).length > 1;
}

/** True for numbered marks that the page makes anew whenever it shows a record: they are none of the record's. */
export function isSerial({ source, part }: ColumnModel): boolean {
  if (source === undefined || part !== undefined || !isMark(source) || source.name === 'style') return false;
  const texts = [...source.values.values()].map((value) => String(value ?? '')).filter((text) => text !== '');
  return texts.every((text) => /\d/.test(text)) && changesOnNode(source);
}

/** True where the value changes on one and the same element of an item while the page stays loaded. */
function changesOnNode(hole: Hole): boolean {
  const seen = new Map<string, Value>();
  return [...hole.values].some(([{ view, node }, value]) => {
    const key = `${view.session} ${view.load} ${node.id}`;
    const differs = node.id !== undefined && seen.has(key) && seen.get(key) !== value;
    seen.set(key, value);
    return differs;
  });
}

/** White space between the parts of an item sets them apart; it is nothing that a record says. */
function isSpace({ kind, values }: Hole): boolean {
  return kind === 'text' && [...values.values()].every((value) => typeof value === 'string' && value.trim() === '');
}

/** What the address of a view says, by name: variables of its path and of its query. */
type ParamsAt = (view: View) => Readonly<Record<string, string>>;

class Columns {
  readonly columns: SourcedColumn[] = [];
  readonly shows = new Map<Hole, Expr>();
  readonly rest: Hole[] = [];
  readonly #paramsAt: ParamsAt;

  constructor(paramsAt: ParamsAt) {
    this.#paramsAt = paramsAt;
  }

  add(hole: Hole, part?: number): Expr {
    const column: SourcedColumn = {
      name: `c${this.columns.length}`,
      type: isBoolean(hole) ? 'boolean' : 'text',
      source: hole,
      ...(part === undefined ? {} : { part }),
    };
    this.columns.push(column);
    return { col: column.name };
  }

  explain(hole: Hole): void {
    if (isSpace(hole)) {
      this.shows.set(hole, { lit: commonest(hole.values.values()) });
      return;
    }
    // What comes and goes while the record stays is a matter of switches rather than of blank texts.
    const switches = isBoolean(hole) && changesOnNode(hole) ? this.columns.filter(({ type }) => type === 'boolean') : [];
    const shown = [...switches, ...this.columns].map((column) => asColumn(hole, column)).find((expr) => expr !== null);
    const expr = shown ?? (isAddress(hole) ? this.#address(hole) : null);
    if (expr) this.shows.set(hole, expr);
    else if (distinct(hole) > 1) this.shows.set(hole, this.add(hole));
  }

  /** An address whose parts are constants and columns, one by one; null where addresses differ in their number of parts. */
  #address(hole: Hole): Expr | null {
    const values = [...hole.values].filter(([, value]) => typeof value === 'string') as [Instance, string][];
    const split = values.map(([, value]) => partsOf(value));
    const length = split[0]?.length ?? 0;
    if (values.length < hole.values.size || length < 2 || split.some((parts) => parts.length !== length)) return null;
    const args: Expr[] = [];
    for (let p = 0; p < length; p++) {
      const first = (split[0] as readonly string[])[p] as string;
      if (split.every((parts) => parts[p] === first)) args.push({ lit: first });
      else args.push(this.#ofPage(values, p) ?? (isUniformPart(hole, p) ? { lit: first } : this.#part(hole, { p, split, values })));
    }
    return { fn: 'concat', args };
  }

  /** What all addresses of a page have in common, where it stands in the page's own address. */
  #ofPage(values: readonly [Instance, string][], p: number): Expr | null {
    const read = values.map(([{ view }, value]) => ({ params: this.#paramsAt(view), part: decoded(partsOf(value)[p] as string) }));
    const names = Object.keys(read[0]?.params ?? {});
    const name = names.find((param) => read.filter(({ params, part }) => params[param] === part).length >= nearly * read.length);
    return name === undefined ? null : { fn: 'encode', args: [{ param: name }] };
  }

  #part(
    hole: Hole,
    { p, split, values }: { p: number; split: readonly (readonly string[])[]; values: readonly [Instance, string][] },
  ): Expr {
    const agrees = (column: SourcedColumn, read: (part: string) => string): boolean => {
      const right = values.filter(([item], i) => asText(sourceValue(column, item)) === read((split[i] as readonly string[])[p] as string));
      return right.length >= nearly * values.length;
    };
    const texts = this.columns.filter((column) => column.type === 'text');
    const same = texts.find((column) => agrees(column, (part) => part));
    if (same) return { col: same.name };
    const spelled = texts.find((column) => agrees(column, decoded));
    return spelled ? { fn: 'encode', args: [{ col: spelled.name }] } : this.add(hole, p);
  }
}

/** Share of occasions on which what hides a record must follow from its switches and the address. */
const following = 0.99;

/** True for a style that switches of the record and the fragment of the address decide together: a filter that hides records. */
function isFiltered(hole: Hole, columns: readonly SourcedColumn[]): boolean {
  if (hole.kind !== 'attribute' || hole.name !== 'style') return false;
  const switches = columns.filter(({ type }) => type === 'boolean');
  const stateOf = (item: Instance): string => switches.map((column) => sourceValue(column, item)).join();
  const decidedBy = (keyOf: (item: Instance) => string): number => {
    const groups = new Map<string, Value[]>();
    for (const [item, value] of hole.values) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), value]);
    const right = [...groups.values()].map((values) => values.filter((value) => value === commonest(values)).length);
    return right.reduce((sum, count) => sum + count, 0) / hole.values.size;
  };
  if (decidedBy(stateOf) >= following) return false;
  return decidedBy((item) => `${item.view.url.split('#')[1] ?? ''} ${stateOf(item)}`) >= following;
}

/** What item columns are not read from: holes that depend on the page rather than on the record, and what the page's address says. */
export interface Surroundings {
  readonly placed?: ReadonlySet<Hole>;
  readonly paramsAt?: ParamsAt;
}

/** Finds the columns of a list's items. */
export function itemColumns(holes: readonly Hole[], { placed = new Set(), paramsAt = () => ({}) }: Surroundings = {}): ItemColumns {
  const found = new Columns(paramsAt);
  const ordered = holes.map((hole, i) => ({ hole, i })).sort((a, b) => rank(a.hole) - rank(b.hole) || a.i - b.i);
  for (const { hole } of ordered) {
    if (placed.has(hole) || !isTelling(hole) || isSeldom(hole) || isFiltered(hole, found.columns)) found.rest.push(hole);
    else found.explain(hole);
  }
  return found;
}

/** The lists inside a list's items, as columns. */
export function listColumns(page: PageModel, list: ListPattern): readonly ColumnModel[] {
  return page.pattern.lists
    .filter((nested) => nested.frame === list.itemFrame)
    .map((nested, i): ColumnModel => ({ name: `l${i}`, type: 'list', items: itemsModel(page, nested) }));
}

function itemsModel(page: PageModel, list: ListPattern): ItemsModel {
  const holes = page.holes.filter((hole) => hole.frame === list.itemFrame);
  const { columns, shows } = itemColumns(holes, { paramsAt: (view) => paramsOf(page, view) });
  const inner = listColumns(page, list).map((column, i) => ({ ...column, name: `c${columns.length + i}` }));
  return { list, columns: [...columns, ...inner], shows };
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
  return cells.length === 1 && !Array.isArray(cells[0]) ? (cells[0] as Value) : interned(cells);
}

/** The cell that an item shows; undefined where it does not show the column at all. */
export function shownCell(column: ColumnModel, item: Instance): Value | undefined {
  const { items, source, owner, of, named } = column;
  if (named) return named(item);
  if (owner) return owner(item.view);
  // What says nothing, the empty choice of a field, is a record too.
  if (of) return of.map((part) => String(cellOf(part, item))).join(' ') || ' ';
  if (items) return interned((items.list.items.get(item) ?? []).map((inner) => itemValue(items, inner)));
  if (!source) return undefined;
  const value = sourceValue(column as SourcedColumn, item);
  if (value === undefined) return undefined;
  return typeof value === 'string' && source.kind === 'text' ? value.trim() : value;
}

/** The cell that an item shows, blank where it shows none. */
export function cellOf(column: ColumnModel, item: Instance): Value {
  return shownCell(column, item) ?? (column.type === 'boolean' ? false : '');
}
