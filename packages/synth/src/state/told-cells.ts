import type { Row, Value } from '@backlot/protocol';
import { usualBy } from '../explain/commonest.ts';
import type { ColumnModel } from './columns.ts';
import type { TableModel } from './tables.ts';
import type { Mention, Mentions, ToldRecord } from './told-records.ts';

/** Different cells that a part of the data must say before it is taken for the column. */
const fewest = 4;
/** Share of cells that it must say. */
const nearly = 0.97;
/** How often each side of a switch must be seen. */
const oftenEnough = 2;

/** What the data says of a record, under one name of it. */
interface Told extends Mention {
  readonly row: Row;
}

const isKnown = (value: Value | undefined): value is Value => value !== undefined && value !== null;

/** What is said of more objects than this names none of them. */
const mostMentions = 40;

/** What data says of the records, by their key. */
function namedIn(mentions: Mentions, rows: readonly Row[], key: string): readonly Told[] {
  return rows.flatMap((row) => {
    const name = row[key];
    const known = (typeof name === 'string' ? mentions.get(name) : undefined) ?? [];
    return known.length > mostMentions ? [] : known.map((mention): Told => ({ ...mention, row }));
  });
}

/** Reads a cell out of data; undefined where that does not say it. */
type Reading = (record: ToldRecord) => Value | undefined;

interface Pair {
  readonly cell: Value;
  readonly said: string | boolean;
}

/** The part says what the column shows. */
function asSaid(part: string, pairs: readonly Pair[]): Reading | null {
  const right = pairs.filter(({ cell, said }) => typeof cell === 'string' && cell.trim() === String(said).trim());
  const isColumn = right.length >= nearly * pairs.length && new Set(right.map(({ said }) => said)).size >= fewest;
  return isColumn ? (record) => record.get(part) : null;
}

/** The part is a switch that tells which of two things the column shows. */
function asSwitched(part: string, pairs: readonly Pair[]): Reading | null {
  if (!pairs.every(({ said }) => typeof said === 'boolean')) return null;
  const { usual, right } = usualBy(pairs.map(({ said, cell }) => [said, cell] as const));
  const isOften = [true, false].every((side) => pairs.filter(({ said }) => said === side).length >= oftenEnough);
  const isTold = isOften && usual.get(true) !== usual.get(false) && right >= nearly * pairs.length;
  return isTold ? (record) => usual.get(record.get(part) as boolean) : null;
}

/** How a column is read out of data that names records by one of its parts; null where nothing says it. */
function readingOf(column: ColumnModel, told: readonly Told[]): Reading | null {
  const pairs = new Map<string, Pair[]>();
  for (const { row, record } of told) {
    const cell = row[column.name];
    if (!isKnown(cell)) continue;
    for (const [part, said] of record) {
      const seen = pairs.get(part);
      if (seen) seen.push({ cell, said });
      else pairs.set(part, [{ cell, said }]);
    }
  }
  for (const way of [asSaid, asSwitched]) {
    for (const [part, seen] of [...pairs].sort((a, b) => b[1].length - a[1].length || (a[0] < b[0] ? -1 : 1))) {
      const reading = way(part, seen);
      if (reading) return reading;
    }
  }
  return null;
}

/** Cells by the id of their record. */
export type ToldCells = ReadonlyMap<string, Readonly<Record<string, Value>>>;

/**
 * What pages never showed of records but the application sent as data: the number of an article, the state of a ticket. Which
 * part of the data a column shows is told by the records of which both are known.
 */
export function toldCells(table: TableModel, rows: readonly Row[], mentions: Mentions): ToldCells {
  if (table.key === undefined) return new Map();
  const open = table.columns.filter(({ type, owner, name }) => type !== 'list' && !owner && !rows.every((row) => isKnown(row[name])));
  const named = open.length === 0 ? [] : [...Map.groupBy(namedIn(mentions, rows, table.key), ({ by }) => by).values()];
  const filled = new Map<string, Record<string, Value>>();
  for (const column of open) {
    for (const told of named) {
      const reading = readingOf(column, told);
      for (const { row, record } of reading ? told : []) {
        const said = isKnown(row[column.name]) ? undefined : reading?.(record);
        if (said !== undefined) filled.set(row.id, { [column.name]: said, ...filled.get(row.id) });
      }
    }
  }
  return filled;
}

/** Records with what was told of them. */
export function withTold(rows: readonly Row[], told: ToldCells): readonly Row[] {
  return rows.map((row) => (told.has(row.id) ? ({ ...row, ...told.get(row.id) } as Row) : row));
}
