import type { Expr, Loop, Query, Value } from '@backlot/protocol';
import { isInfix, wordCall, wordTest } from './word-functions.ts';
import { asksKnownHere, isHere, isNewRecord, literalOf, partsOf, rememberedHere, seenHere } from './word-shapes.ts';

/** Names an element by its anchor, for people. */
type NameAnchor = (anchor: string) => string;

/** How an expression is worded: names of elements, and the row that is spoken of (`its name`); others are `the row’s`. */
export interface Wording {
  readonly name: NameAnchor;
  readonly row?: string;
}

const longest = 160;
const cut = (text: string): string => (text.length > longest ? `${text.slice(0, longest - 1).trimEnd()}…` : text);

/** A value as it is written in a sentence; long text is cut. */
export function wordValue(value: Value): string {
  if (value === null) return 'nothing';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'number') return String(value);
  if (typeof value === 'string') return value === '' ? 'empty text' : value.trim() === '' ? 'a blank' : `“${cut(value)}”`;
  return cut(`[${value.map(wordValue).join(', ')}]`);
}

const nothing: Expr = { lit: null };
const places = {
  path: 'the path',
  search: 'the query',
  hash: 'the fragment',
  href: 'the address',
  previous: 'the address before',
} as const;

/** A query in words. */
export function wordQuery(query: Query, wording: Wording): string {
  const inner = { ...wording, row: query.as };
  const all = query.where === undefined || literalOf(query.where) === true;
  const where = query.where && !all ? ` where ${wordCondition(query.where, inner)}` : '';
  const order = (query.order ?? []).map(({ by, desc }) => wordExpr(by, inner) + (desc === true ? ', last first' : ''));
  const ordered = order.length > 0 ? `, ordered by ${order.join(', then by ')}` : '';
  const offset = query.offset ? `, leaving out the first ${wordExpr(query.offset, wording)}` : '';
  const limit = query.limit ? `, at most ${wordExpr(query.limit, wording)}` : '';
  return `rows of ${query.from}${where}${ordered}${offset}${limit}`;
}

/** What a template repeats over, in words. */
export function wordLoop(loop: Loop, wording: Wording): string {
  return 'from' in loop ? wordQuery(loop, wording) : `items of ${wordExpr(loop.values, wording)}`;
}

/** True for what is either so or not: it reads as a condition. */
function isTest(expr: Expr): boolean {
  return 'fn' in expr && (expr.fn === 'not' || expr.fn === 'and' || expr.fn === 'or' || wordTest(expr.fn, [], true) !== undefined);
}

/** An `and` or `or` with one part that counts is that part; an `if` whose cases only say yes or no is one of these. */
function simplified(expr: Expr): Expr {
  if (!('fn' in expr)) return expr;
  if (expr.fn === 'if') return simplifiedCases(expr, expr.args);
  if (expr.fn !== 'and' && expr.fn !== 'or') return expr;
  const parts = expr.args.filter((part) => literalOf(part) !== (expr.fn === 'and'));
  return parts.length === 1 && parts[0] ? simplified(parts[0]) : expr;
}

function simplifiedCases(expr: Expr, [test = nothing, yes = nothing, no = nothing]: readonly Expr[]): Expr {
  const not: Expr = { fn: 'not', args: [test] };
  if (literalOf(yes) === true) return literalOf(no) === false ? test : { fn: 'or', args: [test, no] };
  if (literalOf(yes) === false) return literalOf(no) === true ? not : { fn: 'and', args: [not, no] };
  if (literalOf(no) === false) return { fn: 'and', args: [test, yes] };
  return literalOf(no) === true ? { fn: 'or', args: [not, yes] } : expr;
}

