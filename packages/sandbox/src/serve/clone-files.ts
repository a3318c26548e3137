import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { mimeOf } from './mime.ts';

/** One file of a clone, as it is answered. */
export interface ServedFile {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly mime: string;
  readonly etag: string;
}

/** The parts of a clone's folder that belong to it. Whatever else lies there is not served. */
const parts = /^\/(?:index\.html|runtime\.js|world\.json|assets\/.+|explain\/.+)$/;

/**
 * Reads a clone's folder into memory, files by their address (`/assets/…`). Only plain files inside the folder are taken, so no
 * address can lead out of it, and links to elsewhere are left out.
 * @throws where the folder lacks one of the files that make a clone
 */
export async function readCloneFiles(dir: string): Promise<ReadonlyMap<string, ServedFile>> {
  const entries = await readdir(dir, { recursive: true, withFileTypes: true }).catch((cause: Error) => {
    throw new Error(`${dir} can't be read: ${cause.message}. Give the folder that \`backlot synth\` wrote.`, { cause });
  });
  const files = new Map<string, ServedFile>();
  for (const entry of entries) {
    const path = join(entry.parentPath, entry.name);
    const address = path.slice(join(dir, '.').length).replaceAll('\\', '/').replace(/^\/?/, '/');
    if (entry.isFile() && parts.test(address)) files.set(address, served(address, new Uint8Array(await readFile(path))));
  }
  for (const needed of ['/index.html', '/runtime.js', '/world.json']) {
    if (!files.has(needed))
      throw new Error(`${dir} is no clone: it lacks ${needed.slice(1)}. Give the folder that \`backlot synth\` wrote.`);
  }
  return files;
}

/** A file with its content type and a tag that changes with its bytes. */
export function served(address: string, bytes: Uint8Array<ArrayBuffer>): ServedFile {
  return { bytes, mime: mimeOf(address), etag: `"${createHash('sha256').update(bytes).digest('hex').slice(0, 32)}"` };
}
