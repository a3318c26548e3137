import type { Session, World } from '@backlot/protocol';
import { describe, expect, it } from 'vitest';
import { findWants, improve, mostTelling, surpriseOf, type ImproveOptions } from '../../src/index.ts';
import { counterWorld } from '../fixtures/counter-world.ts';
import { add, missing, sessionOf } from '../fixtures/session-of.ts';

const world = counterWorld();
const open = { kind: 'goto', value: '/' } as const;
const session = (id: string, ...actions: readonly Session['steps'][number]['action'][]): Session => sessionOf(world, actions, id);

function options(shares: readonly number[], over: Partial<ImproveOptions> = {}): ImproveOptions {
  let round = 0;
  let next = 0;
  return {
    start: [session('s0', add)],
    learn: () => world,
    measure: async () => {
      const hits = (shares[Math.min(round++, shares.length - 1)] ?? 0) / 2;
      // What one session gains from one round to the next, another may lose.
      const sway = round % 2 === 0 ? 20 : -20;
      return [
        { hits: hits + sway, total: 500 },
        { hits: hits - sway, total: 500 },
      ];
    },
    more: async () => [session(`n${next++}`, add, add)],
    steps: 100,
    ...over,
  };
}

describe('improve', () => {
  it('goes on while it gains, and stops when two rounds in a row gain no more than noise', async () => {
    const { rounds, stop, sessions } = await improve(options([100, 300, 500, 501, 500]));
    expect(rounds.map(({ figure }) => figure.hits)).toEqual([100, 300, 500, 501, 500]);
    expect(stop).toBe('gain');
    expect(sessions).toHaveLength(4);
  });

  it('spends no more real steps than it may, and says what each round cost', async () => {
    const { rounds, stop } = await improve(options([100, 300, 500, 700, 900], { steps: 5 }));
    expect(stop).toBe('budget');
    expect(rounds.map(({ steps, added }) => [steps, added])).toEqual([
      [1, 0],
      [3, 2],
      [5, 2],
    ]);
  });

  it('ends where there is nothing more to learn from', async () => {
    const { stop, rounds } = await improve(options([100], { more: async () => [] }));
    expect([stop, rounds.length]).toEqual(['pool', 1]);
  });
});

describe('mostTelling', () => {
  it('takes first what the world would not take, looking at actions alone', () => {
    const known = session('known', open, add, add);
    const unknown = session('unknown', open, missing);
    expect(surpriseOf(world, unknown)).toBeGreaterThan(surpriseOf(world, known));
    expect(mostTelling(world, [known, unknown], 1).map(({ id }) => id)).toEqual(['unknown']);
  });
});

describe('mostTelling, of several', () => {
  const other = { kind: 'click', target: { role: 'link', name: 'Help', nth: 0 } } as const;

  it('takes sessions that teach different things before those that teach the same again', () => {
    const pool = [session('a1', open, missing), session('a2', open, missing), session('b', open, open, other)];
    expect(mostTelling(world, pool, 2).map(({ id }) => id)).toEqual(['a1', 'b']);
  });
});

describe('findWants', () => {
  const describePart = () => ({ name: 'When Add is clicked', says: [], wouldDecide: [] });

  it('asks first for what people do often and the world knows least', () => {
    const unsure: World = { ...world, rules: world.rules.map((rule) => ({ ...rule, certainty: 'ambiguous' })) };
    const sessions = [session('s1', open, add, add)];
    const [first] = findWants({ world: unsure, sessions, describe: describePart });
    expect(first).toMatchObject({ kind: 'open', record: 'Record again, with other data: when Add is clicked.' });
    const [sure] = findWants({ world, sessions, describe: describePart });
    expect(first?.gain).toBeGreaterThan(sure?.gain ?? 0);
  });

  it('names what was offered often and never used', () => {
    const unused = (of: readonly Session[]): readonly string[] =>
      findWants({ world, sessions: of, describe: describePart }).flatMap(({ kind, record }) => (kind === 'unvisited' ? record : []));
    expect(unused([session('s1', open, open, open, open)])).toEqual(['Record what comes of the button “Add” on /: nobody used it.']);
    expect(unused([session('s2', open, open, open, add)])).toEqual([]);
  });
});
