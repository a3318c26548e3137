import type { Expr, State, Value } from '@backlot/protocol';
import { evaluate } from '../evaluate.ts';
import { toBoolean } from '../functions.ts';
import type { Call, Solve } from './goal.ts';
import { canBeSet } from './names.ts';
import { bindingOf, columnOf, scopeAt, type Place } from './place.ts';
import { own } from '../own.ts';

interface TruthGoal {
  readonly expr: Call;
  readonly truth: boolean;
  readonly place: Place;
}

type Inverse = (goal: TruthGoal, state: State, solve: Solve) => State | null;

const nothing: Expr = { lit: null };

const inverses: Readonly<Record<string, Inverse>> = {
  not: ({ expr, truth, place }, state, solve) => solve({ expr: expr.args[0] ?? nothing, want: { truth: !truth }, place }, state),
  and: (goal, state, solve) => (goal.truth ? solveAll(goal, state, solve) : solveOne(goal, state, solve)),
  or: (goal, state, solve) => (goal.truth ? solveOne(goal, state, solve) : solveAll(goal, state, solve)),
  eq: (goal, state, solve) => (goal.truth ? makeEqual(goal, state, solve) : makeDifferent(goal, state, solve)),
  ne: (goal, state, solve) => (goal.truth ? makeDifferent(goal, state, solve) : makeEqual(goal, state, solve)),
  isBlank: ({ expr, truth, place }, state, solve) =>
    truth ? solve({ expr: expr.args[0] ?? nothing, want: { text: '' }, place }, state) : null,
  contains: solveContains,
};

/** Functions that say true or false and can be read backwards. */
export const truthFunctions: ReadonlySet<string> = new Set(Object.keys(inverses));

/** The state in which a condition is true, or false, as wanted. */
export function solveTruth(goal: TruthGoal, state: State, solve: Solve): State | null {
  return own(inverses, goal.expr.fn)?.(goal, state, solve) ?? null;
}

function solveAll({ expr, truth, place }: TruthGoal, state: State, solve: Solve): State | null {
  let solved: State | null = state;
  for (const arg of expr.args) solved = solved && solve({ expr: arg, want: { truth }, place }, solved);
  return solved;
}

/** One part is enough: the first that can be brought about, the last ones first, for they are the particular ones. */
function solveOne({ expr, truth, place }: TruthGoal, state: State, solve: Solve): State | null {
  for (const arg of expr.args.toReversed()) {
    const solved = solve({ expr: arg, want: { truth }, place }, state);
    if (solved) return solved;
  }
  return null;
}

const readsRegister = (expr: Expr): boolean => 'reg' in expr || ('fn' in expr && expr.args.some(readsRegister));

/** Sets the side that can be set to the value of the other; registers are set before cells. */
function makeEqual({ expr, place }: TruthGoal, state: State, solve: Solve): State | null {
  const [a = nothing, b = nothing] = expr.args;
  const sides: readonly (readonly [Expr, Expr])[] = [
    [a, b],
    [b, a],
  ];
  const ordered = sides.filter(([side]) => canBeSet(side)).sort(([x], [y]) => Number(readsRegister(y)) - Number(readsRegister(x)));
  for (const [side, other] of ordered) {
    const value = evaluate(other, scopeAt(state, place));
    const solved = solve({ expr: side, want: { value }, place }, state);
    if (solved) return solved;
  }
  return null;
}

/** Of two truth values the other one; else what was there in the beginning, if that is different. */
function makeDifferent({ expr, place }: TruthGoal, state: State, solve: Solve): State | null {
  const [a = nothing, b = nothing] = expr.args;
  for (const [side, other] of [
    [a, b],
    [b, a],
  ] as const) {
    if (!canBeSet(side)) continue;
    const value = evaluate(other, scopeAt(state, place));
    const instead: Value | undefined = typeof value === 'boolean' ? !value : initialOf(side, place);
    const solved = instead === undefined || instead === value ? null : solve({ expr: side, want: { value: instead }, place }, state);
    if (solved) return solved;
  }
  return null;
}

function initialOf(expr: Expr, place: Place): Value | undefined {
  if ('reg' in expr) return place.world.registers.find(({ name }) => name === expr.reg)?.initial;
  if (!('col' in expr)) return undefined;
  const table = bindingOf(expr, place)?.table;
  return table === undefined ? undefined : columnOf(place.world, table, expr.col)?.initial;
}

/** Puts the item into the list, or takes it out. */
function solveContains({ expr, truth, place }: TruthGoal, state: State, solve: Solve): State | null {
  const [list = nothing, item = nothing] = expr.args;
  const scope = scopeAt(state, place);
  const now = evaluate(list, scope);
  if (!Array.isArray(now)) return null;
  const value = evaluate(item, scope);
  const items = now as readonly Value[];
  const next = truth ? [...items, value] : items.filter((each) => each !== value);
  return toBoolean(next) || !truth ? solve({ expr: list, want: { value: next }, place }, state) : null;
}
