import type { Effect, Expr, Loop, Query, Then, Trigger, World } from '@backlot/protocol';
import { candidate, functions, indexOf } from '@backlot/world';
import type { HolePlace } from './question.ts';
import type { RuleBody } from './schema.ts';

/** What an expression may name where it stands. Bound rows lead to their table; those of a list value to null. */
interface Names {
  readonly world: World;
  readonly anchors: ReadonlySet<string>;
  readonly rows: Readonly<Record<string, string | null>>;
  readonly innermost?: string;
}

/** The first thing named in a proposed rule that the world does not have; null where there is none. */
export function unknownInRule(world: World, on: Trigger, { when, do: effects, then }: RuleBody): string | null {
  const names =
    'ui' in on ? namesAt(world, on.ui) : { world, anchors: new Set(world.pages.flatMap(({ id }) => anchorsOf(world, id))), rows: {} };
  return (when ? inExpr(when, names) : null) ?? inEffects(effects, names) ?? inThen(then, names);
}

/** The same for an expression that fills a hole. */
export function unknownInHole(world: World, at: HolePlace, expr: Expr): string | null {
  return inExpr(expr, namesAt(world, at));
}

const anchorsOf = (world: World, page: string): readonly string[] => [...(indexOf(world).anchors.get(page)?.keys() ?? [])];

function namesAt(world: World, { page, anchor }: { readonly page: string; readonly anchor: string }): Names {
  const loops = indexOf(world).anchors.get(page)?.get(anchor)?.loops ?? [];
  const start: Names = { world, anchors: new Set(anchorsOf(world, page)), rows: {} };
  return loops.reduce((names: Names, loop: Loop) => bind(names, loop.as, 'from' in loop ? loop.from : null), start);
}

function bind(names: Names, as: string, table: string | null): Names {
  return { ...names, rows: { ...names.rows, [as]: table }, innermost: as };
}

function first<T>(items: readonly T[], check: (item: T) => string | null): string | null {
  for (const item of items) {
    const found = check(item);
    if (found !== null) return found;
  }
  return null;
}

function inTable(name: string, columns: readonly string[], { world }: Names): string | null {
  const table = world.tables.find((each) => each.name === name);
  if (!table) return `no table is called ${name}`;
  const missing = columns.find((column) => column !== 'id' && !table.columns.some((each) => each.name === column));
  return missing === undefined ? null : `the table ${name} has no column ${missing}`;
}

function inTimer(timer: string, { world }: Names): string | null {
  return world.rules.some(({ on }) => 'timer' in on && on.timer === timer) ? null : `no timer is called ${timer}`;
}

function inAnchor(anchor: string, { anchors }: Names): string | null {
  return anchors.has(anchor) ? null : `no element is called ${anchor} here`;
}

function inColumn({ col, of }: { readonly col: string; readonly of?: string }, names: Names): string | null {
  const row = of ?? names.innermost;
  if (row === undefined) return `no row is bound where the column ${col} is read`;
  const table = Object.hasOwn(names.rows, row) ? names.rows[row] : undefined;
  if (table === undefined) return `no row is bound as ${row}`;
  if (table === null) return /^(id|c\d+)$/.test(col) ? null : `an item of a list has no column ${col}`;
  return inTable(table, [col], names);
}

function inQuery({ from, as, where, order = [], offset, limit }: Query, names: Names): string | null {
  const inside = bind(names, as, from);
  const parts = [...(where ? [where] : []), ...order.map(({ by }) => by)];
  const outside = [offset, limit].filter((part) => part !== undefined);
  return inTable(from, [], names) ?? first(parts, (part) => inExpr(part, inside)) ?? first(outside, (part) => inExpr(part, names));
}

function inExpr(expr: Expr, names: Names): string | null {
  const { world } = names;
  if ('reg' in expr) return world.registers.some(({ name }) => name === expr.reg) ? null : `no register is called ${expr.reg}`;
  if ('field' in expr) return inAnchor(expr.field, names);
  if ('col' in expr) return inColumn(expr, names);
  if ('count' in expr) return inQuery(expr.count, names);
  if ('sum' in expr) return inQuery(expr.sum, names) ?? inExpr(expr.get, bind(names, expr.sum.as, expr.sum.from));
  if ('first' in expr) return inQuery(expr.first, names) ?? inExpr(expr.get, bind(names, expr.first.as, expr.first.from));
  if ('collect' in expr) return inQuery(expr.collect, names) ?? inExpr(expr.get, bind(names, expr.collect.as, expr.collect.from));
  if (!('fn' in expr)) return null;
  const known = expr.fn === 'if' || Object.hasOwn(functions, expr.fn);
  return known ? first(expr.args, (arg) => inExpr(arg, names)) : `no function is called ${expr.fn}`;
}

const inExprs = (exprs: Readonly<Record<string, Expr>>, names: Names): string | null =>
  first(Object.values(exprs), (expr) => inExpr(expr, names));
const inEffects = (effects: readonly Effect[], names: Names): string | null => first(effects, (effect) => inEffect(effect, names));

function inEffect(effect: Effect, names: Names): string | null {
  if ('insert' in effect || 'update' in effect || 'delete' in effect) return inRowEffect(effect, names);
  if ('forEach' in effect) {
    return inQuery(effect.forEach, names) ?? inEffects(effect.do, bind(names, effect.forEach.as, effect.forEach.from));
  }
  if ('if' in effect) return inExpr(effect.if, names) ?? inEffects(effect.do, names);
  if ('set' in effect) return inExpr({ reg: effect.set }, names) ?? inExpr(effect.to, names);
  if ('draft' in effect || 'focus' in effect) return inFieldEffect(effect, names);
  if ('emit' in effect) return outsideIn(effect.emit.url) ?? inExpr(effect.emit.url, names) ?? inExprs(effect.emit.form, names);
  return inTimer(effect.timer, names);
}

function inFieldEffect(effect: Extract<Effect, { draft: string } | { focus: string | null }>, names: Names): string | null {
  if ('focus' in effect) return effect.focus === null ? null : inAnchor(effect.focus, names);
  return inAnchor(effect.draft, names) ?? (effect.to === null ? null : inExpr(effect.to, names));
}

function inRowEffect(effect: Extract<Effect, { insert: string } | { update: string } | { delete: string }>, names: Names): string | null {
  if ('insert' in effect) return inTable(effect.insert, Object.keys(effect.row), names) ?? inExprs(effect.row, names);
  const table = 'update' in effect ? effect.update : effect.delete;
  const onRow = bind(names, candidate, table);
  const set = 'update' in effect ? effect.set : {};
  return inTable(table, Object.keys(set), names) ?? inExpr(effect.where, onRow) ?? inExprs(set, onRow);
}

function inThen(then: Then, names: Names): string | null {
  if (typeof then === 'string') return null;
  if ('go' in then) return outsideIn(then.go) ?? inExpr(then.go, names);
  const { message, accept, then: after } = then.dialog;
  return inExpr(message, names) ?? inEffects(accept, names) ?? inThen(after, names);
}

/** An address that is written out, or that begins with text that is, may not leave the application. */
function outsideIn(expr: Expr): string | null {
  if ('fn' in expr) return first(expr.args, outsideIn);
  const leaves = 'lit' in expr && typeof expr.lit === 'string' && /^\s*([a-z][a-z0-9+.-]*:|[/\\]{2})/i.test(expr.lit);
  return leaves ? `the address ${String(expr.lit)} is outside the application` : null;
}
