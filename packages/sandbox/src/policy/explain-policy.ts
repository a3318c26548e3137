import type { Verb } from '@backlot/protocol';
import type { CompiledPolicy } from './compile-policy.ts';
import type { Question } from './condition.ts';
import { isFalse, isTrue } from './truth.ts';

/** What a rule has to say about an action. */
export interface RuleView {
  readonly policy: string;
  readonly rule: string;
  readonly verb: Verb;
  readonly holds: 'yes' | 'no' | 'unknown';
  /** The rule's condition in words. */
  readonly says: string;
  readonly reason: string;
}

/** Every rule of the policies, in their order, and whether it holds for an action. */
export function explainPolicies(policies: readonly CompiledPolicy[], question: Question): readonly RuleView[] {
  return policies.flatMap(({ name, rules }) =>
    rules.map(({ id, verb, says, reason, holds }) => {
      const truth = holds(question);
      return { policy: name, rule: id, verb, holds: truth === isTrue ? 'yes' : truth === isFalse ? 'no' : 'unknown', says, reason };
    }),
  );
}
