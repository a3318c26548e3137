import { worldSchema } from '@backlot/protocol';
import { describe, expect, it } from 'vitest';
import { synthesise } from '../../src/synthesise.ts';
import { expectGolden } from '../fixtures/golden.ts';
import { pantry, pantryVisit } from '../fixtures/pantry.ts';
import { logsOf, record } from '../fixtures/visitor.ts';

const training = record(
  pantry,
  [1, 2, 3, 4, 5, 6].map((seed) => pantryVisit(seed, 16)),
);
const style = { selector: 'td', specificity: 1, display: 'block' };
const { world } = synthesise(logsOf(training), { styles: [style], css: ['td { display: block }'] });

describe('emitWorld', () => {
  it('writes a world that the schema takes as it is', () => {
    expect(worldSchema.parse(world)).toEqual(world);
  });

  it('takes over how the application looks', () => {
    expect([world.styles, world.css]).toEqual([[style], ['td { display: block }']]);
  });

  it('gives every element an anchor of its own', () => {
    const anchors = [...JSON.stringify(world.pages).matchAll(/"anchor":"(\w+)"/g)].map(([, anchor]) => anchor);
    expect(anchors.length).toBeGreaterThan(20);
    expect(new Set(anchors).size).toBe(anchors.length);
  });

  it('starts where sessions started, with what the account first showed', () => {
    expect([world.start, world.defaultAccount, world.app]).toEqual(['/', 'ada', 'pantry']);
    expect(world.seeds['ada']?.tables).toEqual({ t0: [] });
  });

  it('writes the same world as ever', () => {
    expectGolden('pantry.world.txt', `${JSON.stringify(world, null, 1)}\n`);
  });
});
