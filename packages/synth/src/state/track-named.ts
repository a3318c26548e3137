import type { Row, Value } from '@backlot/protocol';
import type { Session } from '@backlot/protocol';
import { withoutHash } from '@backlot/world';
import type { SessionViews, View } from '../views.ts';
import type { Sighting } from './sightings.ts';
import { namedId, sightingsIn, viewsInOrder } from './sightings.ts';
import { decoded } from './address-parts.ts';
import { isMove } from './moves.ts';
import { madeCells, withBlanks } from './made-cells.ts';
import type { CellNames } from './made-cells.ts';
import { withSent } from './sent-cells.ts';
import type { TableModel } from './tables.ts';
import type { Totals } from './totals.ts';
import type { Predict, Tracked } from './track.ts';

export interface NamedTracking {
  readonly table: TableModel;
  readonly session: SessionViews;
  /** Records with which the account begins. */
  readonly base: readonly Row[];
  readonly predict?: Predict;
  /** What pages tell of the list as a whole, where they do. */
  readonly totals?: Totals;
}

/** More records than this share cannot vanish at once by being deleted: the page was asked to show others. */
const mostGone = 0.5;

class NamedRows {
  now: readonly Row[];
  readonly #table: TableModel;
  readonly #totals: Totals | undefined;
  readonly #lastSeen: ReadonlyMap<string, number>;
  /** What each address showed last, by binding. */
  readonly #shown = new Map<string, readonly string[]>();
  /** Cells of which nothing is known before the session made them. */
  readonly #made: CellNames;
  #hidden = 0;

