import type { Row, Value } from '@backlot/protocol';
import { compareValues, functions } from '@backlot/world';
import { commonest } from '../explain/commonest.ts';
import type { SessionViews } from '../views.ts';
import { madeCells } from './made-cells.ts';
import { sightingsIn, viewsInOrder } from './sightings.ts';
import type { TableModel } from './tables.ts';
import { typedUpTo, usualTexts } from './typed.ts';

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
  const later = madeCells(gathering.table, session);
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
        if (first.has(mark) || later.get(id)?.has(name)) continue;
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
