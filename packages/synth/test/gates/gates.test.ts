import type { World } from '@backlot/protocol';
import { describe, expect, it } from 'vitest';
import { replaySteps, roundTripPages } from '../../src/gates/index.ts';
import { synthesise } from '../../src/synthesise.ts';
import { pantry, pantryVisit } from '../fixtures/pantry.ts';
import { logsOf, record } from '../fixtures/visitor.ts';

const training = record(
  pantry,
  [1, 2, 3, 4, 5, 6, 7, 8].map((seed) => pantryVisit(seed, 16)),
);
const synthesis = synthesise(logsOf(training), { styles: [], css: [] });

/** The world with a word of its page spelled otherwise. */
const misspelled: World = JSON.parse(JSON.stringify(synthesis.world).replaceAll('Throw away', 'Drop'));
/** The world without what it learned to do. */
const idle: World = { ...synthesis.world, rules: [] };

describe('roundTripPages', () => {
  it('counts every view', () => {
    expect(roundTripPages(synthesis).views).toBe(synthesis.model.views.all.length);
  });

  it('reports each page that is rendered otherwise, with the place', () => {
    const { exact, misses, views } = roundTripPages({ ...synthesis, world: misspelled });
    const [first] = misses;
    expect(exact + misses.length).toBe(views);
    expect(first).toMatchObject({ session: 's00', moment: 'after', page: 'p0', seen: true, want: '"Throw away"', got: '"Drop"' });
    expect(first?.path).toMatch(/\/tr|:tr\//);
  });

  it('tells a difference that nobody can see from one that shows', () => {
    const hidden: World = JSON.parse(JSON.stringify(synthesis.world).replaceAll('"class":"sum"', '"class":"total"'));
    const { misses, views } = roundTripPages({ ...synthesis, world: hidden });
    expect(misses).toHaveLength(views);
    expect(misses.every(({ seen }) => !seen)).toBe(true);
  });
});

describe('replaySteps', () => {
  it('counts a refused action and all steps after it as not accepted', () => {
    const [session] = training;
    const { accepted, steps, firstMisses } = replaySteps(misspelled, [session as (typeof training)[number]]);
    const at = firstMisses[0]?.step ?? -1;
    expect(steps).toBe(session?.steps.length);
    expect(accepted).toBeLessThan(steps);
    expect(at).toBeLessThanOrEqual(accepted);
  });

  it('names the first step that leads to another page, with the line that differs', () => {
    const { exact, firstMisses, steps } = replaySteps(idle, training.slice(0, 1));
    expect(exact).toBeLessThan(steps);
    expect(firstMisses).toHaveLength(1);
    expect(firstMisses[0]).toMatchObject({ session: 's00', step: 2, action: { kind: 'press', value: 'Enter' } });
    expect(firstMisses[0]?.want).not.toBe(firstMisses[0]?.got);
  });
});
