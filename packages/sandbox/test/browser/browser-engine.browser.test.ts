import type { Action } from '@backlot/protocol';
import { describe, expect, it } from 'vitest';
import { createBrowserEngine, createTextEngine, InfraError } from '../../src/index.ts';
import { describeEngineConformance } from '../conformance.ts';
import { listWorld } from '../../../world/fixtures/list-world.ts';
import { suggestingWorld } from '../../fixtures/suggesting-world.ts';
import { writeCloneFolder } from './clone-folder.ts';

const executablePath = process.env['BACKLOT_CHROMIUM'] ?? '';

describeEngineConformance(
  'browser',
  async () => {
    const { dir, remove } = await writeCloneFolder(listWorld);
    return { engine: createBrowserEngine({ executablePath }), clone: { world: listWorld, hash: '0', dir }, dispose: remove };
  },
  createTextEngine,
);

describe('the browser engine alone', () => {
  it('ends with an infrastructure error where the browser is lost, and opens the next episode all the same', async () => {
    const { dir, remove } = await writeCloneFolder(listWorld);
    const engine = createBrowserEngine({ executablePath });
    try {
      const lost = await engine.open({ clone: { world: listWorld, hash: '0', dir }, account: 'two' });
      await engine.close();
      await expect(lost.act({ kind: 'reload' })).rejects.toThrow(InfraError);
      const next = await engine.open({ clone: { world: listWorld, hash: '0', dir }, account: 'two' });
      expect((await next.observe()).title).toBe('Ada’s list · List');
    } finally {
      await engine.close();
      await remove();
    }
  });

  it('opens the next episode in another browser where one hangs, and leaves none behind', async () => {
    const { dir, remove } = await writeCloneFolder(listWorld);
    const engine = createBrowserEngine({ executablePath, patience: 3000 });
    try {
      const open = () => engine.open({ clone: { world: listWorld, hash: '0', dir }, account: 'two' });
      await (await open()).close();
      const hung = engine.pid() ?? 0;
      process.kill(hung, 'SIGSTOP');
      expect((await (await open()).observe()).title).toBe('Ada’s list · List');
      expect(engine.pid()).not.toBe(hung);
      expect(() => process.kill(hung, 0)).toThrow('ESRCH');
    } finally {
      await engine.close();
      await remove();
    }
  });

  it('leaves a field whose suggestions cover what comes next, and comes to the state of the reference', async () => {
    const { dir, remove } = await writeCloneFolder(suggestingWorld);
    const engine = createBrowserEngine({ executablePath });
    const target = (role: string, name: string) => ({ target: { role, name, nth: 0 } });
    const setup: readonly Action[] = [
      { kind: 'fill', ...target('textbox', 'Tags'), value: 'gar' },
      { kind: 'check', ...target('checkbox', 'Private') },
      { kind: 'click', ...target('button', 'Save') },
    ];
    try {
      const start = { clone: { world: suggestingWorld, hash: '0', dir }, account: 'one', setup };
      const [seen, reference] = await Promise.all([engine, createTextEngine()].map(async (each) => (await each.open(start)).state()));
      expect(seen?.tables['entry']).toMatchObject([{ tags: 'gar', private: true }]);
      expect(seen?.tables).toEqual(reference?.tables);
    } finally {
      await engine.close();
      await remove();
    }
  });

  it('says what it lacks where the clone has no folder, or the folder is no clone', async () => {
    const engine = createBrowserEngine({ executablePath });
    await expect(engine.open({ clone: { world: listWorld, hash: '0' }, account: 'two' })).rejects.toThrow('needs the folder of the clone');
    await expect(engine.open({ clone: { world: listWorld, hash: '0', dir: '/nowhere' }, account: 'two' })).rejects.toThrow('/nowhere');
    await engine.close();
  });

  it('says which browser does not start', async () => {
    const { dir, remove } = await writeCloneFolder(listWorld);
    const engine = createBrowserEngine({ executablePath: '/no/such/chromium' });
    await expect(engine.open({ clone: { world: listWorld, hash: '0', dir }, account: 'two' })).rejects.toThrow(
      '/no/such/chromium does not start',
    );
    await remove();
  });
});