/** `a and b`, with brackets around what would read wrongly; nested ones of the same kind are one. */
function wordJoined(kind: 'and' | 'or', args: readonly Expr[], { wording, holds }: { wording: Wording; holds: boolean }): string {
  const flat = (parts: readonly Expr[]): readonly Expr[] =>
    parts.map(simplified).flatMap((part) => ('fn' in part && part.fn === kind ? flat(part.args) : [part]));
  const parts = flat(args).filter((part) => literalOf(part) !== (kind === 'and'));
  if (parts.length === 0) return wordCondition({ lit: kind === 'and' }, wording, holds);
  if (parts.some((part) => literalOf(part) === (kind === 'or'))) return wordCondition({ lit: kind === 'or' }, wording, holds);
  const say = (part: Expr): string => {
    const inner = holds && 'fn' in part && part.fn === 'not' && part.args[0] ? simplified(part.args[0]) : part;
    const words = wordCondition(part, wording, holds);
    return 'fn' in inner && (inner.fn === 'and' || inner.fn === 'or') ? `(${words})` : words;
  };
  const shown = holds ? kind : kind === 'and' ? 'or' : 'and';
  return parts.length === 1 && parts[0] ? wordCondition(parts[0], wording, holds) : parts.map(say).join(` ${shown} `);
}

/** Asks whether there are no rows, or some. */
function isNone({ fn, args: [count, none] }: Extract<Expr, { fn: string }>): boolean {
  return (fn === 'eq' || fn === 'ne') && count !== undefined && 'count' in count && literalOf(none) === 0;
}

function wordMade(expr: Expr, wording: Wording, holds: boolean): string | undefined {
  if (!('fn' in expr)) return undefined;
  const [first = { lit: null }, second, third] = expr.args;
  if (seenHere(expr) !== undefined) return holds ? 'it was seen at this address' : 'it was not seen at this address';
  if (isNewRecord(expr)) return holds ? 'it is new' : 'it was recorded';
  if (expr.fn === 'not') return wordCondition(first, wording, !holds);
  if (expr.fn === 'and' || expr.fn === 'or') return wordJoined(expr.fn, expr.args, { wording, holds });
  if (expr.fn === 'if' && second && third) {
    const [yes, no] = [wordCondition(second, wording, holds), wordCondition(third, wording, holds)];
    return `(if ${wordCondition(first, wording)}: ${yes}; otherwise: ${no})`;
  }
  if (isNone(expr)) return wordCondition(first, wording, (expr.fn === 'ne') === holds);
  const args = expr.args.map((arg) => wordArgument(arg, wording));
  return wordTest(expr.fn, args, holds);
}

/** An expression as a condition in words: what must hold, or must not. */
export function wordCondition(given: Expr, wording: Wording, holds = true): string {
  const expr = simplified(given);
  if ('lit' in expr) return Boolean(expr.lit) === holds ? 'always' : 'never';
  if (rememberedHere(expr)) return `${wordExpr(expr, wording)} is ${holds ? '' : 'not '}set`;
  const made = wordMade(expr, wording, holds);
  if (made !== undefined) return made;
  if ('count' in expr) {
    if (asksKnownHere(expr.count)) return holds ? 'this address was recorded' : 'this address was not recorded';
    return `there are ${holds ? '' : 'no '}${wordQuery(expr.count, wording)}`;
  }
  if ('arg' in expr && expr.arg === 'checked') return holds ? 'the box is ticked' : 'the box is not ticked';
  return `${wordExpr(expr, wording)} is ${holds ? '' : 'not '}set`;
}

function wordArgument(arg: Expr, wording: Wording): string {
  const needsBrackets = 'fn' in arg && (isInfix(arg.fn) || isTest(arg) || arg.fn === 'if') && !rememberedHere(arg) && !isHere(arg);
  return needsBrackets ? `(${wordExpr(arg, wording)})` : wordExpr(arg, wording);
}

/** More columns in a row than this are counted. */
const mostNamed = 4;

