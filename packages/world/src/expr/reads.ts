import type { Expr, Loop, Query, Value } from '@backlot/protocol';
import { currentUrl, previousUrl, type Scope } from './scope.ts';
import { own } from '../own.ts';
import { remembered } from '../remembered.ts';

/**
 * What a value depends on. Rows are those bound around it, by name, the innermost by the empty name. `live` is true where it depends on what
 * was typed, which no list of names tells.
 */
export interface Reads {
  readonly tables: ReadonlySet<string>;
  readonly registers: ReadonlySet<string>;
  readonly params: ReadonlySet<string>;
  readonly args: ReadonlySet<string>;
  readonly rows: ReadonlySet<string>;
  readonly address: boolean;
  /** Whether it depends on the address of the page before. */
  readonly previous: boolean;
  readonly live: boolean;
}

const none: ReadonlySet<string> = new Set();

export const readsNothing: Reads = {
  tables: none,
  registers: none,
  params: none,
  args: none,
  rows: none,
  address: false,
  previous: false,
  live: false,
};

const known = new WeakMap<Expr, Reads>();

/** What an expression reads. Expressions never change, so it is found out once. */
export function readsOf(expr: Expr): Reads {
  return remembered(known, expr, find);
}

function find(expr: Expr): Reads {
  if ('lit' in expr) return readsNothing;
  if ('col' in expr) return { ...readsNothing, rows: new Set([expr.of ?? '']) };
  if ('fn' in expr) return allOf(expr.args.map(readsOf));
  if ('reg' in expr) return { ...readsNothing, registers: new Set([expr.reg]) };
  if ('arg' in expr) return { ...readsNothing, args: new Set([expr.arg]) };
  if ('param' in expr) return { ...readsNothing, params: new Set([expr.param]) };
  if ('field' in expr) return { ...readsNothing, live: true };
  if ('loc' in expr) return { ...readsNothing, address: expr.loc !== 'previous', previous: expr.loc === 'previous' };
  if ('count' in expr) return readsOfQuery(expr.count);
  const query = 'sum' in expr ? expr.sum : 'first' in expr ? expr.first : expr.collect;
  return allOf([readsOfQuery(query), within(query.as, readsOf(expr.get))]);
}

/** What the rows of a query depend on. */
export function readsOfQuery(query: Query): Reads {
  const ofRows = [...(query.where ? [query.where] : []), ...(query.order ?? []).map(({ by }) => by)].map(readsOf);
  const ofAll = [query.offset, query.limit].filter((each) => each !== undefined).map(readsOf);
  return allOf([{ ...readsNothing, tables: new Set([query.from]) }, within(query.as, allOf(ofRows)), ...ofAll]);
}

/** What the rows of a loop depend on. */
export function readsOfLoop(loop: Loop): Reads {
  return 'from' in loop ? readsOfQuery(loop) : readsOf(loop.values);
}

/** What is read from outside of a loop by what stands in it. */
export function within(name: string, reads: Reads): Reads {
  const rows = new Set(reads.rows);
  rows.delete(name);
  rows.delete('');
  return rows.size === reads.rows.size ? reads : { ...reads, rows };
}

/** All of them together. */
export function allOf(all: readonly Reads[]): Reads {
  if (all.length === 1) return all[0] as Reads;
  const join = (part: (reads: Reads) => ReadonlySet<string>): ReadonlySet<string> => {
    const some = all.map(part).filter(({ size }) => size > 0);
    return some.length === 0 ? none : some.length === 1 ? (some[0] as ReadonlySet<string>) : new Set(some.flatMap((set) => [...set]));
  };
  return {
    tables: join(({ tables }) => tables),
    registers: join(({ registers }) => registers),
    params: join(({ params }) => params),
    args: join(({ args }) => args),
    rows: join(({ rows }) => rows),
    address: all.some(({ address }) => address),
    previous: all.some(({ previous }) => previous),
    live: all.some(({ live }) => live),
  };
}

/** Reads everything that something depends on: where all parts are the same, so is the result. */
export interface Reading {
  /** How many parts it has. */
  readonly size: number;
  take(scope: Scope): readonly unknown[];
  /** Whether a scope reads as one did before. */
  isSame(before: readonly unknown[], scope: Scope): boolean;
}

type Part = (scope: Scope) => unknown;

/** Registers, parameters and arguments come in the order in which they are most likely to differ. */
export function readingOf(reads: Reads): Reading {
  const parts: readonly Part[] = [
    ...(reads.address ? [({ state }: Scope) => currentUrl(state)] : []),
    ...(reads.previous ? [({ state }: Scope) => previousUrl(state)] : []),
    ...[...reads.params].map(
      (name): Part =>
        ({ params }) =>
          own<Value>(params, name),
    ),
    ...[...reads.registers].map(
      (name): Part =>
        ({ state }) =>
          own(state.registers, name),
    ),
    ...[...reads.args].map(
      (name): Part =>
        ({ args }) =>
          own(args, name),
    ),
    ...[...reads.tables].map(
      (name): Part =>
        ({ state }) =>
          identityOf(state.tables[name]),
    ),
    ...[...reads.rows].map((name): Part => (name === '' ? ({ row }) => identityOf(row) : ({ rows }) => identityOf(rows[name]))),
  ];
  return {
    size: parts.length,
    take: (scope) => parts.map((part) => part(scope)),
    isSame(before, scope) {
      for (let i = 0; i < parts.length; i++) if (before[i] !== (parts[i] as Part)(scope)) return false;
      return true;
    },
  };
}

const identities = new WeakMap<object, number>();
let identityCount = 0;

/** A number that stands for a table or a row: a reading that is remembered must not keep old states alive. */
function identityOf(thing: object | undefined): number {
  if (thing === undefined) return 0;
  return remembered(identities, thing, () => (identityCount += 1));
}
