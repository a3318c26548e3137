import { afterAll, beforeAll, expect, it } from 'vitest';
import { compilePolicy, createBrowserEngine, createTextEngine, parsePolicy, superviseEngine } from '../../src/index.ts';
import { listWorld } from '../../../world/fixtures/list-world.ts';
import { describeEngineConformance } from '../conformance.ts';
import { writeCloneFolder } from '../browser/clone-folder.ts';

const executablePath = process.env['BACKLOT_CHROMIUM'] ?? '';
const text =
  'v: 1\nname: open\ndoubt: lenient\nrules:\n  - { id: never, deny: No., when: { spends: 1000000 } }\n  - { id: all, allow: Fine., when: {} }';

describeEngineConformance(
  'browser engine under a policy that allows everything: the browser',
  async () => {
    const { dir, remove } = await writeCloneFolder(listWorld);
    const engine = superviseEngine(createBrowserEngine({ executablePath }), { policies: [compilePolicy(parsePolicy(text))] });
    return { engine, clone: { world: listWorld, hash: '0', dir }, dispose: remove };
  },
  createTextEngine,
);

const inTheUpperHalf =
  'v: 1\nname: place\nrules:\n  - { id: up, deny: Not here., when: { within: { x: 0, y: 0, width: 2000, height: 150 } } }\n  - { id: all, allow: Fine., when: {} }';

let folder: Awaited<ReturnType<typeof writeCloneFolder>>;
beforeAll(async () => (folder = await writeCloneFolder(listWorld)));
afterAll(() => folder.remove());

it('a rule about places in the window knows where elements are', async () => {
  const engine = superviseEngine(createBrowserEngine({ executablePath }), { policies: [compilePolicy(parsePolicy(inTheUpperHalf))] });
  const episode = await engine.open({ clone: { world: listWorld, hash: '0', dir: folder.dir }, account: 'two' });
  const decisionAt = async (role: string, name: string): Promise<unknown> =>
    (await episode.act({ kind: 'hover', target: { role, name, nth: 0 } })).decision;
  const field = await episode.placeOf?.({ role: 'textbox', name: 'What needs doing?', nth: 0 });
  expect(field).toMatchObject({ x: expect.any(Number), y: expect.any(Number) });
  expect(field?.y).toBeLessThan(150);
  expect(await decisionAt('textbox', 'What needs doing?')).toMatchObject({ verb: 'deny', doubtful: false });
  expect(await decisionAt('button', 'Clear done')).toMatchObject({ verb: 'allow' });
  expect(await decisionAt('button', 'Nowhere')).toMatchObject({ verb: 'deny', doubtful: true });
  await engine.close();
});
