import type { Value } from '@backlot/protocol';
import { booleanSearch } from './booleans.ts';
import type { Goal } from './goal.ts';
import { counterexample, memoryCost, wanting } from './goal.ts';
import type { Term } from './term.ts';
import { agrees, choose, constantTerm } from './term.ts';

/** Examples that either branch needs. */
const fewestInBranch = 2;
const mostSeeds = 6;

const covered = (goal: Goal, term: Term): readonly number[] => goal.rows.filter((row) => agrees(goal.want[row] ?? null, term.at(row)));

function commonestValues(goal: Goal): readonly Value[] {
  const counts = new Map<string, { value: Value; count: number }>();
  for (const row of goal.rows) {
    const value = goal.want[row] ?? null;
    const entry = counts.get(JSON.stringify(value)) ?? { value, count: 0 };
    counts.set(JSON.stringify(value), { value, count: entry.count + 1 });
  }
  const often = [...counts.values()].filter((entry) => entry.count >= fewestInBranch);
  return often
    .sort((a, b) => b.count - a.count)
    .slice(0, 3)
    .map((entry) => entry.value);
}

/** Terms that give the wanted value on some rows. */
function seeds(goal: Goal, search: (goal: Goal) => readonly Term[]): readonly Term[] {
  const found: Term[] = goal.constants ? commonestValues(goal).map((value) => constantTerm(value)) : [];
  found.push(...goal.inputs.filter((input) => covered(goal, input).length >= fewestInBranch).slice(0, 3));
  if (found.length > 0) return found;
  const [first = 0] = goal.rows;
  for (const row of goal.rows.slice(1, 1 + mostSeeds)) {
    const [term] = search({ ...wanting(goal, [first, row], goal.want), allowed: 0 });
    if (term && covered(goal, term).length >= fewestInBranch) found.push(term);
  }
  return found;
}

/** A condition for the rows that only one of the terms gets right. */
function condition(goal: Goal, yes: Term, no: Term): Term | null {
  const right = (term: Term, row: number): boolean => agrees(goal.want[row] ?? null, term.at(row));
  const rows = goal.rows.filter((row) => right(yes, row) !== right(no, row));
  const want: Value[] = [];
  for (const row of rows) want[row] = right(yes, row);
  const sides = [true, false].map((side) => rows.filter((row) => want[row] === side).length);
  if (sides.some((size) => size < fewestInBranch)) return null;
  return booleanSearch({ ...wanting(goal, rows, want), allowed: 0 })[0] ?? null;
}

/** Whether the term says less than the values that it gives on the rows: otherwise it is one of many that fit by chance. */
const isWorthwhile = (goal: Goal, term: Term, rows: readonly number[]): boolean =>
  term.cost <= memoryCost(rows.map((row) => goal.want[row] ?? null)) + 1;

/** One condition between two terms, each right on its side (after EUSolver: terms for parts first, then what tells the parts apart). */
export function branchSearch(goal: Goal, search: (goal: Goal) => readonly Term[]): readonly Term[] {
  const found: Term[] = [];
  if (goal.rows.length < 2 * fewestInBranch) return [];
  for (const yes of seeds(goal, search)) {
    const rest = goal.rows.filter((row) => !agrees(goal.want[row] ?? null, yes.at(row)));
    if (rest.length < fewestInBranch) continue;
    const [no] = search({ ...wanting(goal, rest, goal.want), allowed: 0 });
    if (!no || !isWorthwhile(goal, no, rest) || !isWorthwhile(goal, yes, covered(goal, yes))) continue;
    const test = condition(goal, yes, no);
    if (!test) continue;
    const term = choose(test, yes, no);
    if (term.cost <= goal.maxCost && counterexample(goal, term) === null) found.push(term);
  }
  return found.sort((a, b) => a.cost - b.cost);
}
