import { fileURLToPath } from 'node:url';
import { readLogs } from '@backlot/logs';
import { beforeAll, describe, expect, it } from 'vitest';
import { replaySteps, roundTripPages } from '../src/gates/index.ts';
import { looksOf } from '../src/looks.ts';
import type { Synthesis } from '../src/synthesise.ts';
import { synthesise } from '../src/synthesise.ts';
import { expectGolden, lines } from './fixtures/golden.ts';

const folder = (name: string): string => fileURLToPath(new URL(`../../../examples/todomvc/logs/${name}`, import.meta.url));

describe('recorded sessions of a to-do application', () => {
  let synthesis: Synthesis;

  beforeAll(async () => {
    const logs = await readLogs(folder('train'));
    synthesis = synthesise(logs, looksOf(logs));
  });

  it('teach a world in which other sessions replay', async () => {
    const { sessions } = await readLogs(folder('test'));
    const { steps, accepted, exact, firstMisses } = replaySteps(synthesis.world, sessions);
    expect(steps).toBeGreaterThan(50);
    expect(accepted / steps, JSON.stringify(firstMisses)).toBeGreaterThanOrEqual(0.95);
    expect(exact / steps, JSON.stringify(firstMisses)).toBeGreaterThanOrEqual(0.9);
  });

  it('teach a world that shows every training page as far as a person could tell', () => {
    const { misses, views } = roundTripPages(synthesis);
    expect(views).toBeGreaterThan(150);
    expect(misses.filter(({ seen }) => seen)).toEqual([]);
  });

  it('give the same rules as ever', () => {
    expectGolden('recorded-logs.rules.jsonl', lines(synthesis.world.rules));
  });
});
