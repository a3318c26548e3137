import { perturbationKinds, type Action, type Task } from '@backlot/protocol';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createBrowserEngine, createTextEngine, openTask, type Clone, type Engine } from '../../src/index.ts';
import { listWorld } from '../../../world/fixtures/list-world.ts';
import { writeCloneFolder } from '../browser/clone-folder.ts';

const on = (kind: Action['kind'], role: string, name: string, value?: string): Action => ({
  kind,
  target: { role, name, nth: 0 },
  ...(value === undefined ? {} : { value }),
});
const setup = [on('fill', 'textbox', 'What needs doing?', 'Tea'), on('press', 'textbox', 'What needs doing?', 'Enter')];
/** Whatever the surroundings are: some of it is refused in each. */
const actions: readonly Action[] = [
  on('click', 'link', 'Settings'),
  on('click', 'link', 'Settings ›'),
  on('click', 'button', 'Not now'),
  on('click', 'link', 'Settings'),
  { kind: 'wait', value: '2000' },
  on('fill', 'textbox', 'Name', 'Our list'),
  on('click', 'button', 'Save'),
  { kind: 'wait', value: '2000' },
  { kind: 'goto', value: '/' },
];

let clone: Clone;
let remove: () => Promise<void>;
let browser: Engine;

beforeAll(async () => {
  const folder = await writeCloneFolder(listWorld);
  ({ remove } = folder);
  clone = { world: listWorld, hash: '0', dir: folder.dir };
  browser = createBrowserEngine({ executablePath: process.env['BACKLOT_CHROMIUM'] ?? '' });
});
afterAll(async () => {
  await browser.close();
  await remove();
});

/** What is seen at the start and after each action, and what was refused. */
async function story(engine: Engine, task: Pick<Task, 'id' | 'instruction' | 'account' | 'setup' | 'perturbation'>): Promise<unknown[]> {
  const episode = await openTask({ engine, clone, task });
  try {
    const seen: unknown[] = [(await episode.observe()).aria];
    for (const action of actions) {
      const { observation, refused } = await episode.act(action);
      seen.push([refused === undefined, observation.aria, observation.url]);
    }
    return seen;
  } finally {
    await episode.close();
  }
}

describe('perturbed surroundings', () => {
  it.each(perturbationKinds)(
    'that are %s begin at the task’s start, and are the same in the browser as in the interpreter',
    async (kind) => {
      const task = { id: 't', instruction: '', account: 'two', setup, perturbation: { kind, seed: 1 } };
      const reference = await story(createTextEngine(), task);
      const { perturbation: _, ...plain } = task;
      expect(await story(browser, task)).toEqual(reference);
      if (kind !== 'theme') expect(reference).not.toEqual(await story(createTextEngine(), plain));
    },
  );
});
