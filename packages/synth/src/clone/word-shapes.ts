import type { Expr, Query, Value } from '@backlot/protocol';

type Call = Extract<Expr, { fn: string }>;

const isCall = (expr: Expr | undefined, name: string): expr is Call => expr !== undefined && 'fn' in expr && expr.fn === name;

/** The parts of a text put together, those of parts that are put together themselves among them. */
export const partsOf = (expr: Expr): readonly Expr[] => (isCall(expr, 'concat') ? expr.args.flatMap(partsOf) : [expr]);

/** A constant's value; undefined where the expression is none. */
export const literalOf = (expr: Expr | undefined): Value | undefined => (expr && 'lit' in expr ? expr.lit : undefined);

/** True for the current address, with or without marks of how one looks at it: what things are remembered by. */
export function isHere(expr: Expr | undefined): boolean {
  if (!expr) return false;
  const [path, sign, search] = partsOf(expr);
  if (isCall(expr, 'if')) return isHere(expr.args[1]) && isHere(expr.args[2]);
  return path !== undefined && 'loc' in path && path.loc === 'path' && literalOf(sign) === '?' && (!search || !('lit' in search));
}

/** Column names that hold the addresses at which a record was seen. */
export const isPlaceColumn = (name: string): boolean => /^at\d*$/.test(name);

function placeColumn(expr: Expr | undefined): string | undefined {
  return expr && 'col' in expr && isPlaceColumn(expr.col) ? expr.col : undefined;
}

/** Column by which an expression asks whether a record was seen at this address; undefined where it asks something else. */
export function seenHere(expr: Expr): string | undefined {
  return isCall(expr, 'contains') && isHere(expr.args[1]) ? placeColumn(expr.args[0]) : undefined;
}

/** True where an expression asks whether a record is newer than the recordings: no address is remembered for it. */
export function isNewRecord(expr: Expr): boolean {
  const [length, none] = isCall(expr, 'eq') ? expr.args : [];
  return literalOf(none) === 0 && isCall(length, 'len') && placeColumn(length.args[0]) !== undefined;
}

/** Asks whether any record of a table is remembered at this address. */
export const asksKnownHere = (query: Query): boolean => query.where !== undefined && seenHere(query.where) !== undefined;

/** Table and column of what is only remembered by address. */
export interface Remembered {
  readonly table: string;
  readonly column: string;
}

function remembered(expr: Expr | undefined, isKey: (key: Expr | undefined) => boolean): Remembered | undefined {
  if (!expr || !('first' in expr) || !('col' in expr.get)) return undefined;
  const { where, from } = expr.first;
  const [key, at] = where && isCall(where, 'eq') ? where.args : [];
  return key && 'col' in key && key.col === 'key' && isKey(at) ? { table: from, column: expr.get.col } : undefined;
}

/** What an expression looks up by address among what is only remembered; undefined where it does something else. */
export function rememberedHere(expr: Expr): Remembered | undefined {
  if (!isCall(expr, 'if')) return remembered(expr, isHere);
  const [known, here, elsewhere] = expr.args;
  const found = remembered(here, isHere);
  const isGuard = known !== undefined && 'count' in known && known.count.from === found?.table;
  return isGuard && remembered(elsewhere, (key) => literalOf(key) === '*') ? found : undefined;
}
