import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { shown } from '../src/list-model.ts';
import { planSession } from '../src/plan.ts';
import type { PlannedStep } from '../src/plan.ts';
import { habits, workflows } from '../src/work.ts';

const seeds = fc.integer({ min: 0, max: 1_000_000 });
const titles = (from: number, to: number): Set<string> => {
  const sessions = Array.from({ length: to - from + 1 }, (_, k) => planSession(from + k));
  return new Set(sessions.flatMap((steps) => steps.flatMap(({ deed }) => (deed.do === 'typeNew' ? [deed.text.trim()] : []))));
};
const brief = ({ workflow, run, deed }: PlannedStep): string => {
  const { do: what, ...how } = deed;
  return `${run} ${workflow}: ${what} ${Object.values(how)
    .map((value) => JSON.stringify(value))
    .join(' ')}`.trim();
};

describe('planSession', () => {
  it('gives the same plan for the same seed', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        expect(planSession(seed)).toEqual(planSession(seed));
      }),
    );
  });

  it('keeps the plan of a seed from version to version', () => {
    expect(planSession(7).map(brief)).toMatchInlineSnapshot(`
      [
        "0 open: open",
        "1 add: typeNew "70% of the camera" false",
        "1 add: enterNew",
        "2 toggle: toggle 0 true",
        "2 toggle: toggle 0 false",
        "3 reload: reload",
        "4 toggle: toggle 0 true",
        "5 clearCompleted: clearCompleted 1",
        "6 add: typeNew "Lena: check guest room?" true",
        "6 add: enterNew",
        "6 add: typeNew "Print urgent letter" false",
        "6 add: enterNew",
      ]
    `);
  });

  it('stays within the length of a session and does only what is possible', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const plan = planSession(seed);
        expect(plan.length).toBeGreaterThanOrEqual(habits.actions[0] - 8);
        expect(plan.length).toBeLessThanOrEqual(habits.actions[1]);
        plan.forEach(({ deed }, i) => {
          const before = plan[i - 1]?.expected;
          if ('place' in deed && before !== undefined) expect(deed.place, deed.do).toBeLessThan(shown(before).length);
          if (deed.do === 'clearCompleted') expect(deed.count).toBe(before?.todos.filter(({ done }) => done).length);
        });
      }),
    );
  });

  it('does every kind of work in twenty sessions', () => {
    const done = new Set(
      Array.from({ length: 20 }, (_, k) => planSession(k + 1)).flatMap((steps) => steps.map(({ workflow }) => workflow)),
    );
    expect([...done].filter((name) => name !== 'open').sort()).toEqual(Object.keys(workflows).sort());
  });

  it('types titles in fresh sessions that earlier ones have hardly ever seen', () => {
    const known = titles(1, 20);
    const fresh = [...titles(901, 910)].filter((title) => title !== '');
    expect(fresh.filter((title) => known.has(title)).length / fresh.length).toBeLessThan(0.05);
  });
});
