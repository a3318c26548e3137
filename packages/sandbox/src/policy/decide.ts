import { verbs, type Decision, type Verb } from '@backlot/protocol';
import type { CompiledPolicy, CompiledRule } from './compile-policy.ts';
import type { Question } from './condition.ts';
import { ruleKey } from './ledger.ts';
import type { Foresight } from './subject.ts';
import { isFalse, isTrue, unknown } from './truth.ts';

/** A decision, and the rules that it counts for once the action was carried out (see `Ledger.matches`). */
export interface Ruling {
  readonly decision: Decision;
  readonly matched: readonly string[];
}

interface Match {
  readonly policy: string;
  readonly rule: CompiledRule;
  readonly isDoubtful: boolean;
}

const strictness = (verb: Verb): number => verbs.indexOf(verb);

/**
 * Judges an action. In each policy the strictest rule that matches decides (`end`, then `deny`, `ask`, `allow`), of equally strict ones
 * the first; where none matches, the action is denied. Of several policies the strictest decision stands, of equally strict ones that
 * of the first policy: each of them must let an action pass. What a rule asks about and nobody knows makes it match if it forbids and
 * the policy is strict; it never makes an `allow` match. Without any policy everything is allowed.
 */
export function decide(policies: readonly CompiledPolicy[], question: Question): Ruling {
  const rulings = policies.map((policy) => decideOne(policy, question));
  const [strictest] = rulings.toSorted((a, b) => strictness(a.decision.verb) - strictness(b.decision.verb));
  if (strictest === undefined) return { decision: withForeseen(unguarded, null), matched: [] };
  const matches = rulings.flatMap(({ decision }) => decision.matches).toSorted((a, b) => strictness(a.verb) - strictness(b.verb));
  return { decision: { ...strictest.decision, matches }, matched: rulings.flatMap(({ matched }) => matched) };
}

const unguarded: Decision = {
  verb: 'allow',
  policy: null,
  rule: null,
  reason: 'No policy is in force.',
  instead: '',
  doubtful: false,
  matches: [],
};

function decideOne(policy: CompiledPolicy, question: Question): Ruling {
  const matches: Match[] = [];
  const matched: string[] = [];
  const { subject, asked } = watching(question);
  const watched = { ...question, subject };
  for (const rule of policy.rules) {
    const truth = rule.holds(watched);
    const doubtIsEnough = policy.isStrict && rule.verb !== 'allow';
    if (truth === isTrue || (truth === unknown && doubtIsEnough)) {
      matches.push({ policy: policy.name, rule, isDoubtful: truth === unknown });
      matched.push(ruleKey(policy.name, rule.id));
    } else if (rule.counts !== rule.holds && rule.counts(watched) !== isFalse) matched.push(ruleKey(policy.name, rule.id));
  }
  const inOrder = matches.toSorted((a, b) => strictness(a.rule.verb) - strictness(b.rule.verb));
  return { decision: withForeseen(worded(policy, inOrder), asked()), matched };
}

/** Keeps what was foreseen, if anything was asked for: a decision tells what it stands on. */
function watching({ subject }: Question): { readonly subject: Question['subject']; readonly asked: () => Foresight | null } {
  let seen: Foresight | null = null;
  return { subject: { ...subject, foresee: () => (seen = subject.foresee()) }, asked: () => seen };
}

function worded(policy: CompiledPolicy, matches: readonly Match[]): Decision {
  const [first] = matches;
  const said = matches.map((match) => ({ policy: match.policy, rule: match.rule.id, verb: match.rule.verb }));
  const allowed = policy.rules.filter(({ verb }) => verb === 'allow');
  if (first === undefined) {
    const reason = `No rule of the policy “${policy.name}” allows it.`;
    return { verb: 'deny', policy: policy.name, rule: null, reason, instead: sayAllowed(allowed), doubtful: false, matches: said };
  }
  const { rule, isDoubtful } = first;
  const decided = { verb: rule.verb, policy: policy.name, rule: rule.id, doubtful: isDoubtful, matches: said };
  if (rule.verb === 'allow') return { ...decided, reason: rule.reason, instead: '' };
  const doubt = isDoubtful ? ` It is not known whether ${rule.says}.` : '';
  const passed = matches.some((match) => match.rule.verb === 'allow');
  const without = passed ? `What would be allowed: the same, as long as it is not so that ${rule.says}.` : sayAllowed(allowed);
  return { ...decided, reason: `${rule.reason}${doubt}`, instead: rule.instead ?? without };
}

function sayAllowed(rules: readonly CompiledRule[]): string {
  if (rules.length === 0) return 'This policy allows nothing.';
  const shown = rules.slice(0, 3).map(({ id, says }) => `${id}: ${says}`);
  return `What would be allowed: ${shown.join('; ')}${rules.length > shown.length ? `; and ${rules.length - shown.length} more` : ''}.`;
}

function withForeseen(decision: Decision, foresight: Foresight | null): Decision {
  if (foresight === null) return decision;
  const { certainty, irreversible, to } = foresight;
  return { ...decision, foreseen: { certainty, irreversible, to, changes: foresight.changes.map(({ says }) => says).slice(0, 50) } };
}
