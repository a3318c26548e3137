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
