import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { launchInContainer } from '../../src/container/launch-container.ts';
import { createContainerEngine, createTextEngine, InfraError, whyNoContainer } from '../../src/index.ts';
import { listWorld } from '../../../world/fixtures/list-world.ts';
import { writeCloneFolder } from '../browser/clone-folder.ts';
import { describeEngineConformance } from '../conformance.ts';

const seccomp = readFileSync(new URL('../../../../sandboxes/chromium/seccomp.json', import.meta.url), 'utf8');
const why = await whyNoContainer();
if (why !== null) process.stderr.write(`Tests in a container are skipped: ${why}.\n`);

describe.skipIf(why !== null)('in a container', () => {
  describeEngineConformance(
    'container',
    async () => {
      const { dir, remove } = await writeCloneFolder(listWorld);
      return { engine: createContainerEngine({ seccomp }), clone: { world: listWorld, hash: '0', dir }, dispose: remove };
    },
    createTextEngine,
  );

  it('is refused by the engine where it is not what was asked for', async () => {
    // A profile that lets everything through is no seccomp at all in the eyes of the daemon.
    await expect(launchInContainer({ seccomp: 'unconfined' })).rejects.toThrow('Seccomp is 0, not 2');
  });

  it('ends as an infrastructure error when it is killed, and the next episode finds another', async () => {
    const { dir, remove } = await writeCloneFolder(listWorld);
    const engine = createContainerEngine({ seccomp });
    try {
      const clone = { world: listWorld, hash: '0', dir };
      const lost = await engine.open({ clone, account: 'two' });
      process.kill(-(engine.pid() ?? Number.NaN), 'SIGKILL');
      await expect(lost.act({ kind: 'reload' })).rejects.toThrow(InfraError);
      await lost.close();
      const next = await engine.open({ clone, account: 'two' });
      expect((await next.observe()).title).toBe('Ada’s list · List');
    } finally {
      await engine.close();
      await remove();
    }
  });
});
