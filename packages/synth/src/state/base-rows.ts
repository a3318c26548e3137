import type { Row, Value } from '@backlot/protocol';
import { compareValues, functions } from '@backlot/world';
import { commonest } from '../explain/commonest.ts';
import { pathToId } from '../node-path.ts';
import type { Instance } from '../template/pattern.ts';
import type { SessionViews, View } from '../views.ts';
import { cellsOf, itemsOf, keyOf } from './bindings.ts';
import type { Binding } from './bindings.ts';
import type { TableModel } from './tables.ts';

/** Row id of a named record. */
export function namedId(table: TableModel, name: string): string {
  return `${table.name}k${name.replaceAll(':', '.')}`;
}

/** Views of a session in the order in which they came, each once. */
export function viewsInOrder(session: SessionViews): readonly View[] {
  return [...new Set(session.after.flatMap((after, i) => [session.before[i] as View, after]))];
}

/** A record as a page showed it. */
export interface Sighting {
  readonly binding: Binding;
  readonly item: Instance;
  readonly id: string;
  readonly cells: Readonly<Record<string, Value>>;
}

/** All records of a table that a view shows, binding by binding. */
export function sightingsIn(table: TableModel, view: View): readonly Sighting[] {
  return table.bindings.flatMap((binding) =>
    (itemsOf(binding, view) ?? []).flatMap((item): Sighting[] => {
      const name = keyOf(binding, table.key ?? '', item);
      const key = binding.by ? { [table.key as string]: name } : {};
      return name === '' ? [] : [{ binding, item, id: namedId(table, name), cells: { ...cellsOf(binding, item), ...key } }];
    }),
  );
}

/** Texts shorter than this are not told from each other. */
const shortest = 3;

/** True for a field of a form that only asks for pages: what is typed there makes no record. */
function isSearch(session: SessionViews, step: number): boolean {
  const { node } = session.session.steps[step] as SessionViews['session']['steps'][number];
  const path = node === undefined ? [] : pathToId((session.before[step] as View).root, node);
  return path.some(({ tag, attrs }) => (tag === 'form' && attrs['method']?.toLowerCase() === 'get') || attrs['role'] === 'search');
}

/** The text that a step gave to a record, if it did. */
function givenBy(session: SessionViews, step: number): string | null {
  const { kind, value = '' } = (session.session.steps[step] as SessionViews['session']['steps'][number]).action;
  if ((kind !== 'fill' && kind !== 'select') || value.trim().length < shortest || isSearch(session, step)) return null;
  return value.trim();
}

/** Share of an account's sessions that give a text which belongs to the account: its name and password. */
const usual = 0.5;

/** Texts that most sessions of an account typed: they make no record. */
function usualTexts(sessions: readonly SessionViews[]): ReadonlySet<string> {
  const counts = new Map<string, number>();
  for (const session of sessions) {
    const texts = new Set(session.session.steps.map((_, i) => givenBy(session, i)).filter((text) => text !== null));
    for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  }
  return new Set([...counts].filter(([, count]) => count > 1 && count > usual * sessions.length).map(([text]) => text));
}

/** What the user gave to records so far, but for what most sessions type. */
function typedUpTo(session: SessionViews, always: ReadonlySet<string>): (view: View) => readonly string[] {
  const at = new Map<View, number>();
  const texts: string[] = [];
  for (const i of session.session.steps.keys()) {
    if (!at.has(session.before[i] as View)) at.set(session.before[i] as View, texts.length);
    const text = givenBy(session, i);
    if (text !== null && !always.has(text)) texts.push(text);
    if (!at.has(session.after[i] as View)) at.set(session.after[i] as View, texts.length);
  }
  return (view) => texts.slice(0, at.get(view) ?? 0);
}

/** Part of a text that words in it must be to be what it says rather than what it mentions; long ones are never there by chance. */
const mainPart = 0.25;
const longEnough = 20;

const holds = (value: Value, text: string): boolean =>
  typeof value === 'string'
    ? value.includes(text) && (text.length >= longEnough || text.length >= mainPart * value.length)
    : Array.isArray(value) && value.some((part) => holds(part as Value, text));

/** Inserts what a page showed into the order of all records, each after the one before it on the page. */
function mergeOrder(order: string[], page: readonly string[]): void {
  let place = 0;
  for (const id of page) {
    const at = order.indexOf(id);
    if (at >= 0) place = at + 1;
    else order.splice(place++, 0, id);
  }
}

interface Gathering {
  readonly table: TableModel;
  readonly always: ReadonlySet<string>;
}

