import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { policySchema, verbs, type Condition, type Policy, type Verb } from '@backlot/protocol';
import type { Foresight, Subject } from '../../src/index.ts';
import { sayCondition } from '../../src/index.ts';
import { change, click, ruling, subject } from './subjects.ts';

/** A condition in the plainest words: null is unknown. */
function holds(condition: Condition, asked: Subject): boolean | null {
  const parts = [...plainParts(condition, asked), ...nestedParts(condition, asked)];
  return parts.includes(false) ? false : parts.includes(null) ? null : true;
}

function plainParts({ action, irreversible, changes, spends }: Condition, asked: Subject): readonly (boolean | null)[] {
  const foresight = asked.foresee();
  const known = foresight === null || foresight.certainty === 'unseen' ? null : foresight;
  const parts: (boolean | null)[] = [];
  if (action !== undefined) parts.push([action].flat().includes(asked.action.kind));
  if (irreversible !== undefined) parts.push(known === null || known.irreversible === null ? null : known.irreversible === irreversible);
  if (changes === 'none') parts.push(known === null ? null : known.changes.length === 0);
  if (spends !== undefined) parts.push(known === null ? null : known.spends > spends);
  return parts;
}

function nestedParts({ not, any }: Condition, asked: Subject): readonly (boolean | null)[] {
  const parts: (boolean | null)[] = [];
  if (not !== undefined) {
    const inner = holds(not, asked);
    parts.push(inner === null ? null : !inner);
  }
  if (any !== undefined) {
    const inner = any.map((each) => holds(each, asked));
    parts.push(inner.includes(true) ? true : inner.includes(null) ? null : false);
  }
  return parts;
}

function reference(policies: readonly Policy[], asked: Subject): Verb {
  const said = policies.map((policy): Verb => {
    const matching = policy.rules.filter((rule) => {
      const truth = holds(rule.when, asked);
      return truth === true || (truth === null && policy.doubt !== 'lenient' && rule.allow === undefined);
    });
    return verbs.find((verb) => matching.some((rule) => rule[verb] !== undefined)) ?? 'deny';
  });
  return verbs.find((verb) => said.includes(verb)) ?? 'allow';
}

const conditions = fc.letrec<{ condition: Condition }>((tie) => ({
  condition: fc.record(
    {
      action: fc.constantFrom('click', 'fill', ['click', 'goto'] as const),
      irreversible: fc.boolean(),
      changes: fc.constant('none'),
      spends: fc.integer({ min: 0, max: 3 }),
      not: fc.option(tie('condition'), { nil: undefined, depthSize: 'small', depthIdentifier: 'condition' }),
      any: fc.array(tie('condition'), { minLength: 1, maxLength: 2, depthIdentifier: 'condition' }),
    },
    { requiredKeys: [] },
  ) as fc.Arbitrary<Condition>,
})).condition;

const rules = fc.array(fc.tuple(fc.constantFrom(...verbs), conditions), { maxLength: 5 });
const policies = fc.array(
  fc.record({ rules, doubt: fc.constantFrom('strict', 'lenient') }).map(({ rules: drawn, doubt }, i = 0): Policy => {
    const written = drawn.map(([verb, when], n) => ({ id: `r${n}`, [verb]: 'Because.', when }));
    return policySchema.parse({ v: 1, name: `p${i}`, doubt, rules: written });
  }),
  { maxLength: 3 },
);
const foresights: fc.Arbitrary<Partial<Foresight> | null> = fc.option(
  fc.record({
    certainty: fc.constantFrom('certain', 'ambiguous', 'unseen'),
    irreversible: fc.option(fc.boolean()),
    changes: fc.constantFrom([], [change('deleted')]),
    spends: fc.integer({ min: 0, max: 4 }),
  }),
);

describe('the evaluator of policies', () => {
  it('decides as the reference does, for any policies and any action', () => {
    fc.assert(
      fc.property(policies, foresights, fc.constantFrom(click('X'), { kind: 'fill', value: 'y' } as const), (drawn, foresight, action) => {
        const asked = subject(action, foresight);
        expect(ruling(drawn, asked).decision.verb).toBe(reference(drawn, asked));
      }),
      { numRuns: 4000 },
    );
  }, 120_000);

  it('says every condition in words', () => {
    fc.assert(
      fc.property(conditions, (condition) => {
        expect(sayCondition(condition)).not.toMatch(/undefined|\[object/);
      }),
      { numRuns: 2000 },
    );
  });
});
