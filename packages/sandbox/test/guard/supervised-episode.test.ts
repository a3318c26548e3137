import { describe, expect, it } from 'vitest';
import type { Action, Decision, Template } from '@backlot/protocol';
import {
  compilePolicy,
  createTextEngine,
  InfraError,
  sayDenial,
  superviseEngine,
  type Engine,
  type Episode,
  type Supervision,
} from '../../src/index.ts';
import { listWorld } from '../../../world/fixtures/list-world.ts';
import { describeEngineConformance } from '../conformance.ts';
import { policy } from '../policy/subjects.ts';

const clone = { world: listWorld, hash: '0' };
const open = '  - { id: all, allow: Everything., when: {} }';
const supervised = (rules: string, more: Partial<Supervision> = {}): Engine =>
  superviseEngine(createTextEngine(), { policies: [compilePolicy(policy(rules))], ...more });

describeEngineConformance(
  'text engine under a policy that allows everything: the text',
  async () => ({ engine: supervised(open), clone }),
  createTextEngine,
);

const field = { target: { role: 'textbox', name: 'What needs doing?', nth: 0 } };
const clear: Action = { kind: 'click', target: { role: 'button', name: 'Clear done', nth: 0 } };
const add: readonly Action[] = [
  { kind: 'fill', ...field, value: 'Tea' },
  { kind: 'press', ...field, value: 'Enter' },
];
const begin = (engine: Engine): Promise<Episode> => engine.open({ clone, account: 'two' });

/** The same with a picture in the button that clears. */
function withPicture(template: Template, picture: Template): Template {
  if (!('kids' in template)) return template;
  const kids = template.kids.map((kid) => withPicture(kid, picture));
  return { ...template, kids: 'anchor' in template && template.anchor === 'p16' ? [...kids, picture] : kids };
}

describe('an episode under a policy', () => {
  it('keeps back what is denied, says why, and leaves everything as it was', async () => {
    const episode = await begin(supervised(`  - { id: gone, deny: It is gone., when: { changes: { how: deleted } } }\n${open}`));
    const [seen, state] = [await episode.observe(), await episode.state()];
    const { refused, observation, decision, dialogs } = await episode.act(clear);
    expect(decision).toMatchObject({
      verb: 'deny',
      rule: 'gone',
      foreseen: { irreversible: true, changes: [expect.stringContaining('deletes')] },
    });
    expect(refused).toBe(
      'The rule “gone” of the policy “test” denies this: It is gone. What would be allowed: the same, as long as it is not so that it deletes a record.',
    );
    expect(observation).toEqual(seen);
    expect(dialogs).toEqual([]);
    expect(await episode.state()).toEqual(state);
  });

  it('lets the rest through with the decision beside the result', async () => {
    const episode = await begin(supervised(`  - { id: gone, deny: It is gone., when: { changes: { how: deleted } } }\n${open}`));
    for (const action of add) expect((await episode.act(action)).decision?.verb).toBe('allow');
    expect((await episode.observe()).aria).toContain('Tea');
  });

  it('asks, and takes silence for a no', async () => {
    const rules = `  - { id: sure, ask: Sure?, when: { changes: [{}] } }\n${open}`;
    const asked: Decision[] = [];
    const yes = await begin(supervised(rules, { ask: async ({ decision }) => (asked.push(decision), true) }));
    const no = await begin(supervised(rules, { ask: async () => false }));
    const silent = await begin(supervised(rules));
    const answers = [];
    for (const episode of [yes, no, silent]) {
      await episode.act(add[0]!);
      const { refused, decision } = await episode.act(add[1]!);
      answers.push([decision?.answer, refused === undefined]);
    }
    expect(answers).toEqual([
      ['yes', true],
      ['no', false],
      ['nobody', false],
    ]);
    expect(asked.map(({ rule }) => rule)).toEqual(['sure']);
  });

  it('refuses everything after a rule has ended it', async () => {
    const episode = await begin(supervised(`  - { id: stop, end: Enough., when: { action: reload } }\n${open}`));
    expect((await episode.act({ kind: 'reload' })).decision?.verb).toBe('end');
    const { refused, decision } = await episode.act(add[0]!);
    expect([decision?.verb, refused !== undefined]).toEqual(['end', true]);
  });

  it('takes a click on a picture in a button for one on the button', async () => {
    const picture: Template = { el: 'img', anchor: 'p99', attrs: { alt: 'Broom' }, kids: [] };
    const world = { ...listWorld, pages: listWorld.pages.map((page) => ({ ...page, template: withPicture(page.template, picture) })) };
    const click: Action = { kind: 'click', target: { role: 'img', name: 'Broom', nth: 0 } };
    const actUnder = async (rules: string): Promise<Decision['verb'] | undefined> => {
      const episode = await supervised(rules).open({ clone: { world, hash: '0' }, account: 'two' });
      return (await episode.act(click)).decision?.verb;
    };
    expect(await actUnder(`  - { id: no, deny: No., when: { target: { role: button, name: '*clear done*' } } }\n${open}`)).toBe('deny');
    expect(await actUnder(`  - { id: no, deny: No., when: { target: { role: button, name: Save } } }\n${open}`)).toBe('allow');
  });

  it('only watches where it observes', async () => {
    const episode = await begin(supervised('  - { id: none, deny: Nothing., when: {} }', { mode: 'observe' }));
    const result = await episode.act(clear);
    expect(result.refused).toBeUndefined();
    expect(result.decision?.verb).toBe('deny');
    expect(result.dialogs).toHaveLength(1);
  });

  it('counts what was carried out, and not what was kept back', async () => {
    const rules = `  - { id: often, deny: Too often., when: { action: reload, exceeds: { matches: 2 } } }\n  - { id: forward, deny: No., when: { action: forward } }\n${open}`;
    const episode = await begin(supervised(rules));
    const verbs = [];
    for (const kind of ['forward', 'forward', 'reload', 'reload', 'reload'] as const)
      verbs.push((await episode.act({ kind })).decision?.verb);
    expect(verbs).toEqual(['deny', 'deny', 'allow', 'allow', 'deny']);
  });

  it('does nothing that can’t be recorded', async () => {
    const failing = {
      began: async () => undefined,
      did: async () => undefined,
      decided: () => Promise.reject(new Error('The disk is full.')),
    };
    const episode = await begin(supervised(open, { record: async () => failing }));
    const before = await episode.state();
    await expect(episode.act(add[0]!)).rejects.toThrow(InfraError);
    expect(await episode.state()).toBe(before);
  });

  it('records what was seen, decided and done, in this order', async () => {
    const kinds: string[] = [];
    const note = (kind: string) => async (): Promise<void> => void kinds.push(kind);
    const episode = await begin(
      supervised(open, { record: async () => ({ began: note('began'), decided: note('decided'), did: note('did') }) }),
    );
    await episode.act({ kind: 'reload' });
    expect(kinds).toEqual(['began', 'decided', 'did']);
  });

  it('denies in full sentences where no rule allows', () => {
    const decision: Decision = {
      verb: 'deny',
      policy: 'p',
      rule: null,
      reason: 'No rule allows it.',
      instead: 'Reading.',
      doubtful: false,
      matches: [],
    };
    expect(sayDenial(decision)).toBe('The policy “p” denies this: No rule allows it. What would be allowed: Reading.');
  });
});
