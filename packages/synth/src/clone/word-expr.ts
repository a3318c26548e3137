import type { Expr, Loop, Query, Value } from '@backlot/protocol';

/** Names an element by its anchor, for people. */
export type NameAnchor = (anchor: string) => string;

/** A value as it is written in a sentence. */
export function wordValue(value: Value): string {
  if (value === null) return 'nothing';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' ? (value === '' ? 'empty text' : `“${value}”`) : `[${value.map(wordValue).join(', ')}]`;
}

const infix: Readonly<Record<string, string>> = {
  eq: 'is',
  ne: 'is not',
  lt: 'is less than',
  le: 'is at most',
  gt: 'is more than',
  ge: 'is at least',
  add: '+',
  sub: '−',
  mul: '×',
  and: 'and',
  or: 'or',
  contains: 'contains',
  containsText: 'contains (in any case)',
  startsWith: 'starts with',
  endsWith: 'ends with',
};

const phrases: Readonly<Record<string, string>> = {
  not: 'not $0',
  concat: '$* joined',
  trim: '$0 without outer blanks',
  collapse: '$0 with single blanks',
  lower: '$0 in lower case',
  upper: '$0 in upper case',
  len: 'the length of $0',
  isBlank: '$0 is blank',
  plural: '$1 or $2 for $0',
  replace: '$0 with $1 replaced by $2',
  slice: 'part $1 to $2 of $0',
  split: '$0 split at $1',
  join: '$0 joined by $1',
  at: 'item $1 of $0',
  number: '$0 as a number',
  text: '$0 as text',
  encode: '$0 as part of an address',
  if: '$1 if $0, else $2',
};

const places = { path: 'the path', search: 'the query', hash: 'the fragment', href: 'the address' } as const;

function wordCall(name: string, args: readonly string[]): string {
  const between = infix[name];
  if (between !== undefined) return args.join(` ${between} `);
  const phrase = phrases[name];
  if (phrase === undefined) return `${name}(${args.join(', ')})`;
  return phrase.replace(/\$(\d|\*)/g, (_all, i: string) => (i === '*' ? args.join(', ') : (args[Number(i)] ?? 'the end')));
}

const isCompound = (expr: Expr): boolean => 'fn' in expr && (expr.fn in infix || expr.fn === 'if' || expr.fn === 'isBlank');

/** A query in words. */
export function wordQuery(query: Query, nameAnchor: NameAnchor): string {
  const where = query.where ? ` where ${wordExpr(query.where, nameAnchor)}` : '';
  const order = query.order?.length
    ? `, ordered by ${query.order.map((o) => wordExpr(o.by, nameAnchor) + (o.desc === true ? ' (falling)' : '')).join(', then ')}`
    : '';
  const offset = query.offset ? `, from number ${wordExpr(query.offset, nameAnchor)} on` : '';
  const limit = query.limit ? `, at most ${wordExpr(query.limit, nameAnchor)}` : '';
  return `rows of ${query.from}${where}${order}${offset}${limit}`;
}

/** What a template repeats over, in words. */
export function wordLoop(loop: Loop, nameAnchor: NameAnchor): string {
  return 'from' in loop ? wordQuery(loop, nameAnchor) : `items of ${wordExpr(loop.values, nameAnchor)}`;
}

/** An expression in words: what it reads and what is done with it. */
export function wordExpr(expr: Expr, nameAnchor: NameAnchor): string {
  if ('lit' in expr) return wordValue(expr.lit);
  if ('reg' in expr) return `the register ${expr.reg}`;
  if ('arg' in expr) return expr.arg === 'value' ? 'what is in the field' : `the argument ${expr.arg}`;
  if ('field' in expr) return `what is in ${nameAnchor(expr.field)}`;
  if ('col' in expr)
    return expr.of === undefined ? `its ${expr.col}` : expr.of === 'it' ? `the row’s ${expr.col}` : `the ${expr.col} of row ${expr.of}`;
  if ('param' in expr) return `${expr.param} of the address`;
  if ('loc' in expr) return places[expr.loc];
  if ('count' in expr) return `the number of ${wordQuery(expr.count, nameAnchor)}`;
  if ('sum' in expr) return `the sum of ${wordExpr(expr.get, nameAnchor)} over ${wordQuery(expr.sum, nameAnchor)}`;
  if ('first' in expr) return `${wordExpr(expr.get, nameAnchor)} of the first of ${wordQuery(expr.first, nameAnchor)}`;
  const args = expr.args.map((arg) => (isCompound(arg) ? `(${wordExpr(arg, nameAnchor)})` : wordExpr(arg, nameAnchor)));
  return wordCall(expr.fn, args);
}
