import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { relative, sep } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { Readable } from 'node:stream';
import { pack } from 'tar-stream';
import { filesIn } from './store.ts';

/** A folder as a `.tar.gz`, streamed. The same files give the same bytes: entries are sorted, and none has a time or an owner. */
export function archiveOf(folder: string): ReadableStream<Uint8Array> {
  const tar = pack();
  const gzip = createGzip();
  void fill(folder, tar).catch((error: Error) => tar.destroy(error));
  pipeline(tar, gzip).catch((error: Error) => gzip.destroy(error));
  return Readable.toWeb(gzip) as ReadableStream<Uint8Array>;
}

async function fill(folder: string, tar: ReturnType<typeof pack>): Promise<void> {
  for (const file of await filesIn(folder)) {
    const { size } = await stat(file);
    const entry = tar.entry({ name: relative(folder, file).split(sep).join('/'), size, mode: 0o644, mtime: new Date(0) });
    await pipeline(createReadStream(file), entry);
  }
  tar.finalize();
}
