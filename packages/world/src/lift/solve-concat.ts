import type { Expr, State } from '@backlot/protocol';
import { evaluate } from '../evaluate.ts';
import { toText } from '../functions.ts';
import type { Call, Goal, Solve } from './goal.ts';
import { canBeSet } from './names.ts';
import { scopeAt } from './place.ts';
import { textOfWant } from './want.ts';

/** A part of a text: what it says now, and what else it may say; `open` for any text. */
interface Part {
  readonly expr: Expr;
  readonly now: string;
  readonly others: readonly string[];
  readonly open: boolean;
}

/** Most ways to cut a text that are tried, and most steps on the way there. */
const mostCuts = 64;
const mostSteps = 4000;

/** Cuts the wanted text into the parts of a concatenation, those as believed first, and takes the first cut that all parts can say. */
export function solveConcat({ expr, want, place }: Goal<Call>, state: State, solve: Solve): State | null {
  const text = textOfWant(want);
  if (text === undefined) return null;
  const parts = expr.args.map((arg) => partOf(arg, (each) => toText(evaluate(each, scopeAt(state, place)))));
  let left = mostCuts;
  for (const pieces of cuts(parts, text, { steps: mostSteps })) {
    if (left-- === 0) break;
    let solved: State | null = state;
    for (const [i, piece] of pieces.entries()) {
      solved = solved && solve({ expr: (parts[i] as Part).expr, want: { text: piece }, place }, solved);
    }
    if (solved) return solved;
  }
  return null;
}

function partOf(expr: Expr, say: (expr: Expr) => string): Part {
  const now = say(expr);
  if (!canBeSet(expr)) return { expr, now, others: [], open: false };
  const branches = leavesOf(expr);
  const open = branches.some(canBeSet);
  const others = [...new Set(branches.filter((branch) => !canBeSet(branch)).map(say))].filter((text) => text !== now);
  return { expr, now, others, open };
}

/** What an `if` may come to, through all that stand in it. */
function leavesOf(expr: Expr): readonly Expr[] {
  if (!('fn' in expr) || expr.fn !== 'if') return [expr];
  return [expr.args[1] ?? { lit: null }, expr.args[2] ?? { lit: null }].flatMap(leavesOf);
}

function* cuts(parts: readonly Part[], text: string, budget: { steps: number }): Generator<readonly string[]> {
  const [part, ...rest] = parts;
  if (part === undefined) {
    if (text === '') yield [];
    return;
  }
  const tried = new Set<string>();
  for (const piece of piecesOf(part, rest, text)) {
    if (--budget.steps < 0) return;
    if (tried.has(piece) || !text.startsWith(piece)) continue;
    tried.add(piece);
    for (const others of cuts(rest, text.slice(piece.length), budget)) yield [piece, ...others];
  }
}

/** How far a part may reach: to where the next fixed text begins. */
function* piecesOf(part: Part, rest: readonly Part[], text: string): Generator<string> {
  yield part.now;
  yield* part.others;
  if (!part.open) return;
  const next = rest.find((each) => !each.open && each.others.length === 0 && each.now !== '');
  if (next === undefined) {
    yield text;
    return;
  }
  for (let at = text.indexOf(next.now); at >= 0; at = text.indexOf(next.now, at + 1)) yield text.slice(0, at);
}
