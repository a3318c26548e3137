import type { DomElement, Value } from '@backlot/protocol';
import type { PageModel, Site } from '../pages/page-model.ts';
import type { Binding } from '../state/bindings.ts';
import type { ColumnModel } from '../state/columns.ts';
import type { TableModel } from '../state/tables.ts';
import type { Hole } from '../template/holes.ts';
import type { ElementPattern, Frame, Instance, ListPattern, TextPattern } from '../template/pattern.ts';
import type { SessionViews } from '../views.ts';
import type { Collection } from './collections.ts';
import { collectionsIn } from './collections.ts';
import type { Held } from './follow.ts';
import { followFetched } from './follow.ts';
import type { SentRecord } from './records.ts';
import { recordOf } from './records.ts';
import type { Fetched, FetchedAt } from './references.ts';
import { withReferences } from './references.ts';

interface Field {
  readonly name: string;
  readonly type: ColumnModel['type'];
  /** The fields of a list's entries, where these are records. */
  readonly parts: readonly Field[];
}

/** Fields with long texts are no columns: they hold what others hold in pieces. */
const longest = 2000;

const typeOf = (values: readonly Value[]): Field['type'] =>
  values.some(Array.isArray) ? 'list' : values.every((value) => typeof value === 'boolean') ? 'boolean' : 'text';

const isPair = (value: Value): value is readonly [string, Value] =>
  Array.isArray(value) && value.length === 2 && typeof value[0] === 'string';

/** Share of the records that must say a field for it to be one of those that all have. */
const common = 0.9;

/**
 * The fields of records, or of what a list holds, that differ: switches first, then what all records have, which says more of one never
 * looked at than what is told of some, then in the order of their names.
 */
function fieldsOf(records: readonly SentRecord[]): readonly Field[] {
  const values = new Map<string, Value[]>();
  for (const record of records) {
    for (const [name, value] of record) {
      const known = values.get(name);
      if (known) known.push(value);
      else values.set(name, [value]);
    }
  }
  return [...values]
    .filter(([, all]) => differ(all, records.length) && all.every((value) => typeof value !== 'string' || value.length <= longest))
    .map(([name, all]) => ({ field: { name, type: typeOf(all), parts: partsOf(all) }, isCommon: all.length >= common * records.length }))
    .toSorted((a, b) => rank(a) - rank(b) || (a.field.name < b.field.name ? -1 : 1))
    .map(({ field }) => field);
}

const rank = ({ field, isCommon }: { readonly field: Field; readonly isCommon: boolean }): number =>
  (field.type === 'boolean' ? 0 : 2) + (isCommon ? 0 : 1);

function differ(values: readonly Value[], all: number): boolean {
  return values.length < all || new Set(values.map((value) => JSON.stringify(value))).size > 1;
}

/** The fields of the records in lists; none where the lists hold texts. */
function partsOf(lists: readonly Value[]): readonly Field[] {
  const entries = lists.flatMap((list) => (Array.isArray(list) ? (list as readonly Value[]) : []));
  const records = entries.filter((entry): entry is readonly Value[] => Array.isArray(entry) && entry.every(isPair));
  return fieldsOf(records.map((entry): SentRecord => new Map(entry as readonly (readonly [string, Value])[])));
}

/** Columns of fetched records are named apart from all others, so that those which nothing shows can be told and left out. */
const columnName = (prefix: string, place: number): string => `${prefix}${place}`;

/** One page's places for the records that scripts fetched: nobody sees them, but what pages show is told by them. */
class HiddenList {
  readonly #page: PageModel;
  readonly #prefix: string;
  #count = 0;
  readonly columns: readonly ColumnModel[];
  readonly list: ListPattern;

  constructor(page: PageModel, prefix: string, { fields, at }: { readonly fields: readonly Field[]; readonly at: FetchedAt }) {
    this.#page = page;
    this.#prefix = prefix;
    const { root } = page.pattern;
    const outer = page.views.flatMap((view) => {
      const instance = page.instanceOf.get(view);
      return instance ? [[instance, at(view) ?? []] as const] : [];
    });
    const { list, records } = this.#listOf(root, root.frame, new Map(outer));
    this.list = list;
    this.columns = this.#columnsOf(fields, list, records).map((column, i) => ({ ...column, name: columnName(prefix, i) }));
  }

