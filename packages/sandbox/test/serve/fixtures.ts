import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const index = '<!doctype html><html><head><meta name="backlot-account" content=""></head><body></body></html>';
const world = { v: 1, seeds: { ada: { tables: {}, registers: {} } } };

/** A folder that looks like a clone, beside a file that must never be served. */
export async function makeFolder(): Promise<{ dir: string; remove: () => Promise<void> }> {
  const root = await mkdtemp(join(tmpdir(), 'backlot-serve-'));
  const dir = join(root, 'clone');
  const files = {
    'index.html': index,
    'runtime.js': 'void 0;',
    'world.json': JSON.stringify(world),
    'assets/0a1b-logo.png': 'png',
    'assets/0a1b-style.css': 'a{}',
    'explain/index.html': '<title>Explained</title>',
    'notes.txt': 'private',
    '../secret.txt': 'secret',
  };
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(dir, name)), { recursive: true });
    await writeFile(join(dir, name), text);
  }
  await symlink(join(root, 'secret.txt'), join(dir, 'assets', 'link.txt'));
  return { dir, remove: () => rm(root, { recursive: true }) };
}
