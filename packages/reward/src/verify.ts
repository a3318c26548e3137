import type { Goal, Row, Verifier } from '@backlot/protocol';
import { withoutAside } from './aside.ts';
import { judgeAnswer } from './answers.ts';
import { judgeGoal, judgeInserted, type Span, type Verdict } from './goals.ts';
import { netChange, type Change } from './net-change.ts';
import { sayExcess } from './wording.ts';

/** What an episode earned. */
export interface Judgement {
  readonly reward: 0 | 1;
  /** In words, goal by goal, then what was done in excess: `Missing: …`, `Broken: …`, `In excess: …`. Empty where all is well. */
  readonly feedback: readonly string[];
  /** Share of goals and cells that hold, from 0 to 1, lowered by what was done in excess. 1 exactly where `reward` is 1. */
  readonly progress: number;
}

/**
 * Judges the net change from start to end: reward 1 if all goals of one right end hold, with `nothingElse` nothing else changed, and the
 * answer, where one is asked for, is right. Feedback and progress are those of the right end that is nearest.
 */
export function verify(verifier: Verifier, span: Span): Judgement {
  const changes = netChange(span.world, span.start, span.end);
  const ends = [verifier.goals, ...(verifier.alternatives ?? [])].map((goals) => judgeEnd({ ...verifier, goals }, changes, span));
  return ends.reduce((best, end) => (end.progress > best.progress ? end : best));
}

function judgeEnd(verifier: Verifier, changes: readonly Change[], span: Span): Judgement {
  const { goals, answer, aside, nothingElse } = verifier;
  const { verdicts: ofGoals, left } = judgeGoals(goals, changes, span);
  const verdicts = answer ? [...ofGoals, judgeAnswer(answer, span.said)] : ofGoals;
  const beyond = nothingElse ? withoutAside(changes, aside).filter((change) => !isAccountedFor(change, goals, left)) : [];
  const sum = (part: (verdict: Verdict) => number): number => verdicts.reduce((total, verdict) => total + part(verdict), 0);
  const held = sum((verdict) => verdict.held);
  const wanted = sum((verdict) => verdict.wanted);
  const excess = sum((verdict) => verdict.excess) + beyond.length;
  return {
    reward: held === wanted && excess === 0 ? 1 : 0,
    feedback: [...verdicts.flatMap((verdict) => verdict.feedback), ...beyond.map((change) => sayExcess(span.world, change))],
    progress: wanted + excess === 0 ? 1 : held / (wanted + excess),
  };
}

/**
 * The potential of a state on the way to a goal: `verify(…).progress`. The dense reward of a step is the difference of the
 * potentials after and before it (potential-based shaping with γ = 1): the rewards of an episode add up to the difference
 * between its end and its start, so going in circles earns nothing and no detour pays.
 */
export function potential(verifier: Verifier, span: Span): number {
  return verify(verifier, span).progress;
}

function judgeGoals(
  goals: readonly Goal[],
  changes: readonly Change[],
  span: Span,
): { verdicts: readonly Verdict[]; left: ReadonlySet<Row> } {
  const rows = changes.filter((change) => change.kind === 'inserted');
  const wanted = goals.filter((goal) => goal.kind === 'inserted');
  const inserted = judgeInserted(wanted, rows, span.world);
  const others = new Map(wanted.map((goal, i) => [goal as Goal, inserted.verdicts[i] as Verdict]));
  const verdicts = goals.map((goal) => others.get(goal) ?? judgeGoal(goal as Exclude<Goal, { kind: 'inserted' }>, span));
  return { verdicts, left: new Set(inserted.left) };
}

/** True for changes that a goal asks for or has already counted against itself. */
function isAccountedFor(change: Change, goals: readonly Goal[], left: ReadonlySet<Row>): boolean {
  switch (change.kind) {
    case 'inserted':
      return !left.has(change.row);
    case 'register':
      return goals.some((goal) => goal.kind === 'register' && goal.name === change.name);
    case 'updated':
      return goals.some((goal) => goal.kind === 'updated' && goal.table === change.table && goal.row === change.now.id);
    case 'deleted':
      return goals.some(
        (goal) => (goal.kind === 'updated' || goal.kind === 'deleted') && goal.table === change.table && goal.row === change.row.id,
      );
  }
}