  constructor({ table, session, base, totals }: NamedTracking) {
    this.#table = table;
    this.#totals = totals;
    this.#made = table.whole === true ? new Map() : madeCells(table, session);
    this.now = withBlanks(base, this.#made);
    const last = new Map<string, number>();
    for (const view of viewsInOrder(session)) for (const { id } of sightingsIn(table, view)) last.set(id, view.index);
    this.#lastSeen = last;
  }

  /** Rows that rules predict; those added get the name that their key gives them, or wait for one. */
  /** Records that rules added, whose names were only made up. */
  readonly #guessed = new Set<string>();

  believe(predicted: readonly Row[]): void {
    const known = new Set(this.now.map((row) => row.id));
    const key = this.#table.key ?? '';
    const taken = new Set<string>();
    this.now = predicted.flatMap((row): Row[] => {
      const isNew = row.id.startsWith('n') && !known.has(row.id);
      const name = row[key];
      const id = !isNew
        ? row.id
        : name !== null && name !== undefined && name !== ''
          ? namedId(this.#table, String(name))
          : `n${this.#table.name}${this.#hidden++}`;
      if (taken.has(id)) return [];
      taken.add(id);
      if (isNew) this.#guessed.add(id);
      return [{ ...row, id }];
    });
  }

  /** True where what was sent names a record: only then was it done something to. */
  #isNamed(id: string, sent: string): boolean {
    const row = this.now.find((candidate) => candidate.id === id);
    const names = this.#table.columns
      .filter((column) => column.name === this.#table.key || column.part !== undefined)
      .map((column) => row?.[column.name]);
    const words = new Set(sent.split(/[^\p{L}\p{N}_-]+/u));
    return names.some((name) => typeof name === 'string' && name !== '' && (words.has(name) || (name.length > 3 && sent.includes(name))));
  }

  observe(view: View, sent: string | null): void {
    const seen = sightingsIn(this.#table, view);
    this.#adopt(seen);
    if (this.#table.whole === true) {
      this.#replace(seen, view, sent);
      return;
    }
    if (this.#table.fetched === true) {
      const held = seen.filter(({ binding }) => binding.isFetched === true);
      if (held.length > 0) this.#become([...new Set(held.map(({ id }) => id))], seen);
      return;
    }
    this.#update(seen);
    for (const binding of this.#table.bindings) {
      if (!binding.list || binding.page.instanceOf.get(view) === undefined) continue;
      const ids = seen.filter((sighting) => sighting.binding === binding).map(({ id }) => id);
      this.#place(ids);
      const at = `${binding.list.anchor} ${withoutHash(view.url)}`;
      if (sent !== null) this.#drop({ was: this.#shown.get(at) ?? [], is: ids, view, sent });
      this.#shown.set(at, ids);
    }
  }

  /** A predicted record without a name is the newcomer that looks like it. */
  #adopt(seen: readonly Sighting[]): void {
    const known = new Set(this.now.map((row) => row.id));
    const newcomers = seen.filter(({ id }) => !known.has(id));
    this.now = this.now.map((row) => {
      if (!this.#guessed.has(row.id) || seen.some(({ id }) => id === row.id)) return row;
      const at = newcomers.findIndex(({ cells }) => {
        const common = Object.entries(cells).filter(([name, value]) => value !== '' && row[name] !== undefined && row[name] !== null);
        return common.some(([name, value]) => typeof value === 'string' && row[name] === value);
      });
      if (at < 0) return row;
      const [found] = newcomers.splice(at, 1);
      this.#guessed.delete(row.id);
      return { ...row, id: (found as Sighting).id };
    });
  }

  /** Whether the view before showed records, and of which document it was. */
  #inSight = false;
  #load = -1;

  /** A list that shows all there is: what it shows no more is gone, unless it was only put away. */
  #replace(seen: readonly Sighting[], view: View, sent: string | null): void {
    const ids = [...new Set(seen.map(({ id }) => id))];
    const isEmptied = ids.length === 0 && sent !== null && sent !== '' && this.#inSight && view.load === this.#load;
    this.#inSight = ids.length > 0;
    this.#load = view.load;
    if (ids.length === 0 && !isEmptied && this.#totals?.at.get(view) !== 0) return;
    this.#become(ids, seen);
  }

  /** These records and no others, with what was seen of them. */
  #become(ids: readonly string[], seen: readonly Sighting[]): void {
    const byId = Map.groupBy(seen, ({ id }) => id);
    const known = new Map(this.now.map((row) => [row.id, row]));
    this.now = ids.map((id): Row => {
      const cells = (byId.get(id) ?? []).map((sighting) => sighting.cells);
      const was = known.get(id);
      const row = Object.assign({}, was, ...cells, { id }) as Row;
      return was && Object.keys(row).every((name) => row[name] === was[name]) ? was : row;
    });
  }

  #update(seen: readonly Sighting[]): void {
    const byId = new Map<string, Sighting['cells']>();
    for (const { id, cells } of seen) byId.set(id, { ...byId.get(id), ...cells });
    const known = new Set(this.now.map((row) => row.id));
    this.now = this.now.map((row) => {
      const cells = byId.get(row.id);
      return cells && Object.entries(cells).some(([name, value]) => row[name] !== value) ? ({ ...row, ...cells } as Row) : row;
    });
    const isDetail = seen.filter(({ binding, id }) => !binding.list && !known.has(id));
    if (isDetail.length > 0) {
      const rows = isDetail.map(({ id, cells }): Row => ({ ...cells, id }) as Row);
      this.now = [...this.now, ...withBlanks(rows, this.#made)];
    }
    this.#fresh = new Map([...byId].filter(([id]) => !this.now.some((row) => row.id === id)));
  }

  #fresh: ReadonlyMap<string, Sighting['cells']> = new Map();

  /** Newcomers follow their neighbour on the page. */
  #place(ids: readonly string[]): void {
    const rows = [...this.now];
    for (const [i, id] of ids.entries()) {
      const cells = this.#fresh.get(id);
      if (!cells || rows.some((row) => row.id === id)) continue;
      const before = ids[i - 1];
      const after = ids.slice(i + 1).find((other) => rows.some((row) => row.id === other));
      const at =
        before !== undefined
          ? rows.findIndex((row) => row.id === before) + 1
          : after === undefined
            ? rows.length
            : rows.findIndex((row) => row.id === after);
      rows.splice(at, 0, { ...cells, id } as Row);
    }
    if (rows.length !== this.now.length) this.now = rows;
  }

  /** Records that an address showed, shows no more after something was done, and that never come back, are gone. */
  #drop({ was, is, view, sent }: Vanishing): void {
    const shown = new Set(is);
    const missing = was.filter((id) => !shown.has(id) && (this.#lastSeen.get(id) ?? -1) < view.index);
    const isCut =
      was.length > 0 &&
      missing.length > 0 &&
      is.length >= was.length &&
      missing.every((id) => was.indexOf(id) >= was.length - missing.length);
    if (missing.length === 0 || isCut || missing.length > Math.max(1, mostGone * was.length)) return;
    const gone = new Set(missing.filter((id) => this.#isNamed(id, sent)));
    this.now = this.now.filter((row) => !gone.has(row.id));
  }
}

/** What an address showed before and after something was done, and all that was sent in doing it. */
interface Vanishing {
  readonly was: readonly string[];
  readonly is: readonly string[];
  readonly view: View;
  readonly sent: string;
}

/** Addresses and bodies of the requests of a step, and the address of the link that was clicked, decoded. */
function sentBy(session: Session, step: number): string {
  const { exchanges } = session.steps[step] as Session['steps'][number];
  const texts = exchanges.flatMap(({ url, requestBody }) => [url, requestBody?.text ?? '']);
  return texts
    .map((text) => text.replaceAll('+', ' '))
    .map(decoded)
    .join(' ');
}

/** True for a step that may change data: it sent something, or ended elsewhere than its link led. */
function mayChange(session: Session, step: number): boolean {
  return !isMove(session, step);
}

const isKnown = (value: Value | undefined): value is Value => value !== undefined && value !== null;

/** What a record was first seen to have only later, it had before as well, as long as nothing else of it changed in between. */
function backfilled(rows: ReadonlyMap<View, readonly Row[]>): ReadonlyMap<View, readonly Row[]> {
  const later = new Map<string, Row>();
  const filled = new Map<View, readonly Row[]>();
  for (const [view, list] of [...rows].reverse()) {
    const made = list.map((row): Row => {
      const next = later.get(row.id);
      const changed =
        next !== undefined && Object.keys(row).some((name) => isKnown(row[name]) && isKnown(next[name]) && row[name] !== next[name]);
      const known = Object.fromEntries(Object.entries(row).filter(([, value]) => isKnown(value)));
      const full = next === undefined || changed ? row : ({ ...next, ...known } as Row);
      later.set(row.id, full);
      return full;
    });
    filled.set(view, made);
  }
  return new Map([...filled].reverse());
}

/** Where a total says otherwise than what was seen last or foretold, the records are those before or those seen next of which it says so. */
function settled(rows: ReadonlyMap<View, readonly Row[]>, totals: Totals): ReadonlyMap<View, readonly Row[]> {
  const views = [...rows];
  const out = new Map<View, readonly Row[]>();
  let last: { readonly was: readonly Row[]; readonly is: readonly Row[] } = { was: [], is: [] };
  for (const [i, [view, list]] of views.entries()) {
    const total = totals.at.get(view);
    const isTold = (some: readonly Row[]): boolean => total === undefined || totals.of(some) === total;
    const later = (): readonly Row[] | undefined => views.slice(i + 1).find(([, next]) => isTold(next))?.[1];
    const carried = last.was === list ? last.is : list;
    const is = [carried, last.is].find(isTold) ?? later() ?? totals.told(last.is, total ?? 0) ?? carried;
    out.set(view, is);
    last = { was: list, is };
  }
  return out;
}

/** Follows a table whose records have names: what its account is known to have, moved by the rules, corrected by the pages. */
export function trackNamed(options: NamedTracking): Tracked {
  const { session } = options;
  const rows = new Map<View, readonly Row[]>();
  const tracker = new NamedRows(options);
  const visit = (view: View, step: number | null): void => {
    const known = rows.get(view);
    if (known) {
      tracker.now = known;
      return;
    }
    const predicted = step === null ? null : (options.predict?.(step, tracker.now) ?? null);
    if (predicted && predicted !== tracker.now) tracker.believe(predicted);
    if (view.index >= 0) tracker.observe(view, step !== null && mayChange(session.session, step) ? sentBy(session.session, step) : null);
    rows.set(view, tracker.now);
  };
  for (const [i, after] of session.after.entries()) {
    visit(session.before[i] as View, null);
    visit(after, i);
  }
  if (options.table.whole !== true) return { rows: withSent(rows, options), whole: new Set() };
  return { rows: backfilled(options.totals ? settled(rows, options.totals) : rows), whole: new Set() };
}
