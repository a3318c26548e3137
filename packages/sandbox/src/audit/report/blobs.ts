import { lstat, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { auditFiles } from '../audit-log.ts';
import { sha256 } from '../chain.ts';

/** Most bytes of pictures that a page holds. */
const mostBytes = 24_000_000;

/** The blobs that a page shows. Pictures are held once each; those that no longer fit are left out and counted. */
export interface ShownBlobs {
  text(digest: string): string | null;
  /** A `data:` address; null where it is missing, changed, no PNG, or left out. */
  picture(digest: string): string | null;
  readonly leftOut: number;
}

/** Loads blobs by digest. What is not what its digest says is not shown. */
export async function loadBlobs(
  dir: string,
  wanted: { readonly texts: Iterable<string>; readonly pictures: Iterable<string> },
): Promise<ShownBlobs> {
  const texts = new Map<string, string>();
  const pictures = new Map<string, string>();
  for (const digest of new Set(wanted.texts)) {
    const bytes = await load(dir, digest);
    if (bytes !== null) texts.set(digest, bytes.toString('utf8'));
  }
  let total = 0;
  let leftOut = 0;
  for (const digest of new Set(wanted.pictures)) {
    const bytes = await load(dir, digest);
    if (bytes === null || !isPng(bytes)) continue;
    total += bytes.length;
    if (total > mostBytes) leftOut += 1;
    else pictures.set(digest, `data:image/png;base64,${bytes.toString('base64')}`);
  }
  return { text: (digest) => texts.get(digest) ?? null, picture: (digest) => pictures.get(digest) ?? null, leftOut };
}

async function load(dir: string, digest: string): Promise<Buffer | null> {
  const file = join(dir, auditFiles.blobs, digest);
  // A link or a pipe could lead anywhere, and never end.
  const isPlain = await lstat(file).then(
    (stats) => stats.isFile(),
    () => false,
  );
  const bytes = isPlain ? await readFile(file).catch(() => null) : null;
  return bytes !== null && sha256(bytes) === digest ? bytes : null;
}

const isPng = (bytes: Buffer): boolean => bytes.subarray(0, 8).equals(Buffer.from('89504e470d0a1a0a', 'hex'));
