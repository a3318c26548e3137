import fc from 'fast-check';
import { readdir, readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { verbs, type Action } from '@backlot/protocol';
import { parsePolicy, PolicyError, readPolicy, testPolicy } from '../../src/index.ts';
import { ruling, subject } from './subjects.ts';

const ready = new URL('../../../../sandboxes/policies/', import.meta.url);
const names = (await readdir(ready)).filter((name) => name.endsWith('.yaml'));

describe('a policy file', () => {
  it.each(names)('that is ready passes its own tests: %s', async (name) => {
    const { results, untested } = testPolicy(await readPolicy(new URL(name, ready).pathname));
    expect(results.filter(({ passed }) => !passed)).toEqual([]);
    expect(results.length).toBeGreaterThan(3);
    expect(untested).toEqual([]);
  });

  it('that has a failing test says what came instead', () => {
    const text = `v: 1\nname: x\nrules: []\ntests: [{ name: opens, action: { kind: reload }, expect: allow }]`;
    expect(testPolicy(parsePolicy(text)).results).toEqual([
      { name: 'opens', passed: false, says: 'expected allow, came deny by no rule: No rule of the policy “x” allows it.' },
    ]);
  });

  it.each([
    ['no YAML', 'v: [1', /^p\.yaml, line 1: /],
    ['a name twice', 'v: 1\nv: 1\nname: x\nrules: []', /^p\.yaml, line 2: .*unique/],
    [
      'a rule without a verb',
      'v: 1\nname: x\nrules:\n  - id: a\n    when: {}',
      /line 4, rules\.0: a rule needs exactly one of end, deny, ask, allow/,
    ],
    ['a rule with two', 'v: 1\nname: x\nrules:\n  - { id: a, allow: A., deny: B., when: {} }', /needs exactly one/],
    [
      'a misspelt condition',
      'v: 1\nname: x\nrules:\n  - { id: a, allow: A., when: { actoin: click } }',
      /line 4, rules\.0\.when: .*actoin/,
    ],
    [
      'two rules of one name',
      'v: 1\nname: x\nrules: [{ id: a, deny: A., when: {} }, { id: a, deny: A., when: {} }]',
      /two rules are named "a"/,
    ],
    [
      'a rule that waits for none',
      'v: 1\nname: x\nrules: [{ id: a, deny: A., when: { not: { after: b } } }]',
      /waits for "b", and there is no such rule/,
    ],
    ['another version', 'v: 2\nname: x\nrules: []', /line 1, v: /],
    ['nothing', '', /is no policy/],
    ['a tag of its own', 'v: 1\nname: !!js/function x\nrules: []', /p\.yaml/],
    [
      'anchors that multiply',
      `a: &a [x,x]\n${[...'bcdefghij'].map((name, i) => `${name}: &${name} [${`*${'abcdefghij'[i]},`.repeat(9)}]`).join('\n')}`,
      /p\.yaml/,
    ],
  ])('with %s is refused in words', (_what, text, says) => {
    expect(() => parsePolicy(text, 'p.yaml')).toThrow(PolicyError);
    expect(() => parsePolicy(text, 'p.yaml')).toThrow(says);
  });

  it('that is not there is asked for', async () => {
    await expect(readPolicy('/no/such.yaml')).rejects.toThrow("/no/such.yaml can't be read: there is no such file");
  });

  it('that was damaged is read or refused in words, and never breaks anything else', async () => {
    const texts = await Promise.all(names.map((name) => readFile(new URL(name, ready), 'utf8')));
    const damage = fc.record({
      text: fc.constantFrom(...texts),
      at: fc.nat(4000),
      cut: fc.nat(40),
      put: fc.string({ unit: fc.constantFrom(...'{}[]:,-&*!|>\'"# \nnull~0\u0000é'), maxLength: 12 }),
    });
    let read = 0;
    fc.assert(
      fc.property(damage, ({ text, at, cut, put }) => {
        const damaged = text.slice(0, at) + put + text.slice(at + cut);
        try {
          testPolicy(parsePolicy(damaged));
          read += 1;
        } catch (error) {
          expect(error).toBeInstanceOf(PolicyError);
        }
      }),
      { numRuns: 2000 },
    );
    expect(read).toBeGreaterThan(40);
  }, 120_000);

  it('judges any action that an agent may make up', async () => {
    const policies = await Promise.all(names.map((name) => readPolicy(new URL(name, ready).pathname)));
    const text = fc.string({ unit: 'binary', maxLength: 60 });
    const action = fc.record(
      {
        kind: fc.constantFrom('click', 'fill', 'press', 'goto', 'select', 'wait', 'back'),
        target: fc.record({ role: text, name: text, nth: fc.nat() }),
        value: text,
      },
      { requiredKeys: ['kind'] },
    ) as fc.Arbitrary<Action>;
    fc.assert(
      fc.property(fc.constantFrom(...policies), action, fc.boolean(), (policy, drawn, isKnown) => {
        const { decision } = ruling(policy, subject(drawn, isKnown ? {} : null));
        expect(verbs).toContain(decision.verb);
        if (decision.verb !== 'allow') expect(decision.reason.length * decision.instead.length).toBeGreaterThan(0);
      }),
      { numRuns: 20_000 },
    );
  }, 120_000);
});
