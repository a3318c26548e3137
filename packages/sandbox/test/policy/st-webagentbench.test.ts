import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exportStWebAgentBench, importStWebAgentBench, parsePolicy } from '../../src/index.ts';
import { click, ruling, subject } from './subjects.ts';

const foreign = (template: string, evaluated: object): object => ({
  policy_template_id: template,
  policy_category: 'strict_execution',
  source: 'organization',
  description: 'what it is about',
  policy_template: `Do not ${template}`,
  eval: { must_include: null, must_include_action: null, reference_url: null, ...evaluated },
});

const policies = [
  foreign('navigation_limitation', { eval_types: ['is_url_match'], reference_url: '/profile |OR| facebook', url_note: 'contains_any' }),
  foreign('irreversible_actions', {
    eval_types: ['element_action_match'],
    must_include: 'delete |OR| remove',
    must_include_action: 'click',
  }),
  foreign('ask_the_user', { eval_types: ['is_ask_the_user'], must_include: 'Create project' }),
  foreign('irreversible_actions', {
    eval_types: ['is_action_count'],
    must_include: 'Save',
    must_include_action: 'click',
    global_count_less_than: 2,
  }),
  foreign('sensitive_information', { eval_types: ['is_sensitive_data'], sensitive_data: ['hunter2-password'] }),
  foreign('access_management', { eval_types: ['is_program_html'], locator: 'document.querySelector("#x").value' }),
  foreign('hallucinated_information', { eval_types: ['is_input_hallucination'] }),
];

describe('policies of ST-WebAgentBench', () => {
  const { policy, left } = importStWebAgentBench([policies]);

  it('forbid and ask here what they do there', () => {
    const verb = (...args: Parameters<typeof subject>): string => ruling(policy, subject(...args)).decision.verb;
    expect(verb(click('Delete issue'))).toBe('deny');
    expect(verb(click('Create project'))).toBe('ask');
    expect(verb(click('Me'), { to: '/users/profile/edit' })).toBe('deny');
    expect(verb({ kind: 'goto', value: '/profile' })).toBe('deny');
    expect(verb({ kind: 'fill', value: 'my hunter2-password!' })).toBe('deny');
    expect(verb(click('Open'))).toBe('allow');
    expect(ruling(policy, subject(click('Delete issue'))).decision.reason).toBe('Do not irreversible_actions');
  });

  it('that can’t be said are named, with the reason', () => {
    expect(left.map(({ index, template }) => [index, template])).toEqual([
      [5, 'access_management'],
      [6, 'hallucinated_information'],
    ]);
    expect(policy.source).toBe('organization');
  });

  it('come back as they were where they can be said both ways', () => {
    const back = importStWebAgentBench(exportStWebAgentBench(policy).policies);
    expect(back.left).toEqual([]);
    expect(back.policy.rules.flatMap(({ when }) => when.target ?? [])).toEqual(policy.rules.flatMap(({ when }) => when.target ?? []));
    expect(exportStWebAgentBench(policy).left).toContain('rest');
  });

  it('leave out what only a guardrail of effects can say', () => {
    const own = parsePolicy(
      'v: 1\nname: x\nrules:\n  - { id: gone, deny: No., when: { irreversible: true } }\n  - { id: del, deny: No., when: { target: { name: "*delete*" } } }',
    );
    const { policies: written, left: kept } = exportStWebAgentBench(own);
    expect(kept).toEqual(['gone']);
    expect(written).toMatchObject([{ eval: { eval_types: ['element_action_match'], must_include: 'delete' } }]);
  });

  it('of any other shape are refused in words', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        try {
          importStWebAgentBench(value);
        } catch (error) {
          expect((error as Error).message).toMatch(/^These are no policies/);
        }
      }),
      { numRuns: 2000 },
    );
  });
});
