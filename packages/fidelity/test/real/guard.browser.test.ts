import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { compilePolicy, parsePolicy, RealEpisode, SupervisedEpisode, type Supervision } from '@backlot/sandbox';
import { chromium, type Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PageDriver } from '../../src/index.ts';
import { counterPage, counterWorld } from '../fixtures/counter-world.ts';
import { add, missing } from '../fixtures/session-of.ts';

const column = { name: 'note', type: 'text', scope: 'server', initial: null } as const;
const world = { ...counterWorld(), tables: [{ name: 'thing', columns: [column] }] };
const limited = compilePolicy(
  parsePolicy(
    'v: 1\nname: few\nrules:\n  - { id: enough, deny: Two are enough., when: { exceeds: { records: 2 } } }\n  - { id: work, allow: Fine., when: {} }',
  ),
);
let browser: Browser;
let server: Server;
let baseURL: string;

beforeAll(async () => {
  const executablePath = process.env['BACKLOT_CHROMIUM'];
  browser = await chromium.launch({ ...(executablePath === undefined ? {} : { executablePath }), args: ['--no-sandbox'] });
  server = createServer((_, response) => response.setHeader('content-type', 'text/html').end(counterPage));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  baseURL = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  await browser.close();
  server.close();
});

async function open(supervision: Partial<Supervision> = {}): Promise<SupervisedEpisode> {
  const driver = await PageDriver.open({ browser, baseURL, viewport: world.viewport });
  await driver.act({ kind: 'goto', value: '/' });
  const real = new RealEpisode(driver, { world, account: 'default' });
  const options = { clone: { world, hash: '0' }, account: 'default' };
  return SupervisedEpisode.begin(real, { options, supervision: { policies: [limited], shown: () => real.shown(), ...supervision } });
}

describe('a guard in front of a real application', () => {
  it('lets through what the clone foresees to be allowed, and keeps the rest from the application', async () => {
    const episode = await open();
    const verbs = [];
    for (let i = 0; i < 3; i++) verbs.push((await episode.act(add)).decision?.verb);
    expect(verbs).toEqual(['allow', 'allow', 'deny']);
    expect((await episode.observe()).aria).toContain('paragraph: "2"');
    await episode.close();
  });

  it('takes what the clone does not know for unknown', async () => {
    const episode = await open();
    const { decision } = await episode.act(missing);
    expect(decision).toMatchObject({ verb: 'deny', rule: 'enough', doubtful: true });
    await episode.close();
  });

  it('says why the application did not do what was allowed', async () => {
    const episode = await open({ policies: [] });
    const { refused } = await episode.act(missing);
    expect(refused).toContain('shows no button "Gone"');
    await episode.close();
  });

  it('can’t be set back', async () => {
    const episode = await open();
    await expect(episode.restore(await episode.state())).rejects.toThrow('can’t be set back');
    await episode.close();
  });
});
