import type { World } from '@backlot/protocol';
import { contextOf, questionText, system } from './prompt.ts';
import type { Occasion, Problem, Question } from './question.ts';
import { holeAnswer, ruleAnswer } from './schema.ts';

const mostOccasions = 8;
const maxTokens = 4000;

/**
 * One question for each problem, most evidence first. Of the sessions that show a problem every third is kept back, the second one first,
 * so that its steps can decide on the answer; where only one session shows it, nothing can be kept back.
 */
export function questionsOf(world: World, problems: readonly Problem[]): readonly Question[] {
  const context = contextOf(world);
  return problems
    .filter(({ occasions }) => occasions.length > 0)
    .map((problem) => questionOf(world, problem, context))
    .sort((a, b) => b.problem.occasions.length - a.problem.occasions.length || (a.id < b.id ? -1 : 1));
}

function questionOf(world: World, problem: Problem, context: string): Question {
  const sessions = [...new Set(problem.occasions.map(({ evidence }) => evidence.session))].sort();
  const held = sessions.filter((_, i) => i % 3 === 1);
  const shown = sessions.filter((_, i) => i % 3 !== 1);
  const occasions = chosen(problem.occasions.filter(({ evidence }) => shown.includes(evidence.session)));
  const tool =
    problem.kind === 'hole'
      ? { name: 'propose_expression', description: 'Proposes the expression that fills the place.', schema: holeAnswer }
      : { name: 'propose_rule', description: 'Proposes guard, effects and lead of the rule.', schema: ruleAnswer };
  return {
    id: idOf(problem),
    problem,
    shown,
    held,
    request: { system, context, question: questionText(world, problem, occasions), tool, maxTokens },
  };
}

/** Occasions whose state is sure come first, then one of each session in turn. */
function chosen(occasions: readonly Occasion[]): readonly Occasion[] {
  const turns = new Map<string, number>();
  const ranked = occasions.map((occasion) => {
    const { session } = occasion.evidence;
    const turn = turns.get(session) ?? 0;
    turns.set(session, turn + 1);
    return { occasion, turn };
  });
  ranked.sort((a, b) => Number(a.occasion.drifted) - Number(b.occasion.drifted) || a.turn - b.turn);
  return ranked.slice(0, mostOccasions).map(({ occasion }) => occasion);
}

function idOf(problem: Problem): string {
  if (problem.kind === 'rule') return `rule ${problem.rule}`;
  if (problem.kind === 'hole') {
    const { page, anchor, ...part } = problem.at;
    return `hole ${page} ${anchor} ${'attr' in part ? part.attr : part.kid}`;
  }
  const { on } = problem;
  if ('ui' in on) return `exception ${on.ui.page} ${on.ui.anchor} ${on.ui.event}`;
  if ('request' in on) return `exception ${on.request.method} ${on.request.route}`;
  return `exception ${'open' in on ? `open ${on.open}` : on.timer}`;
}
