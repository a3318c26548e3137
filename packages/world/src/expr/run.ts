import type { Expr, Query, Row, State, Value } from '@backlot/protocol';
import { compareValues, functions, toBoolean, toNumber, toText } from '../functions.ts';
import { own } from '../own.ts';
import { remembered } from '../remembered.ts';
import { cutAddress } from '../route.ts';
import { cursorAt, currentUrl, moveTo, previousUrl, type Cursor, type Scope } from './scope.ts';
import { readingOf, readsOf, readsOfQuery, type Reading } from './reads.ts';

/** An expression made ready: it gives its value in a scope. */
export type Run = (scope: Scope) => Value;

const runs = new WeakMap<Expr, Run>();

/** The expression as a closure. Expressions are data and never change, so it is made once; no code is made from data. */
export function runOf(expr: Expr): Run {
  return remembered(runs, expr, compile);
}

function compile(expr: Expr): Run {
  if ('lit' in expr) {
    const { lit } = expr;
    return () => lit;
  }
  if ('col' in expr) return column(expr.col, expr.of);
  if ('fn' in expr) return call(expr.fn, expr.args);
  if ('reg' in expr) {
    const { reg } = expr;
    return (scope) => own(scope.state.registers, reg) ?? null;
  }
  if ('arg' in expr) {
    const { arg } = expr;
    return (scope) => own(scope.args, arg) ?? null;
  }
  if ('param' in expr) {
    const { param } = expr;
    return (scope) => own(scope.params, param) ?? null;
  }
  if ('field' in expr) {
    const { field } = expr;
    return (scope) => scope.field(field, scope);
  }
  if ('loc' in expr) {
    const { loc } = expr;
    return (scope) => locationPart(loc, scope.state);
  }
  return aggregate(expr);
}

function column(name: string, of: string | undefined): Run {
  const read = (row: Row | undefined): Value => (row === undefined ? null : (own(row, name) ?? null));
  return of === undefined ? (scope) => read(scope.row) : (scope) => read(scope.rows[of]);
}

function locationPart(part: 'path' | 'search' | 'hash' | 'href' | 'previous', state: State): string {
  if (part === 'previous') return previousUrl(state);
  const url = currentUrl(state);
  return part === 'href' ? url : cut(url)[part];
}

let latestCut = { url: '/', parts: cutAddress('/') };

/** Where a condition on rows asks for the address, it asks once for each row. */
function cut(url: string): typeof latestCut.parts {
  if (latestCut.url !== url) latestCut = { url, parts: cutAddress(url) };
  return latestCut.parts;
}

/** Functions that need not look at all of their arguments, and the commonest of the others. */
const special: Readonly<Record<string, (args: readonly Run[]) => Run>> = {
  if:
    ([test, yes, no]) =>
    (scope) => {
      const branch = test !== undefined && toBoolean(test(scope)) ? yes : no;
      return branch === undefined ? null : branch(scope);
    },
  and: (args) => (scope) => {
    for (const arg of args) if (!toBoolean(arg(scope))) return false;
    return true;
  },
  or: (args) => (scope) => {
    for (const arg of args) if (toBoolean(arg(scope))) return true;
    return false;
  },
  concat: (args) => (scope) => {
    let text = '';
    for (const arg of args) text += toText(arg(scope));
    return text;
  },
};

function call(name: string, args: readonly Expr[]): Run {
  const given = args.map(runOf);
  const lazy = own(special, name);
  if (lazy !== undefined) return lazy(given);
  const fn = own(functions, name);
  if (fn === undefined) return () => null;
  const [first, second] = given;
  if (first === undefined) return () => fn();
  if (second === undefined) return (scope) => fn(first(scope));
  if (given.length === 2) return (scope) => fn(first(scope), second(scope));
  return (scope) => fn(...given.map((arg) => arg(scope)));
}

type Aggregate = Extract<Expr, { count: Query } | { sum: Query } | { first: Query } | { collect: Query }>;

function aggregate(expr: Aggregate): Run {
  if ('count' in expr) {
    const rows = rowsOf(expr.count);
    return (scope) => rows(scope).length;
  }
  const get = runOf(expr.get);
  if ('sum' in expr) {
    const each = eachOf(expr.sum, get);
    return (scope) => each(scope).reduce<number>((sum, value) => sum + toNumber(value), 0);
  }
  if ('collect' in expr) return eachOf(expr.collect, get);
  const { as } = expr.first;
  const rows = rowsOf(expr.first);
  return (scope) => {
    const row = rows(scope)[0];
    return row === undefined ? null : get(cursorAt(scope, as, row));
  };
}

/** What a term gives for each row of a query. */
function eachOf(query: Query, get: Run): (scope: Scope) => Value[] {
  const rows = rowsOf(query);
  return (scope) => {
    const chosen = rows(scope);
    const [first] = chosen;
    if (first === undefined) return [];
    const cursor = cursorAt(scope, query.as, first);
    return chosen.map((row) => get(moveTo(cursor, query.as, row)));
  };
}

