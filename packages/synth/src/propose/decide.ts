import type { Expr, Rule, Template, World } from '@backlot/protocol';
import { unknownInHole, unknownInRule } from './names.ts';
import type { Proof, Prove } from './prove.ts';
import type { HolePlace, Problem, Question } from './question.ts';
import { readExpr, readRule, type Read, type RuleBody } from './schema.ts';

/** The world with the proposal in it and how many steps that wins, or why it is left out. */
export type Decision = { readonly adopted: World; readonly won: number } | { readonly discarded: string };

/**
 * Lets the logs decide on a proposal. It is adopted only if it fits the schema, names nothing that the world lacks, wins steps and loses
 * none, holds in the sessions that were kept back, and if the logs need each of its effects.
 */
export function decide(
  world: World,
  { question, proposal }: { readonly question: Question; readonly proposal: unknown },
  prove: Prove,
): Decision {
  const { problem, held } = question;
  const read = candidatesOf(world, problem, proposal);
  if ('wrong' in read) return { discarded: `The proposal can't be used: ${read.wrong}.` };
  const [candidate, ...lesser] = read.ok;
  if (!candidate) return { discarded: "The proposal can't be used: its place is no longer in the world." };
  const proof = prove(candidate);
  const against = objection(proof, problem, held);
  if (against !== null) return { discarded: against };
  const spare = lesser.findIndex((without) => isAsGood(prove(without), proof));
  if (spare >= 0) return { discarded: `The logs do not need its effect ${spare + 1}: all steps are won without it.` };
  return { adopted: forgetting(candidate, problem, proof), won: wonIn(proof) };
}

const wonIn = ({ sessions }: Proof): number => sessions.reduce((sum, { won }) => sum + won.length, 0);

function isAsGood(proof: Proof, than: Proof): boolean {
  const same = (a: readonly number[], b: readonly number[] = []): boolean => b.every((step) => a.includes(step));
  return proof.sessions.every(({ won, lost, accepted }, i) => {
    const other = than.sessions[i];
    return lost.length === 0 && same(won, other?.won) && accepted.after >= (other?.accepted.after ?? 0);
  });
}

/** What speaks against a candidate; null where nothing does. */
function objection({ sessions }: Proof, problem: Problem, held: readonly string[]): string | null {
  if (held.length === 0) return 'Only one session shows this, so that nothing could prove a proposal.';
  const loser = sessions.find(({ lost }) => lost.length > 0);
  if (loser) return `It loses step ${loser.lost[0]} of ${loser.session}, which the world replays as it is.`;
  const shorter = sessions.find(({ accepted }) => accepted.after < accepted.before);
  if (shorter)
    return `It ends ${shorter.session} after ${shorter.accepted.after} steps; the world as it is takes ${shorter.accepted.before}.`;
  if (wonIn({ sessions }) === 0) return 'It wins no step that the world does not replay as it is.';
  const kept = sessions.filter(({ session }) => held.includes(session));
  const isOpen = kept.some(({ session, missed }) =>
    problem.occasions.some(({ evidence }) => evidence.session === session && missed.includes(evidence.step)),
  );
  if (isOpen && wonIn({ sessions: kept }) === 0) {
    return `It fits only what was shown: in the sessions kept back (${held.join(', ')}) it wins no step.`;
  }
  return null;
}

/** The world with the proposal, then the same without each of its effects in turn. */
function candidatesOf(world: World, problem: Problem, proposal: unknown): Read<readonly World[]> {
  if (problem.kind === 'hole') {
    const expr = readExpr(proposal);
    if ('wrong' in expr) return expr;
    const unknown = unknownInHole(world, problem.at, expr.ok);
    const filled = withHole(world, problem.at, expr.ok);
    return unknown === null ? { ok: filled ? [filled] : [] } : { wrong: unknown };
  }
  const body = readRule(proposal);
  if ('wrong' in body) return body;
  const old = problem.kind === 'rule' ? world.rules.find(({ id }) => id === problem.rule) : undefined;
  const on = problem.kind === 'rule' ? old?.on : problem.on;
  if (!on) return { ok: [] };
  const unknown = unknownInRule(world, on, body.ok);
  if (unknown !== null) return { wrong: unknown };
  const rule = old ?? { id: freshId(world), on, evidence: evidenceOf(problem) };
  const { do: effects } = body.ok;
  const without = effects.map((_, i) => ({ ...body.ok, do: effects.filter((_effect, other) => other !== i) }));
  return { ok: [body.ok, ...without].map((each) => withRule(world, rule, each)) };
}

const evidenceOf = ({ occasions }: Problem): Rule['evidence'] => occasions.map(({ evidence }) => evidence);

function freshId({ rules }: World): string {
  const taken = new Set(rules.map(({ id }) => id));
  for (let n = 1; ; n++) if (!taken.has(`proposed-${n}`)) return `proposed-${n}`;
}

/** A new rule goes first: what it explains is what the others did not. */
function withRule(world: World, { id, on, evidence }: Pick<Rule, 'id' | 'on' | 'evidence'>, body: RuleBody): World {
  const rule: Rule = { id, on, ...body, evidence, certainty: 'ambiguous', probability: 1 };
  const isThere = world.rules.some((each) => each.id === id);
  return { ...world, rules: isThere ? world.rules.map((each) => (each.id === id ? rule : each)) : [rule, ...world.rules] };
}

/** The world with an expression in a hole; null where there is no such place. */
function withHole(world: World, at: HolePlace, expr: Expr): World | null {
  let found = false;
  const fill = (template: Template): Template => {
    if (!('kids' in template)) return template;
    const kids = template.kids.map(fill);
    if ('when' in template) return { ...template, kids, ...(template.else ? { else: template.else.map(fill) } : {}) };
    if (!('el' in template) || template.anchor !== at.anchor) return { ...template, kids };
    const kid = 'kid' in at ? kids[at.kid] : undefined;
    if ('attr' in at ? !Object.hasOwn(template.attrs, at.attr) : !kid || !('text' in kid)) return { ...template, kids };
    found = true;
    if ('attr' in at) return { ...template, kids, attrs: { ...template.attrs, [at.attr]: expr } };
    return { ...template, kids: kids.map((each, i) => (i === at.kid ? { text: expr } : each)) };
  };
  const pages = world.pages.map((page) => (page.id === at.page ? { ...page, template: fill(page.template) } : page));
  return found ? { ...world, pages } : null;
}

/** Exceptions that the proposal explains are exceptions no more. */
function forgetting(world: World, problem: Problem, { sessions }: Proof): World {
  const won = new Set(sessions.flatMap((proof) => proof.won.map((step) => `${proof.session} ${step}`)));
  const own = new Set(evidenceOf(problem).map(({ session, step }) => `${session} ${step}`));
  const isExplained = (name: string): boolean => own.has(name) && won.has(name);
  return { ...world, exceptions: world.exceptions.filter(({ evidence: { session, step } }) => !isExplained(`${session} ${step}`)) };
}
