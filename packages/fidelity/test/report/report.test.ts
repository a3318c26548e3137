import { createTextEngine } from '@backlot/sandbox';
import type { Session, World } from '@backlot/protocol';
import { describe, expect, it } from 'vitest';
import { fidelityPage, makeReport, measureR2W, predictSteps, type Describe, type FidelityReport } from '../../src/index.ts';
import { counterWorld } from '../fixtures/counter-world.ts';
import { add, missing, sessionOf } from '../fixtures/session-of.ts';

const open = { kind: 'goto', value: '/' } as const;
const real = ['s1', 's2', 's3'].map((id) => sessionOf(counterWorld(), [open, add, add, add], id));
const describePart: Describe = (part) => ({ name: JSON.stringify(part), says: [], wouldDecide: [] });

async function reportOn(world: World, sessions: readonly Session[] = real): Promise<FidelityReport> {
  const r2w = await measureR2W({ clone: { world, hash: 'h' }, sessions, engine: createTextEngine() });
  const predicted = await predictSteps({ world, sessions, canonical: (root) => root });
  return makeReport({ world, hash: 'h', sessions, r2w, predicted, describe: describePart });
}

describe('makeReport', () => {
  it('finds nothing to mend in a true world, and reaches every bar but that of calibration', async () => {
    const { advice, misses, bars, openLoop, calibration } = await reportOn(counterWorld());
    expect(misses).toEqual([]);
    expect(advice).toEqual([]);
    expect(bars.filter(({ passed }) => !passed).map(({ id }) => id)).toEqual(['ece']);
    expect(openLoop).toMatchObject({ halfLife: null, curve: [{ k: 1 }, { k: 2 }, { k: 4, exact: { share: 1 } }] });
    expect(calibration?.groups[0]).toMatchObject({ certainty: 'certain', right: { share: 1 }, ofChanging: { share: 1 } });
  });

  it('points at the rule that does something else, with the lines that differ', async () => {
    const { advice, suspects, misses, bars } = await reportOn(counterWorld(2));
    expect(misses).toHaveLength(9);
    expect(suspects[0]).toMatchObject({ part: { kind: 'rule', rule: 'add' }, wrong: 9, right: 0 });
    expect(suspects[0]?.explains).toHaveLength(9);
    expect(advice[0]).toMatchObject({ kind: 'mend', steps: 9 });
    expect(advice[0]?.examples[0]?.lines).toEqual(['- - paragraph: "1"', '+ - paragraph: "2"']);
    expect(bars.find(({ id }) => id === 'certainRight')).toMatchObject({ passed: false });
  });

  it('points at the place of a page that says something else, where the rules are right', async () => {
    const world = counterWorld();
    const broken = JSON.parse(JSON.stringify(world).replace('"text":{"count":{"from":"thing","as":"each"}}', '"text":"none"')) as World;
    const { suspects } = await reportOn(broken);
    expect(suspects[0]?.part).toEqual({ kind: 'place', page: 'home', anchor: 'count' });
  });

  it('says how long trust lasts where mistakes add up', async () => {
    const { openLoop } = await reportOn(counterWorld(2));
    expect(openLoop?.halfLife).toBeLessThan(4);
  });

  it('counts what the page does not offer and the world refuses', async () => {
    const sessions = [...real, sessionOf(counterWorld(), [open, missing], 's4')];
    const { guards } = await reportOn(counterWorld(), sessions);
    expect(guards).toMatchObject({ precision: { share: 1 }, recall: { share: 1 } });
    expect(guards?.recall.total).toBeGreaterThan(0);
  });
});

describe('fidelityPage', () => {
  it('says first what to do next, and loads nothing', async () => {
    const page = fidelityPage(await reportOn(counterWorld(2)));
    expect(page.indexOf('What to do next')).toBeLessThan(page.indexOf('What happens next'));
    expect(page).not.toMatch(/<script|src="http|href="http|@import/);
  });

  it('runs nothing that a page or a name says', async () => {
    const report = await reportOn(counterWorld(2));
    expect(fidelityPage({ ...report, app: '<img src=x onerror=alert(1)>' })).not.toContain('<img src=x');
  });

  it('is the same for the same sessions', async () => {
    expect(fidelityPage(await reportOn(counterWorld(2)))).toBe(fidelityPage(await reportOn(counterWorld(2))));
  });
});
