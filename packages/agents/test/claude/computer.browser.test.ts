import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { bundleRuntime, indexPage } from '@backlot/runtime';
import { createBrowserEngine, createTextEngine, superviseEngine, type Engine } from '@backlot/sandbox';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { claudeAgent, runEpisode } from '../../src/index.ts';
import { screenOf } from '../../src/screen.ts';
import { talkWith, type Asked, type Served } from '../fixtures/messages-server.ts';
import { listClone, someTasks } from '../fixtures/list-tasks.ts';

const browser = createBrowserEngine({ executablePath: process.env['BACKLOT_CHROMIUM'] ?? '' });
const [adding] = someTasks(21, 1);
const title = /“(.*)”/.exec(adding!.instruction)![1]!;

let dir: string;
beforeAll(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'backlot-computer-'));
  await writeFile(path.join(dir, 'index.html'), indexPage());
  await writeFile(path.join(dir, 'runtime.js'), await bundleRuntime());
  await writeFile(path.join(dir, 'world.json'), JSON.stringify(listClone.world));
});
afterAll(async () => {
  await browser.close();
  await rm(dir, { recursive: true, force: true });
});

const computer = (input: object): Served => ({ call: 'computer', input });
const finish: Served = { call: 'finish', input: { outcome: 'done', reason: 'Done.' } };

async function play(model: readonly Served[], more: { readonly engine?: Engine; readonly mode?: 'computer_20251124' } = {}) {
  const { server, claude } = await talkWith(model);
  const agent = claudeAgent({ talker: claude, mode: more.mode ?? 'computer_20250124' });
  const record = await runEpisode({ engine: more.engine ?? browser, clone: { ...listClone, dir }, task: adding!, agent });
  return { server, record };
}

/** Where the field stands: its middle, found in the page itself. */
async function fieldPoint(): Promise<[number, number]> {
  const episode = await browser.open({ clone: { ...listClone, dir }, account: 'empty' });
  try {
    for (let y = 4; y < 400; y += 6) {
      const screen = screenOf(episode, listClone.world);
      const key = await screen?.keyAt({ x: 60, y });
      if (key !== undefined && key !== null && (await screen?.scene())?.byKey(key)?.tag === 'input') return [60, y + 3];
    }
    throw new Error('no field was found');
  } finally {
    await episode.close();
  }
}

const images = (asked: Asked | undefined): number => JSON.stringify(asked?.messages).match(/"media_type":"image\/png"/g)?.length ?? 0;

describe('the Claude agent in computer use', () => {
  it('completes a task by points of the picture', async () => {
    const coordinate = await fieldPoint();
    const { server, record } = await play([
      computer({ action: 'screenshot' }),
      computer({ action: 'left_click', coordinate }),
      computer({ action: 'type', text: `${title}x` }),
      computer({ action: 'key', text: 'BackSpace' }),
      computer({ action: 'scroll', coordinate, scroll_direction: 'down', scroll_amount: 1 }),
      computer({ action: 'key', text: 'Return' }),
      finish,
    ]);
    expect(record).toMatchObject({ agent: 'claude-computer', engine: 'browser', ending: 'done', reward: 1 });
    expect(record.steps.map(({ action }) => [action.kind, action.target?.role, action.value])).toEqual([
      ['click', 'textbox', undefined],
      ['fill', 'textbox', `${title}x`],
      ['fill', 'textbox', title],
      ['press', undefined, 'Enter'],
    ]);
    expect(server.complaints).toEqual([]);
    expect(server.asked[0]?.tools[0]).toEqual({
      type: 'computer_20250124',
      name: 'computer',
      display_width_px: 1280,
      display_height_px: 800,
    });
    expect(new Set(server.betas)).toEqual(new Set(['computer-use-2025-01-24']));
    expect(server.asked.map(images)).toEqual([1, 2, 3, 4, 2, 3, 4]);
  });

  it('speaks the newer tool, types lines as they come, and replaces what is selected', async () => {
    const coordinate = await fieldPoint();
    const { server, record } = await play(
      [
        computer({ action: 'left_click', coordinate }),
        computer({ action: 'type', text: 'wrong' }),
        computer({ action: 'key', text: 'ctrl+a' }),
        computer({ action: 'type', text: `${title}\n` }),
        finish,
      ],
      { mode: 'computer_20251124', engine: superviseEngine(browser, { policies: [] }) },
    );
    expect(record).toMatchObject({ reward: 1 });
    expect(new Set(server.betas)).toEqual(new Set(['computer-use-2025-11-24']));
  });

  it('says what is wrong with points and inputs', async () => {
    const { server, record } = await play([
      computer({ action: 'left_click', coordinate: [5000, 10] }),
      computer({ action: 'type', text: 'nowhere' }),
      finish,
    ]);
    expect(record).toMatchObject({ steps: [], reward: 0 });
    expect(JSON.stringify(server.asked[2]?.messages)).toContain('outside the screen');
    expect(JSON.stringify(server.asked[2]?.messages)).toContain('click one first');
  });

  it('needs an engine with pixels', async () => {
    await expect(play([finish], { engine: createTextEngine() })).rejects.toThrow('browser engine');
  });
});