  #anchor(): string {
    return `${this.#page.id}${this.#prefix}${this.#count++}`;
  }

  #listOf<T>(
    parent: ElementPattern,
    frame: Frame,
    held: ReadonlyMap<Instance, readonly T[]>,
  ): { readonly list: ListPattern; readonly records: ReadonlyMap<Instance, T> } {
    const items = new Map<Instance, readonly Instance[]>();
    const list: ListPattern = { kind: 'list', anchor: this.#anchor(), frame, parent, items, separator: '', itemFrame: frame, item: parent };
    const itemFrame: Frame = { id: -1, list, parent: frame, instances: [] };
    const records = new Map<Instance, T>();
    for (const [outer, all] of held) {
      const mine = all.map((record, index): Instance => {
        const instance: Instance = { id: -1, frame: itemFrame, view: outer.view, parent: outer, index, node: hidden };
        records.set(instance, record);
        itemFrame.instances.push(instance);
        return instance;
      });
      items.set(outer, mine);
    }
    list.itemFrame = itemFrame;
    list.item = this.#element(itemFrame, parent, new Map([...records.keys()].map((instance) => [instance, hidden])));
    return { list, records };
  }

  #element(frame: Frame, parent: ElementPattern, nodes: ElementPattern['nodes']): ElementPattern {
    return { kind: 'element', anchor: this.#anchor(), tag: hidden.tag, svg: false, frame, nodes, parent, prose: false, kids: [] };
  }

  #columnsOf(fields: readonly Field[], list: ListPattern, records: ReadonlyMap<Instance, SentRecord>): readonly ColumnModel[] {
    return fields.map((field, i): ColumnModel => {
      const name = `c${i}`;
      const values = new Map([...records].map(([instance, record]) => [instance, record.get(field.name)] as const));
      if (field.type === 'list') return { name, type: 'list', items: this.#itemsOf(field, list, values) };
      const blank = field.type === 'boolean' ? false : '';
      const own = new Map([...values].map(([instance, value]) => [instance, value ?? blank] as const));
      return { name, type: field.type, source: this.#hole(field, list, own) };
    });
  }

  #itemsOf({ parts }: Field, list: ListPattern, values: ReadonlyMap<Instance, Value | undefined>): NonNullable<ColumnModel['items']> {
    const held = new Map([...values].map(([outer, value]) => [outer, Array.isArray(value) ? (value as readonly Value[]) : []] as const));
    const inner = this.#listOf(list.item, list.itemFrame, held);
    if (parts.length === 0) {
      const texts = new Map([...inner.records].map(([instance, value]) => [instance, Array.isArray(value) ? '' : value] as const));
      const source = this.#hole({ name: '', type: 'text', parts: [] }, inner.list, texts);
      return { list: inner.list, columns: [{ name: 'c0', type: 'text', source }], shows: new Map() };
    }
    const asRecord = (value: Value): SentRecord =>
      new Map(Array.isArray(value) ? (value as readonly Value[]).filter(isPair) : ([] as readonly (readonly [string, Value])[]));
    const records = new Map([...inner.records].map(([instance, value]) => [instance, asRecord(value)] as const));
    return { list: inner.list, columns: this.#columnsOf(parts, inner.list, records), shows: new Map() };
  }

  #hole({ name, type }: Field, list: ListPattern, values: ReadonlyMap<Instance, Value>): Hole {
    const anchor = this.#anchor();
    const pattern: TextPattern = { kind: 'text', anchor, frame: list.itemFrame, nodes: new Map(), parent: list.item };
    const kind = type === 'boolean' ? 'presence' : 'text';
    return { id: anchor, kind, frame: list.itemFrame, pattern, name, live: false, values };
  }
}

const hidden: DomElement = { tag: 'record', attrs: {}, children: [] } as unknown as DomElement;

/** What scripts hold of a collection, view by view. */
function fetchedReader(sessions: readonly SessionViews[], collection: Collection): FetchedAt {
  const after = sessions.map(({ session }) => followFetched(session, collection));
  const known = new Map<Held, readonly SentRecord[]>();
  return ({ session, step, moment }) => {
    const held = after[session]?.[moment === 'after' ? step : step - 1];
    if (held && !known.has(held)) known.set(held, held.map(recordOf));
    return held && known.get(held);
  };
}

function fetchedTable(site: Site, prefix: string, { key, at }: Fetched): TableModel | null {
  const all = new Set(site.pages.flatMap(({ views }) => views.flatMap((view) => at(view) ?? [])));
  const fields = fieldsOf([...all]);
  const place = fields.findIndex(({ name }) => name === key);
  if (place < 0) return null;
  const bindings = site.pages.map((page): Binding => {
    const { list, columns } = new HiddenList(page, prefix, { fields, at });
    return { page, list, columns, shows: new Map(), rest: [], isFetched: true };
  });
  const { columns } = bindings[0] as Binding;
  return { name: '', columns, key: columnName(prefix, place), bindings, recalled: true, fetched: true };
}

/** Tables of the records that the application sent its scripts as data, known as a whole whenever a page is shown. */
export function fetchedTables(site: Site, sessions: readonly SessionViews[]): readonly TableModel[] {
  const collections = collectionsIn(sessions.map(({ session }) => session));
  const all = collections.map((collection): Fetched => ({ key: collection.key, at: fetchedReader(sessions, collection) }));
  const views = site.pages.flatMap((page) => page.views);
  return withReferences(all, views).flatMap((one, i) => fetchedTable(site, `d${i}c`, one) ?? []);
}
