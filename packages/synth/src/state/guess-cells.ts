import type { Expr, Row, Value } from '@backlot/protocol';
import type { Scope } from '@backlot/world';
import { blankState, evaluate } from '@backlot/world';
import { commonest, usualBy } from '../explain/commonest.ts';
import { derive } from '../derive/derive.ts';
import type { Binding } from './bindings.ts';
import type { ColumnModel } from './columns.ts';
import type { TableModel } from './tables.ts';

/** Records that must show a column before others' cells are guessed. */
const fewest = 4;
/** Share of a column's cells that a derivation may get wrong. */
const slack = 0.1;
const mostExamples = 80;
/** A column with more values than this share of its cells says something of its own of each record. */
const fewValues = 0.5;

const isKnown = (value: Value | undefined): value is Value => value !== undefined && value !== null;

/** Columns that nearly all records show. */
function commonColumns(columns: readonly ColumnModel[], rows: readonly Row[]): readonly ColumnModel[] {
  return columns.filter(({ name, type }) => type === 'text' && rows.filter((row) => isKnown(row[name])).length >= 0.9 * rows.length);
}

type Guess = (row: Row) => Value | undefined;

/** How a cell is worked out from others of its record, from records that show it; null where it is not. */
function derivation(name: string, known: readonly Row[], inputs: readonly Expr[]): Guess | null {
  const columnOf = (expr: Expr): string => (expr as { col: string }).col;
  const complete = known.filter((row) => inputs.every((expr) => isKnown(row[columnOf(expr)])));
  const examples = complete.slice(0, mostExamples).map((row) => ({
    inputs: inputs.map((expr) => row[columnOf(expr)] ?? null),
    output: row[name] as Value,
  }));
  const found = examples.length < fewest ? null : derive(inputs, examples, { slack, constantsAllowed: false });
  if (!found) return null;
  const state = blankState('');
  const scopeOf = (row: Row): Scope => ({ state, rows: {}, row, args: {}, params: {}, field: () => null });
  return (row) => evaluate(found.expr, scopeOf(row));
}

/** A cell that can be worked out from cells that nearly all records show. */
function derivedCell({ name, type }: ColumnModel, known: readonly Row[], common: readonly ColumnModel[]): Guess | null {
  if (type !== 'text' || new Set(known.map((row) => row[name])).size < 3) return null;
  const inputs = common.filter((column) => column.name !== name).map((column): Expr => ({ col: column.name }));
  const whole = derivation(name, known, inputs);
  if (whole) return whole;
  for (const input of inputs) {
    const byShape = derivedByShape(name, known, input);
    if (byShape) return byShape;
  }
  return null;
}

const mostShapes = 4;

/** The signs that set the parts of a text off: `Mug - Grey` and `Shirt - Red / M` have different ones. */
const shapeOf = (value: Value | undefined): string =>
  String(value ?? '')
    .replaceAll(/[\p{L}\p{N}\s]+/gu, ' ')
    .trim();

/** The same for texts of different shapes, each shape by itself; those of shapes too rare to tell stay unknown. */
function derivedByShape(name: string, known: readonly Row[], input: Expr): Guess | null {
  const column = (input as { col: string }).col;
  const groups = Map.groupBy(known, (row) => shapeOf(row[column]));
  if (groups.size < 2 || groups.size > mostShapes) return null;
  const guesses = new Map<string, Guess>();
  let covered = 0;
  for (const [shape, rows] of groups) {
    if (new Set(rows.map((row) => row[name])).size < 3) continue;
    const guess = derivation(name, rows, [input]);
    if (!guess) continue;
    guesses.set(shape, guess);
    covered += rows.length;
  }
  return covered * 2 >= known.length ? (row) => guesses.get(shapeOf(row[column]))?.(row) : null;
}

/** Share of records that must show the same where another column says the same: a few were taken for those of another group. */
const dependent = 0.9;
/** A column with this many values more tells as much better as one that is wrong once less. */
const valuesOfMiss = 4;

