import { verbs, type Condition, type Policy, type PolicyRule, type Verb } from '@backlot/protocol';
import { compileCondition, listOf, type Test } from './condition.ts';
import { detectors } from './pieces.ts';
import { sayCondition } from './word-condition.ts';

/** A rule that can be asked. */
export interface CompiledRule {
  readonly id: string;
  readonly verb: Verb;
  readonly reason: string;
  readonly instead: string | undefined;
  /** The condition in words. */
  readonly says: string;
  readonly holds: Test;
  /** The condition without its budget: what counts as a match of this rule once it was carried out. */
  readonly counts: Test;
}

/** A policy that can be asked. */
export interface CompiledPolicy {
  readonly name: string;
  /** Whether doubt is enough for a rule to forbid. */
  readonly isStrict: boolean;
  /** Whether any rule asks what an action leads to. */
  readonly needsForesight: boolean;
  /** Whether any rule asks where in the window an action points. */
  readonly needsPlace: boolean;
  readonly rules: readonly CompiledRule[];
}

/** Reads a policy once, so that asking it is cheap. */
export function compilePolicy(policy: Policy): CompiledPolicy {
  const found = detectors(policy);
  return {
    name: policy.name,
    isStrict: policy.doubt !== 'lenient',
    needsForesight: policy.rules.some(({ when }) => asksAhead(when)),
    needsPlace: policy.rules.some(({ when }) => asks(when, ({ within }) => within !== undefined)),
    rules: policy.rules.map((rule) => compileRule(rule, { policy: policy.name, rule: rule.id, detectors: found })),
  };
}

function compileRule(rule: PolicyRule, context: Parameters<typeof compileCondition>[1]): CompiledRule {
  const verb = verbs.find((each) => rule[each] !== undefined) as Verb;
  const holds = compileCondition(rule.when, context);
  const { exceeds, ...rest } = rule.when;
  return {
    id: rule.id,
    verb,
    reason: rule[verb] as string,
    instead: rule.instead,
    says: sayCondition(rule.when),
    holds,
    counts: exceeds === undefined ? holds : compileCondition(rest, context),
  };
}

const foreseenFields = ['to', 'leaves', 'changes', 'irreversible', 'certainty', 'spends'] as const;

/** Whether a condition asks about more than the action, the page and the past. */
const asksAhead = (condition: Condition): boolean =>
  asks(condition, ({ data, exceeds, ...rest }) => {
    if (foreseenFields.some((field) => rest[field] !== undefined)) return true;
    if (data !== undefined && listOf(data.in).some((place) => place !== 'typed')) return true;
    return exceeds?.money !== undefined || exceeds?.records !== undefined;
  });

/** Whether a condition, or one that it is made of, asks about something. */
function asks(condition: Condition, about: (condition: Condition) => boolean): boolean {
  const { not, any = [], all = [] } = condition;
  return about(condition) || [...any, ...all, ...(not === undefined ? [] : [not])].some((part) => asks(part, about));
}
