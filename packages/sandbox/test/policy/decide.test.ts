import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Policy, Verb } from '@backlot/protocol';
import { emptyLedger, enter } from '../../src/index.ts';
import { change, click, policy, ruling, subject } from './subjects.ts';

const verb = (...args: Parameters<typeof ruling>): Verb => ruling(...args).decision.verb;

describe('a decision', () => {
  it('denies what no rule allows, and says what would be', () => {
    const { decision } = ruling(policy('  - { id: reading, allow: Fine., when: { action: goto } }'), subject(click('Save')));
    expect(decision).toMatchObject({ verb: 'deny', policy: 'test', rule: null, doubtful: false });
    expect(decision.reason).toBe('No rule of the policy “test” allows it.');
    expect(decision.instead).toBe('What would be allowed: reading: the action is goto.');
  });

  it('allows everything where there is no policy', () => expect(verb([], subject(click('Save')))).toBe('allow'));

  it('denies everything under a policy without rules', () => expect(verb(policy('  []'), subject(click('Save')))).toBe('deny'));

  it('is that of the strictest rule: end, then deny, then ask, then allow, wherever they stand', () => {
    const order: readonly Verb[] = ['end', 'deny', 'ask', 'allow'];
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...order), { minLength: 1, maxLength: 6 }), (said) => {
        const rules = said.map((each, i) => `  - { id: r${i}, ${each}: Because., when: {} }`).join('\n');
        const strictest = order.find((each) => said.includes(each)) as Verb;
        const { decision } = ruling(policy(rules), subject(click('Save')));
        expect(decision.verb).toBe(strictest);
        expect(decision.rule).toBe(`r${said.indexOf(strictest)}`);
      }),
    );
  });

  it('needs every policy to let an action pass: no policy loosens another', () => {
    const [open, closed] = [policy('  - { id: all, allow: Fine., when: {} }'), policy('  - { id: none, deny: No., when: {} }')];
    expect(verb([open, closed], subject(click('Save')))).toBe('deny');
    expect(verb([closed, open], subject(click('Save')))).toBe('deny');
    expect(verb([open, open], subject(click('Save')))).toBe('allow');
  });

  it('says which rule, why, and what would be allowed instead', () => {
    const rules = '  - { id: gone, deny: It is gone., when: { irreversible: true } }\n  - { id: work, allow: Work., when: {} }';
    const { decision } = ruling(policy(rules), subject(click('Delete'), { irreversible: true, changes: [change('deleted')] }));
    expect(decision).toMatchObject({ rule: 'gone', reason: 'It is gone.' });
    expect(decision.instead).toBe('What would be allowed: the same, as long as it is not so that it cannot be undone.');
    expect(decision.foreseen).toEqual({ certainty: 'certain', irreversible: true, changes: ['item deleted'], to: '/' });
    expect(decision.matches).toEqual([
      { policy: 'test', rule: 'gone', verb: 'deny' },
      { policy: 'test', rule: 'work', verb: 'allow' },
    ]);
  });

  describe('where the effects are not known', () => {
    const rules = '  - { id: gone, deny: It is gone., when: { irreversible: true } }\n  - { id: work, allow: Work., when: {} }';
    it('forbids what a strict policy might forbid, and says that it is a doubt', () => {
      const { decision } = ruling(policy(rules), subject(click('Delete'), null));
      expect(decision).toMatchObject({ verb: 'deny', rule: 'gone', doubtful: true });
      expect(decision.reason).toBe('It is gone. It is not known whether it cannot be undone.');
    });
    it('takes what was foreseen without evidence for unknown', () =>
      expect(ruling(policy(rules), subject(click('Delete'), { certainty: 'unseen' })).decision.doubtful).toBe(true));
    it('lets pass what a lenient policy does not know to be forbidden', () =>
      expect(verb(policy(rules, 'doubt: lenient\n'), subject(click('Delete'), null))).toBe('allow'));
    it('never allows by a rule that asks about them, lenient or not', () => {
      const reading = '  - { id: reading, allow: Fine., when: { changes: none } }';
      expect(verb(policy(reading), subject(click('Open'), null))).toBe('deny');
      expect(verb(policy(reading, 'doubt: lenient\n'), subject(click('Open'), null))).toBe('deny');
      expect(verb(policy(reading), subject(click('Open')))).toBe('allow');
    });
    it('negates doubt to doubt', () => {
      const reading = '  - { id: reading, allow: Fine., when: { not: { changes: [{}] } } }';
      expect(verb(policy(reading), subject(click('Open'), null))).toBe('deny');
    });
  });

  it('asks for effects only where a rule needs them', () => {
    const rules = '  - { id: gone, deny: No., when: { action: dblclick, irreversible: true } }\n  - { id: work, allow: Work., when: {} }';
    let asked = 0;
    const watched = { ...subject(click('Save')), foresee: () => ((asked += 1), null) };
    expect(verb(policy(rules), watched)).toBe('allow');
    expect(asked).toBe(0);
  });

  describe('over an episode', () => {
    const limited = policy(
      '  - { id: twice, deny: Twice is enough., when: { target: { name: Save }, exceeds: { matches: 2 } } }\n  - { id: work, allow: Work., when: {} }',
    );
    it('allows at most n of a kind', () => {
      let ledger = emptyLedger;
      const verbs = ['Save', 'Open', 'Save', 'Save'].map((name) => {
        const { decision, matched } = ruling(limited, subject(click(name)), ledger);
        if (decision.verb === 'allow') ledger = enter(ledger, { action: click(name), foresight: null, matched, seconds: 1 });
        return decision.verb;
      });
      expect(verbs).toEqual(['allow', 'allow', 'allow', 'deny']);
    });

    it('allows something only after something else', () => {
      const ordered = policy(
        '  - { id: review, allow: Review., when: { target: { name: Review } } }\n  - { id: send, allow: Reviewed., when: { target: { name: Send }, after: review } }',
      );
      expect(verb(ordered, subject(click('Send')))).toBe('deny');
      const { matched } = ruling(ordered, subject(click('Review')));
      const ledger = enter(emptyLedger, { action: click('Review'), foresight: null, matched, seconds: 1 });
      expect(verb(ordered, subject(click('Send')), ledger)).toBe('allow');
    });

    it('sums up money, records, steps, time and repeats', () => {
      const budget = (limit: string): Policy =>
        policy(`  - { id: over, deny: Over., when: { exceeds: { ${limit} } } }\n  - { id: work, allow: Work., when: {} }`);
      const foresight = { ...subject(click('Buy'), { spends: 40, changes: [change('inserted'), change('updated')] }).foresee()! };
      const once = enter(emptyLedger, { action: click('Buy'), foresight, matched: [], seconds: 5 });
      const again = subject(click('Buy'), foresight);
      for (const [within, over] of [
        ['money: 80', 'money: 79'],
        ['records: 4', 'records: 3'],
        ['steps: 2', 'steps: 1'],
        ['seconds: 6', 'seconds: 5'],
        ['repeats: 2', 'repeats: 1'],
      ] as const) {
        expect(verb(budget(within), again, once), within).toBe('allow');
        expect(verb(budget(over), again, once), over).toBe('deny');
      }
    });
  });

  it.each([
    ['address: /admin/*', subject(click('X'), {}, { address: '/admin/users' }), subject(click('X'), {}, { address: '/users' })],
    ['to: /admin*', subject(click('X'), { to: '/admin' }), subject(click('X'), { to: '/' })],
    ['leaves: true', subject(click('X'), { leaves: true, to: 'https://x.test/' }), subject(click('X'))],
    ['target: { role: link }', subject(click('X', 'link')), subject(click('X'))],
    ['target: [{ name: A* }, { name: B* }]', subject(click('Bold')), subject(click('Call'))],
    [
      'value: /admin*',
      subject({ kind: 'goto', value: '../%61dmin' }, {}, { address: '/a/b' }),
      subject({ kind: 'fill', value: '../%61dmin' }),
    ],
    ['value: "*drop*"', subject({ kind: 'fill', value: 'drop it' }), subject({ kind: 'fill', value: 'keep it' })],
    [
      'within: { x: 0, y: 0, width: 10, height: 10 }',
      subject(click('X'), {}, { point: { x: 5, y: 5 } }),
      subject(click('X'), {}, { point: { x: 5, y: 11 } }),
    ],
    ['shows: Are you sure', subject(click('X'), {}, { shows: '- text: Are you sure?' }), subject(click('X'), {}, { shows: '' })],
    ['changes: none', subject(click('X')), subject(click('X'), { changes: [change('inserted')] })],
    [
      'changes: { how: deleted }',
      subject(click('X'), { changes: [change('deleted')] }),
      subject(click('X'), { changes: [change('inserted')] }),
    ],
    [
      'changes: { table: user*, moreThan: 1 }',
      subject(click('X'), { changes: [change('updated', 'users'), change('updated', 'users')] }),
      subject(click('X'), { changes: [change('updated', 'users'), change('updated')] }),
    ],
    [
      'changes: { columns: tit*, value: tea }',
      subject(click('X'), { changes: [change('updated')] }),
      subject(click('X'), { changes: [{ ...change('updated'), values: ['Milk'] }] }),
    ],
    ['certainty: [ambiguous, unseen]', subject(click('X'), null), subject(click('X'))],
    ['spends: 10', subject(click('X'), { spends: 11 }), subject(click('X'), { spends: 10 })],
    [
      'data: { kinds: secret, in: [typed, sent] }',
      subject(click('X'), { sent: ['AKIAIOSFODNN7EXAMPLE'] }),
      subject(click('X'), { sent: ['tea'] }),
    ],
    ['data: { kinds: personal, in: shown }', subject(click('X'), { shown: () => 'ada@example.test' }), subject(click('X'))],
    ['any: [{ action: hover }, { target: { name: Y } }]', subject(click('Y')), subject(click('X'))],
    ['all: [{ action: click }, { target: { name: Y } }]', subject(click('Y')), subject(click('X'))],
    ['not: { target: { name: Y } }', subject(click('X')), subject(click('Y'))],
  ])('tells what fits %s from what does not', (when, fitting, other) => {
    const rules = policy(`  - { id: it, ask: Hm., when: { ${when} } }\n  - { id: rest, allow: Fine., when: {} }`);
    expect(verb(rules, fitting)).toBe('ask');
    expect(verb(rules, other)).toBe('allow');
  });

  it('takes a place in the window for unknown where an action names an element', () => {
    const rules = policy(
      '  - { id: it, deny: No., when: { within: { x: 0, y: 0, width: 9, height: 9 } } }\n  - { id: rest, allow: Fine., when: {} }',
    );
    expect(ruling(rules, subject(click('X'))).decision).toMatchObject({ verb: 'deny', doubtful: true });
    expect(ruling(rules, subject({ kind: 'press', value: 'Enter' })).decision.verb).toBe('allow');
  });
});