/** For each value of a column, what another shows with it, and what that costs; null where it shows different things. */
function dependence(on: ColumnModel, name: string, known: readonly Row[]): { usual: ReadonlyMap<Value, Value>; cost: number } | null {
  const pairs = known.filter((row) => isKnown(row[on.name])).map((row) => [row[on.name] as Value, row[name] as Value] as const);
  const { usual, right } = usualBy(pairs);
  const isTold = new Set(usual.values()).size > 1 && usual.size * 2 <= pairs.length;
  const isTrue = pairs.length * 2 > known.length && right >= dependent * pairs.length;
  return isTold && isTrue ? { usual, cost: usual.size + valuesOfMiss * (pairs.length - right) } : null;
}

/** A cell that follows from which group a record is of: the name of the project of an issue. */
function dependentCell({ name, type }: ColumnModel, known: readonly Row[], columns: readonly ColumnModel[]): Guess | null {
  const others = columns.filter((column) => column.name !== name && column.type === 'text' && type === 'text');
  const found = others
    .flatMap((on) => {
      const told = dependence(on, name, known);
      return told ? [{ on, ...told }] : [];
    })
    .sort((a, b) => a.cost - b.cost)[0];
  return found ? (row) => found.usual.get(row[found.on.name] ?? null) : null;
}

/** What records that have most in common with a record show. */
function likeCell({ name }: ColumnModel, known: readonly Row[], common: readonly ColumnModel[]): Guess {
  const wordsOf = (row: Row): ReadonlySet<string> =>
    new Set(
      common.flatMap((column) =>
        String(row[column.name] ?? '')
          .split(/[^\p{L}\p{N}]+/u)
          .filter((word) => word !== '')
          .map((word) => `${column.name} ${word.toLowerCase()}`),
      ),
    );
  const spelled = known.map((row) => ({ row, words: wordsOf(row) }));
  return (row) => {
    const mine = wordsOf(row);
    const alike = spelled.map((other) => ({
      value: other.row[name] as Value,
      score: [...mine].filter((word) => other.words.has(word)).length,
    }));
    const most = Math.max(...alike.map(({ score }) => score));
    return commonest(alike.filter(({ score }) => score === most).map(({ value }) => value));
  };
}

interface Columns {
  readonly all: readonly ColumnModel[];
  readonly common: readonly ColumnModel[];
}

function guessOf(column: ColumnModel, rows: readonly Row[], { all, common }: Columns): Guess | null {
  const known = rows.filter((row) => isKnown(row[column.name]));
  if (column.owner || known.length < fewest || known.length === rows.length) return null;
  const values = new Set(known.map((row) => row[column.name]));
  const told = dependentCell(column, known, all) ?? derivedCell(column, known, common);
  const like = values.size <= fewValues * known.length ? likeCell(column, known, common) : null;
  return told ? (row) => told(row) ?? like?.(row) : like;
}

const places = ({ bindings }: TableModel, name: string): ReadonlySet<Binding> =>
  new Set(bindings.filter(({ columns }) => columns.some((column) => column.name === name)));

/** True where the record was seen in a place that shows the column: what it did not show there it does not have. */
function isSeen(table: TableModel, name: string, row: Row): boolean {
  const here = places(table, name);
  return table.columns.some((column) => isKnown(row[column.name]) && [...places(table, column.name)].every((place) => here.has(place)));
}

/**
 * Fills in what pages about one record would show of records whose page was never opened: worked out where other cells tell it, else
 * as records have it that are most alike. What is a record's own affair stays unknown.
 */
export function guessCells(table: TableModel, rows: readonly Row[]): (own: readonly Row[]) => readonly Row[] {
  const common = commonColumns(table.columns, rows);
  const own = table.columns.filter(({ name }) => [...places(table, name)].every(({ by }) => by !== undefined));
  const guesses = own.flatMap((column): (readonly [string, Guess])[] => {
    const guess = guessOf(column, rows, { all: table.columns, common });
    return guess ? [[column.name, guess]] : [];
  });
  const filled = (row: Row): Row => {
    const cells = guesses.flatMap(([name, guess]) => (isSeen(table, name, row) ? [] : [[name, guess(row) ?? null] as const]));
    return cells.length === 0 ? row : { ...row, ...Object.fromEntries(cells) };
  };
  return (of) => of.map(filled);
}
