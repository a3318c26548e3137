import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { bundleRuntime, indexPage } from '@backlot/runtime';
import type { World } from '@backlot/protocol';

/** A clone's folder as synthesis writes it, in its smallest form; `more` is run in the page after the runtime. */
export async function writeCloneFolder(world: World, more = ''): Promise<{ dir: string; remove: () => Promise<void> }> {
  const dir = await mkdtemp(path.join(tmpdir(), 'backlot-clone-'));
  await Promise.all([
    writeFile(path.join(dir, 'index.html'), indexPage()),
    writeFile(path.join(dir, 'world.json'), JSON.stringify(world)),
    bundleRuntime().then((script) => writeFile(path.join(dir, 'runtime.js'), script + more)),
  ]);
  return { dir, remove: () => rm(dir, { recursive: true, force: true }) };
}