/** A text with holes: `“Clear (‹the number of rows of todo›)”`. Long rows of columns, as searches look through, are shortened. */
function wordText(expr: Expr, wording: Wording): string {
  const parts = partsOf(expr).filter((part) => literalOf(part) !== '');
  const columns = parts.flatMap((part) => ('col' in part ? [part.col] : []));
  const between = parts.filter((part) => !('col' in part)).map(literalOf);
  if (columns.length > mostNamed && between.every((value) => typeof value === 'string' && value.trim() === '')) {
    return `its texts (${columns.slice(0, mostNamed - 1).join(', ')} and ${columns.length - mostNamed + 1} more columns)`;
  }
  if (parts.length === 1 && parts[0]) return wordExpr(parts[0], wording);
  if (between.every((value) => typeof value !== 'string'))
    return wordCall(
      'concat',
      parts.map((part) => wordArgument(part, wording)),
    );
  const say = (part: Expr): string => {
    const value = literalOf(part);
    return typeof value === 'string' || typeof value === 'number' ? cut(String(value)) : `‹${wordExpr(part, wording)}›`;
  };
  return `“${parts.map(say).join('')}”`;
}

function wordFunction(expr: Extract<Expr, { fn: string }>, wording: Wording): string {
  const found = rememberedHere(expr);
  if (found) return `what was remembered for this address (${found.column} of ${found.table})`;
  if (isHere(expr)) return 'this address';
  if (isTest(expr) || isTest(simplified(expr))) return wordCondition(expr, wording);
  if (expr.fn === 'concat') return wordText(expr, wording);
  if (expr.fn === 'if') {
    const [test = { lit: null }, yes = { lit: null }, no = { lit: null }] = expr.args;
    const otherwise = literalOf(no) === '' || literalOf(no) === null ? '' : `, otherwise ${wordExpr(no, wording)}`;
    return `${wordArgument(yes, wording)} if ${wordCondition(test, wording)}${otherwise}`;
  }
  return wordCall(
    expr.fn,
    expr.args.map((arg) => wordArgument(arg, wording)),
  );
}

function wordColumn({ col, of }: Extract<Expr, { col: string }>, { row }: Wording): string {
  return of === undefined || of === row ? `its ${col}` : `the row’s ${col}`;
}

function wordAggregate(expr: Extract<Expr, { sum: Query } | { first: Query } | { collect: Query }>, wording: Wording): string {
  const query = 'sum' in expr ? expr.sum : 'first' in expr ? expr.first : expr.collect;
  const own = 'col' in expr.get && (expr.get.of === undefined || expr.get.of === query.as);
  const get = own && 'col' in expr.get ? `the ${expr.get.col}` : wordExpr(expr.get, { ...wording, row: query.as });
  if ('sum' in expr) return `the sum of ${get} over the ${wordQuery(query, wording)}`;
  return 'first' in expr
    ? `${get} of the first of the ${wordQuery(query, wording)}`
    : `a list of ${get} of the ${wordQuery(query, wording)}`;
}

/** An expression in words: what it reads and what is done with it. */
export function wordExpr(expr: Expr, wording: Wording): string {
  if ('lit' in expr) return wordValue(expr.lit);
  if ('reg' in expr) return `the register ${expr.reg}`;
  if ('arg' in expr) {
    if (expr.arg === 'value') return 'what is in the field';
    return expr.arg === 'checked' ? 'whether the box is ticked' : `the ${expr.arg} that was sent`;
  }
  if ('field' in expr) return `what is in ${wording.name(expr.field)}`;
  if ('col' in expr) return wordColumn(expr, wording);
  if ('param' in expr) return `${expr.param} of the address`;
  if ('loc' in expr) return places[expr.loc];
  if ('count' in expr) return `the number of ${wordQuery(expr.count, wording)}`;
  if (!('fn' in expr)) {
    const found = rememberedHere(expr);
    return found ? `what was remembered for this address (${found.column} of ${found.table})` : wordAggregate(expr, wording);
  }
  return wordFunction(expr, wording);
}
