import type { Action } from '@backlot/protocol';
import { reset } from '@backlot/world';
import { describe, expect, it } from 'vitest';
import { createRng, learnWork, playActions, sampleTasks } from '../src/index.ts';
import { suggestingWorld as world } from '../../sandbox/fixtures/suggesting-world.ts';
import { on, recordSession } from './fixtures/scripted-user.ts';

const tab = on('press', ['textbox', 'Tags'], 'Tab');
const words = ['garden', 'music', 'travel', 'kitchen', 'politics', 'science', 'health', 'sport', 'books', 'films'];

/** People fill the field, leave it by Tab (the first of them once did not), check the box, and save. */
const sessions = Array.from({ length: 12 }, (_, i) =>
  recordSession(world, { id: `s${i}`, account: 'one' }, ({ does }) => {
    const rng = createRng(i + 1);
    for (let k = 0; k < 4; k++) {
      does(on('fill', ['textbox', 'Tags'], `${rng.pick(words)} ${rng.pick(words)} ${i}${k}`));
      if (i > 0 || k > 0) does(tab);
      if (rng.next() < 0.7) does(on('check', ['checkbox', 'Private']));
      does(on('click', ['button', 'Save']));
    }
  }),
);

const tasks = sampleTasks(world, learnWork(world, sessions), { n: 20, seed: 3 });

describe('a field that opens suggestions', () => {
  it('is left by the key that people leave it by before anything else is done, in solutions, set-ups and wrong runs', () => {
    expect(tasks.length).toBeGreaterThan(10);
    const after = (actions: readonly Action[]): unknown[] =>
      actions.flatMap(({ kind }, i) => (kind === 'fill' ? [actions[i + 1]?.kind, actions[i + 1]?.value] : []));
    const all = tasks.flatMap(({ setup, oracle, wrong }) => [...after(setup), ...after(oracle), ...after(wrong)]);
    expect(new Set(all)).toEqual(new Set(['press', 'Tab']));
  });

  it('needs no key where nothing is done on the page after it, or nothing was opened', () => {
    const start = reset(world, 'one');
    for (const { oracle, setup } of tasks) expect(playActions(world, start, [...setup, ...oracle])?.registers['open']).not.toBe(true);
    const plain = { ...world, rules: world.rules.filter(({ id }) => id !== 'opens') };
    const keys = sampleTasks(plain, learnWork(plain, sessions), { n: 20, seed: 3 }).flatMap(({ oracle }) => oracle.map(({ kind }) => kind));
    expect(keys).toContain('check');
    expect(keys).not.toContain('press');
  });
});
