import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { oracleAgent, replayAgent } from '@backlot/agents';
import type { Action, DomElement, Task, World } from '@backlot/protocol';
import type { Clone } from '@backlot/sandbox';
import { chromium, type Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { InteractionBudget, measureReal, realEngine, type RealApplication } from '../../src/index.ts';
import { counterPage, counterWorld } from '../fixtures/counter-world.ts';
import { add, missing } from '../fixtures/session-of.ts';

let browser: Browser;
let server: Server;
let real: RealApplication;
let open = 0;

beforeAll(async () => {
  const executablePath = process.env['BACKLOT_CHROMIUM'];
  browser = await chromium.launch({ ...(executablePath === undefined ? {} : { executablePath }), args: ['--no-sandbox'] });
  server = createServer((_, response) => response.setHeader('content-type', 'text/html').end(counterPage));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const baseURL = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  real = {
    open: async () => {
      open += 1;
      return { baseURL, close: async () => void (open -= 1) };
    },
  };
});
afterAll(async () => {
  await browser.close();
  server.close();
});

const task = (id: string, oracle: readonly Action[]): Task => ({
  id,
  instruction: 'Add.',
  account: 'default',
  workflow: 'w',
  oracle: [...oracle],
  wrong: [],
  setup: [],
  maxSteps: 5,
  difficulty: 1,
  verifier: {
    goals: [],
    nothingElse: false,
  },
});
const cloneOf = (world: World): Clone => ({ world, hash: 'h' });
const canonical = (root: DomElement): DomElement => root;

describe('realEngine', () => {
  it('shows the real page, counts what is done there, and closes the application', async () => {
    const budget = new InteractionBudget();
    const engine = realEngine({ real, browser, canonical, budget });
    const episode = await engine.open({ clone: cloneOf(counterWorld()), account: 'default', setup: [add] });
    const { observation } = await episode.act(add);
    expect(observation.aria).toContain('paragraph: "2"');
    expect((await episode.act(missing)).refused).toContain('Gone');
    expect(budget.spent).toBe(3);
    await episode.close();
    expect(open).toBe(0);
  });

  it('takes no more actions than it may, and leaves nothing running', async () => {
    const engine = realEngine({ real, browser, canonical, budget: new InteractionBudget(1) });
    await expect(engine.open({ clone: cloneOf(counterWorld()), account: 'default', setup: [add, add] })).rejects.toThrow('used up');
    expect(open).toBe(0);
  });
});

describe('measureReal', () => {
  it('finds every step of a true clone again in the real application', async () => {
    const measured = await measureReal({
      clone: cloneOf(counterWorld()),
      tasks: [task('a', [add, add])],
      agent: oracleAgent,
      real,
      browser,
      canonical,
    });
    expect(measured.tasks[0]).toMatchObject({ steps: 2, taken: 2, alike: 2, divergence: null });
    expect(measured).toMatchObject({ w2rSteps: { share: 1 }, interactions: 2, leftOut: 0 });
  });

  it('names the first step at which an untrue clone is different', async () => {
    const measured = await measureReal({
      clone: cloneOf(counterWorld(2)),
      tasks: [task('a', [add, add])],
      agent: oracleAgent,
      real,
      browser,
      canonical,
    });
    expect(measured.tasks[0]).toMatchObject({
      alike: 0,
      divergence: { step: 0, missing: ['- paragraph: "1"'], extra: ['- paragraph: "2"'] },
    });
  });

  it('counts reward that is earned by a step which the real application does not have', async () => {
    const world = counterWorld();
    const [page] = JSON.parse(JSON.stringify(world.pages).replace('"text":"Add"', '"text":"Cheat"')) as World['pages'];
    const cheating: World = {
      ...world,
      pages: page === undefined ? [] : [page, { ...page, id: 'won', route: '/won' }],
      rules: world.rules.map((rule) => ({ ...rule, do: [], then: { go: { lit: '/won' } } })),
    };
    const cheat: Action = { kind: 'click', target: { role: 'button', name: 'Cheat', nth: 0 } };
    const measured = await measureReal({
      clone: cloneOf(cheating),
      tasks: [{ ...task('a', [cheat]), verifier: { goals: [{ kind: 'at', url: '/won' }], nothingElse: false } }],
      agent: oracleAgent,
      real,
      browser,
      canonical,
    });
    expect(measured).toMatchObject({ wm: { hits: 1 }, w2r: { hits: 0 }, exploits: { hits: 1, total: 1 } });
  });

  it('lets an agent that looks do the task in both, and leaves out what the budget does not pay', async () => {
    const tasks = ['a', 'b', 'c'].map((id) => task(id, []));
    const measured = await measureReal({
      clone: cloneOf(counterWorld()),
      tasks,
      agent: replayAgent([add]),
      real,
      browser,
      canonical,
      interactions: 3,
    });
    expect(measured).toMatchObject({ interactions: 3, leftOut: 2, agent: 'replay' });
    expect(open).toBe(0);
  });
});