interface Gathered {
  readonly order: string[];
  readonly cells: Map<string, Map<string, Value[]>>;
}

/** Records that first came into sight after what they say was typed: the user made them. */
function madeIn(session: SessionViews, { table, always }: Gathering): ReadonlySet<string> {
  const typed = typedUpTo(session, always);
  const before = new Map<string, readonly string[]>();
  const made = new Set<string>();
  for (const view of viewsInOrder(session)) {
    for (const { id, cells } of sightingsIn(table, view)) {
      const texts = before.get(id) ?? typed(view);
      before.set(id, texts);
      if (texts.length > 0 && Object.values(cells).some((value) => texts.some((text) => holds(value, text)))) made.add(id);
    }
  }
  return made;
}

function gather(session: SessionViews, gathering: Gathering, into: Gathered): void {
  const made = madeIn(session, gathering);
  const first = new Set<string>();
  for (const view of viewsInOrder(session)) {
    const page: string[] = [];
    for (const { id, cells, binding } of sightingsIn(gathering.table, view)) {
      if (made.has(id)) continue;
      if (binding.list) page.push(id);
      const known = into.cells.get(id) ?? new Map<string, Value[]>();
      into.cells.set(id, known);
      for (const [name, value] of Object.entries(cells)) {
        const mark = `${id} ${name}`;
        if (first.has(mark)) continue;
        first.add(mark);
        known.set(name, [...(known.get(name) ?? []), value]);
      }
    }
    if (page.length > 0) mergeOrder(into.order, page);
  }
}

interface Order {
  readonly column: string;
  readonly down: boolean;
}

/** Share of neighbours on pages that must stand in the order of a column for the list to follow it. */
const ordered = 0.9;

const compare = (a: Value | undefined, b: Value | undefined): number => compareValues(sortKey(a), sortKey(b));
const sortKey = (value: Value | undefined): Value => (functions['sortKey'] as (a: Value) => Value)(value ?? null);

/** The column by which lists show their records, if one does: neighbours on nearly all pages go up, or down, by it. */
function orderColumn(table: TableModel, sessions: readonly SessionViews[]): Order | null {
  const tallies = new Map<string, { up: number; down: number }>();
  for (const view of sessions.flatMap(viewsInOrder)) {
    const shown = sightingsIn(table, view).filter(({ binding }) => binding === table.bindings[0]);
    for (const [i, { cells }] of shown.entries()) {
      const next = shown[i + 1]?.cells;
      for (const [name, value] of next ? Object.entries(cells) : []) {
        const by = typeof value === 'string' && typeof next?.[name] === 'string' ? compare(value, next[name]) : 0;
        const tally = tallies.get(name) ?? { up: 0, down: 0 };
        tallies.set(name, { up: tally.up + (by < 0 ? 1 : 0), down: tally.down + (by > 0 ? 1 : 0) });
      }
    }
  }
  const best = [...tallies]
    .map(([column, { up, down }]) => ({ column, down: down > up, most: Math.max(up, down), share: Math.max(up, down) / (up + down || 1) }))
    .filter(({ share, most }) => share >= ordered && most >= 5)
    .sort((a, b) => b.most - a.most)[0];
  return best ?? null;
}

/** Records in the order of a column; those that do not show it stay after their neighbour. */
function inOrder(rows: readonly Row[], order: Order | null): readonly Row[] {
  if (!order) return rows;
  const known = rows.filter((row) => typeof row[order.column] === 'string' && row[order.column] !== '');
  const sorted = known.toSorted((a, b) => (order.down ? -1 : 1) * compare(a[order.column], b[order.column]));
  let next = 0;
  const isKnown = new Set(known);
  return rows.map((row) => (isKnown.has(row) ? (sorted[next++] as Row) : row));
}

/**
 * Records with which an account begins: those that its sessions showed without the user having made them there, as most sessions
 * first showed them. In the order of the lists that showed them.
 */
export function baseRows(table: TableModel, sessions: readonly SessionViews[]): readonly Row[] {
  const gathered: Gathered = { order: [], cells: new Map() };
  const always = usualTexts(sessions);
  for (const session of sessions) gather(session, { table, always }, gathered);
  const rest = [...gathered.cells.keys()].filter((id) => !gathered.order.includes(id));
  const rows = [...gathered.order, ...rest].map((id): Row => {
    const cells = gathered.cells.get(id) ?? new Map<string, Value[]>();
    return { ...Object.fromEntries([...cells].map(([name, values]) => [name, commonest(values)])), id } as Row;
  });
  return inOrder(rows, orderColumn(table, sessions));
}
