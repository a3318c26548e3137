import type { Effect, Expr, Row, State, Value, World } from '@backlot/protocol';
import type { Scope } from './evaluate.ts';
import { bindRow, evaluate, select } from './evaluate.ts';
import { equal, toBoolean, toText } from './functions.ts';
import { indexOf } from './page-index.ts';
import { remembered } from './remembered.ts';
import { elementKey } from './render.ts';

/** A request that an effect sends; the transition carries it out after the effects. */
export interface Emitted {
  readonly method: string;
  readonly url: string;
  readonly form: Readonly<Record<string, Value>>;
}

/** What effects lead to: the state after them and the requests they sent. */
export interface Outcome {
  readonly state: State;
  readonly emitted: readonly Emitted[];
}

/** Where effects run: the world, and the page whose anchors they name. */
export interface EffectContext {
  readonly world: World;
  readonly page: string | undefined;
}

interface Place extends EffectContext {
  readonly scope: Scope;
}

/** Name under which the row looked at is bound in an effect's `where`. */
export const candidate = 'it';

/** Name under which an added row's own cells are bound for those of its cells that are made of them. */
export const added = 'new';

const refersToAdded = new WeakMap<object, readonly string[]>();

/** Cells of an added row that are made of its other cells. */
function dependent(row: Readonly<Record<string, Expr>>): readonly string[] {
  return remembered(refersToAdded, row, () => Object.keys(row).filter((name) => JSON.stringify(row[name]).includes(`"of":"${added}"`)));
}

/** The cells of an added row: first those that say something by themselves, then those made of them. */
function addedCells(exprs: Readonly<Record<string, Expr>>, scope: Scope, initial: Readonly<Record<string, Value>>): Record<string, Value> {
  const later = dependent(exprs);
  const first = { ...initial, ...evaluateAll(Object.fromEntries(Object.entries(exprs).filter(([name]) => !later.includes(name))), scope) };
  if (later.length === 0) return first;
  const within = { ...scope, rows: { ...scope.rows, [added]: { ...first, id: '' } as Row } };
  return { ...first, ...evaluateAll(Object.fromEntries(later.map((name) => [name, exprs[name] as Expr])), within) };
}

function evaluateAll(exprs: Readonly<Record<string, Expr>>, scope: Scope): Record<string, Value> {
  return Object.fromEntries(Object.entries(exprs).map(([name, expr]) => [name, evaluate(expr, scope)]));
}

function withTable(state: State, name: string, rows: readonly Row[]): State {
  return { ...state, tables: { ...state.tables, [name]: rows } };
}

/** The row with other cells; the same row where it holds them already. */
function withCells(row: Row, cells: Readonly<Record<string, Value>>): Row {
  const isSame = Object.keys(cells).every((name) => name === 'id' || (Object.hasOwn(row, name) && equal(row[name], cells[name])));
  return isSame ? row : ({ ...row, ...cells, id: row.id } as Row);
}

function insert(effect: Extract<Effect, { insert: string }>, outcome: Outcome, { world, scope }: Place): Outcome {
  const { state } = outcome;
  const columns = world.tables.find((table) => table.name === effect.insert)?.columns ?? [];
  const initial = Object.fromEntries(columns.map((column) => [column.name, column.initial]));
  const row = { ...addedCells(effect.row, scope, initial), id: `n${state.serial}` } as Row;
  const rows = state.tables[effect.insert] ?? [];
  const next = withTable(state, effect.insert, effect.at === 'start' ? [row, ...rows] : [...rows, row]);
  return { ...outcome, state: { ...next, serial: state.serial + 1 } };
}

function update(effect: Extract<Effect, { update: string }>, outcome: Outcome, { scope }: Place): Outcome {
  const before = outcome.state.tables[effect.update];
  const rows = (before ?? []).map((row) => {
    const seen = bindRow(scope, candidate, row);
    return toBoolean(evaluate(effect.where, seen)) ? withCells(row, evaluateAll(effect.set, seen)) : row;
  });
  if (before !== undefined && rows.every((row, i) => row === before[i])) return outcome;
  return { ...outcome, state: withTable(outcome.state, effect.update, rows) };
}

function remove(effect: Extract<Effect, { delete: string }>, outcome: Outcome, { scope }: Place): Outcome {
  const rows = (outcome.state.tables[effect.delete] ?? []).filter(
    (row) => !toBoolean(evaluate(effect.where, bindRow(scope, candidate, row))),
  );
  return { ...outcome, state: withTable(outcome.state, effect.delete, rows) };
}

/** Key of the element at an anchor in the rows that the scope has bound; an anchor of another page stands in no rows. */
function keyOf(anchor: string, { world, page, scope }: Place): string {
  const loops = (page === undefined ? undefined : indexOf(world).anchors.get(page)?.get(anchor)?.loops) ?? [];
  const rows = loops.map((loop) => scope.rows[loop.as]).filter((row) => row !== undefined);
  return elementKey(anchor, rows);
}

function draft(effect: Extract<Effect, { draft: string }>, outcome: Outcome, place: Place): Outcome {
  const key = keyOf(effect.draft, place);
  const { [key]: _gone, ...others } = outcome.state.drafts;
  if (effect.to === null) return { ...outcome, state: { ...outcome.state, drafts: others } };
  const value = evaluate(effect.to, place.scope);
  return { ...outcome, state: { ...outcome.state, drafts: { ...others, [key]: typeof value === 'boolean' ? value : toText(value) } } };
}

function one(effect: Effect, outcome: Outcome, place: Place): Outcome {
  const { state } = outcome;
  const { scope } = place;
  if ('insert' in effect) return insert(effect, outcome, place);
  if ('update' in effect) return update(effect, outcome, place);
  if ('delete' in effect) return remove(effect, outcome, place);
  if ('forEach' in effect) {
    const rows = select(effect.forEach, scope);
    return rows.reduce((now, row) => run(effect.do, now, { ...place, scope: bindRow(scope, effect.forEach.as, row) }), outcome);
  }
  if ('if' in effect) return toBoolean(evaluate(effect.if, scope)) ? run(effect.do, outcome, place) : outcome;
  if ('set' in effect) {
    const value = evaluate(effect.to, scope);
    if (Object.hasOwn(state.registers, effect.set) && equal(state.registers[effect.set], value)) return outcome;
    return { ...outcome, state: { ...state, registers: { ...state.registers, [effect.set]: value } } };
  }
  if ('draft' in effect) return draft(effect, outcome, place);
  if ('focus' in effect) return { ...outcome, state: { ...state, focus: effect.focus === null ? null : keyOf(effect.focus, place) } };
  if ('emit' in effect) {
    const emitted = {
      method: effect.emit.method,
      url: toText(evaluate(effect.emit.url, scope)),
      form: evaluateAll(effect.emit.form, scope),
    };
    return { ...outcome, emitted: [...outcome.emitted, emitted] };
  }
  const others = state.timers.filter((timer) => timer.name !== effect.timer);
  return { ...outcome, state: { ...state, timers: [...others, { name: effect.timer, due: state.clock + effect.after }] } };
}

function run(effects: readonly Effect[], outcome: Outcome, place: Place): Outcome {
  return effects.reduce((now, effect) => one(effect, now, place), outcome);
}

/** Applies effects in order. Every expression sees the state of the scope, that is, the state before the rule. */
export function applyEffects(effects: readonly Effect[], scope: Scope, context: EffectContext): Outcome {
  return run(effects, { state: scope.state, emitted: [] }, { ...context, scope });
}
