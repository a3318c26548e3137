import type { Expr, State } from '@backlot/protocol';
import { evaluate } from '../evaluate.ts';
import { toBoolean } from '../functions.ts';
import { solveConcat } from './solve-concat.ts';
import { solveCount, solveFirst } from './solve-first.ts';
import { solveFunction } from './solve-function.ts';
import { solveTruth, truthFunctions } from './solve-truth.ts';
import type { Goal, Solve } from './goal.ts';
import { bindingOf, columnOf, isListTable, scopeAt, withCell, type Place } from './place.ts';
import { shows, truthOfWant, typeOfValue, valueFor, type Want } from './want.ts';

/**
 * The nearest state in which an expression comes out as wanted: as it is where it does already, else with a cell or a register set.
 * Null where what is wanted can't be brought about, or where it would be a guess.
 */
export const solve: Solve = (goal, state) => {
  if (holds(goal, state)) return state;
  const solved = attempt(goal, state);
  return solved !== null && holds(goal, solved) ? solved : null;
};

/** True where the expression comes out as wanted. */
export function holds({ expr, want, place }: Goal, state: State): boolean {
  return shows(evaluate(expr, scopeAt(state, place)), want);
}

function attempt({ expr, want, place }: Goal, state: State): State | null {
  if ('col' in expr) return setCell(expr, want, { state, place });
  if ('reg' in expr) return setRegister(expr.reg, want, { state, place });
  if ('first' in expr) return solveFirst({ expr, want, place }, state, solve);
  if ('count' in expr) return solveCount({ expr, want, place }, state, solve);
  if (!('fn' in expr)) return null;
  const goal = { expr, want, place };
  if (expr.fn === 'if') return solveIf(goal, state);
  if (expr.fn === 'concat') return solveConcat(goal, state, solve);
  if (!truthFunctions.has(expr.fn)) return solveFunction(goal, state, solve);
  const truth = truthOfWant(want);
  return truth === undefined ? null : solveTruth({ expr, truth, place }, state, solve);
}

interface Situation {
  readonly state: State;
  readonly place: Place;
}

function setCell(expr: Extract<Expr, { col: string }>, want: Want, { state, place }: Situation): State | null {
  const row = bindingOf(expr, place);
  if (row === undefined || expr.col === 'id') return null;
  const column = columnOf(place.world, row.table, expr.col);
  if (column === undefined && !isListTable(row.table)) return null;
  const value = valueFor(want, column?.type ?? 'text');
  return value === undefined ? null : withCell(state, row, { [expr.col]: value });
}

function setRegister(name: string, want: Want, { state, place }: Situation): State | null {
  const register = place.world.registers.find((each) => each.name === name);
  if (register === undefined) return null;
  const value = valueFor(want, typeOfValue(state.registers[name] ?? register.initial));
  return value === undefined ? null : { ...state, registers: { ...state.registers, [name]: value } };
}

/** The branch that shows what is wanted comes first, then the one that is taken now. */
function solveIf({ expr, want, place }: Goal<Extract<Expr, { fn: string }>>, state: State): State | null {
  const [test = { lit: null }, yes = { lit: null }, no = { lit: null }] = expr.args;
  const scope = scopeAt(state, place);
  const now = toBoolean(evaluate(test, scope));
  const branches = [now, !now].map((truth) => ({ truth, branch: truth ? yes : no }));
  const ready = branches.filter(({ branch }) => shows(evaluate(branch, scope), want));
  for (const { truth, branch } of [...ready, ...branches]) {
    const chosen = solve({ expr: test, want: { truth }, place }, state);
    const solved = chosen && solve({ expr: branch, want, place }, chosen);
    if (solved) return solved;
  }
  return null;
}