/** A query made ready: it gives the rows that it selects, in order. */
export type Rows = (scope: Scope) => readonly Row[];

const queries = new WeakMap<Query, Rows>();

/** The query as a closure; made once, and queries that say the same remember their latest answers together. */
export function rowsOf(query: Query): Rows {
  return remembered(queries, query, remembering);
}

/** Tables with fewer rows are gone through faster than remembered. */
const fewRows = 4;

function remembering(query: Query): Rows {
  const select = selection(query);
  let memory: Memory | null | undefined;
  return (scope) => {
    const table = scope.state.tables[query.from];
    if (table === undefined || table.length < fewRows) return select(scope);
    if (memory === undefined) memory = memoryOf(query);
    return memory === null ? select(scope) : recall(memory, scope, select);
  };
}

/** The latest answers of a query, with what they depended on. */
interface Memory {
  readonly read: Reading;
  readonly answers: { readonly reading: readonly unknown[]; readonly rows: readonly Row[] }[];
}

const mostAnswers = 8;
const mostMemories = 2000;
const memories = new Map<string, Memory>();

/** The memory that queries of the same words share; null where an answer hangs on what no reading tells. */
function memoryOf(query: Query): Memory | null {
  const reads = readsOfQuery(query);
  if (reads.live || (query.where === undefined && query.order === undefined)) return null;
  const words = JSON.stringify(query);
  let memory = memories.get(words);
  if (memory === undefined) {
    if (memories.size >= mostMemories) memories.clear();
    memory = { read: readingOf(reads), answers: [] };
    memories.set(words, memory);
  }
  return memory;
}

function recall({ read, answers }: Memory, scope: Scope, select: Rows): readonly Row[] {
  for (const { reading, rows } of answers) if (read.isSame(reading, scope)) return rows;
  const rows = select(scope);
  answers.unshift({ reading: read.take(scope), rows });
  if (answers.length > mostAnswers) answers.pop();
  return rows;
}

function selection(query: Query): Rows {
  const { as, where, order, offset, limit } = query;
  const filter = where === undefined ? null : testOf(where, as);
  const sort = order === undefined || order.length === 0 ? null : sorting(query);
  const [skip, most] = [offset, limit].map((each) => (each === undefined ? undefined : runOf(each)));
  return (scope) => {
    let rows: readonly Row[] = scope.state.tables[query.from] ?? [];
    const [first] = rows;
    if (filter !== null && first !== undefined) {
      const test = filter(scope);
      const cursor = cursorAt(scope, as, first);
      rows = rows.filter((row) => test(moveTo(cursor, as, row)));
    }
    if (sort !== null) rows = sort(rows, scope);
    if (skip === undefined && most === undefined) return rows;
    const from = skip === undefined ? 0 : toNumber(skip(scope));
    return rows.slice(from, from + (most === undefined ? rows.length : toNumber(most(scope))));
  };
}

function sorting({ as, order = [] }: Query): (rows: readonly Row[], scope: Scope) => readonly Row[] {
  const terms = order.map(({ by, desc }) => ({ run: runOf(by), sign: desc === true ? -1 : 1 }));
  return (rows, scope) => {
    const [first] = rows;
    if (first === undefined) return rows;
    const cursor = cursorAt(scope, as, first);
    const keyed = rows.map((row) => {
      moveTo(cursor, as, row);
      return { row, keys: terms.map(({ run }) => run(cursor)) };
    });
    keyed.sort((a, b) => {
      for (const [i, { sign }] of terms.entries()) {
        const by = compareValues(a.keys[i], b.keys[i]);
        if (by !== 0) return sign * by;
      }
      return 0;
    });
    return keyed.map(({ row }) => row);
  };
}

/** A condition on rows, made ready for all the rows of one table: what does not depend on the row is worked out once. */
type Test = (scope: Scope) => (cursor: Cursor) => boolean;

function testOf(where: Expr, as: string): Test {
  const { rows } = readsOf(where);
  if (!rows.has(as) && !rows.has('')) {
    const run = runOf(where);
    return () => {
      let holds: boolean | undefined;
      return (cursor) => (holds ??= toBoolean(run(cursor)));
    };
  }
  if ('fn' in where && (where.fn === 'and' || where.fn === 'or')) {
    const parts = where.args.map((arg) => testOf(arg, as));
    const isOr = where.fn === 'or';
    return (scope) => {
      const tests = parts.map((part) => part(scope));
      return (cursor) => {
        for (const test of tests) if (test(cursor) === isOr) return isOr;
        return !isOr;
      };
    };
  }
  const run = runOf(where);
  return () => (cursor) => toBoolean(run(cursor));
}
