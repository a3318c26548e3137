import { mkdir, mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import type { Asset, World } from '@backlot/protocol';
import { bundleRuntime, indexPage } from '@backlot/runtime';
import { assetFinder, rewriteCssUrls } from './asset-urls.ts';
import { assetPath } from './assets.ts';
import { explainPage } from './explain-page.ts';

/** What a clone is made of. The world's own addresses of assets already lead into the clone (see `assetPath`). */
export interface CloneParts {
  readonly world: World;
  readonly assets: readonly Asset[];
}

function assetBytes(asset: Asset, assets: readonly Asset[]): Uint8Array {
  const bytes = Buffer.from(asset.base64, 'base64');
  if (!assetPath(asset).endsWith('.css')) return bytes;
  return Buffer.from(rewriteCssUrls(bytes.toString('utf8'), assetFinder(asset.url, assets)));
}

async function cloneFiles({ world, assets }: CloneParts): Promise<ReadonlyMap<string, string | Uint8Array>> {
  const files = new Map<string, string | Uint8Array>([
    ['index.html', indexPage()],
    ['runtime.js', await bundleRuntime()],
    ['world.json', `${JSON.stringify(world)}\n`],
    ['explain/index.html', explainPage(world)],
  ]);
  for (const asset of assets) files.set(assetPath(asset).slice(1), assetBytes(asset, assets));
  return files;
}

/** Refuses to put a clone in place of anything but nothing, an empty folder, or a clone. */
async function checkPlace(dir: string): Promise<void> {
  const entries = await readdir(dir).catch((cause: NodeJS.ErrnoException): string[] => {
    if (cause.code === 'ENOENT') return [];
    throw new Error(`${dir} can't be written: ${cause.message}. Choose another folder.`, { cause });
  });
  if (entries.length > 0 && !(entries.includes('world.json') && entries.includes('runtime.js'))) {
    throw new Error(`${dir} holds files that are no clone; they are left alone. Choose another folder, or empty this one.`);
  }
}

async function writeAll(dir: string, files: ReadonlyMap<string, string | Uint8Array>): Promise<void> {
  for (const [path, bytes] of files) {
    await mkdir(dirname(join(dir, path)), { recursive: true });
    await writeFile(join(dir, path), bytes);
  }
}

/**
 * Writes the folder that any browser can open: `index.html`, `runtime.js`, `world.json`, `assets/`, `explain/`. It appears whole or
 * not at all: it is written beside its place and then moved there; a clone that was there is replaced. Same parts, same bytes.
 * @throws where the place holds something that is no clone, or can't be written
 */
export async function writeClone(dir: string, parts: CloneParts): Promise<void> {
  const place = resolve(dir);
  await checkPlace(place);
  const files = await cloneFiles(parts);
  await mkdir(dirname(place), { recursive: true });
  const work = await mkdtemp(join(dirname(place), `.${basename(place)}-`));
  try {
    await writeAll(join(work, 'new'), files);
    await rename(place, join(work, 'old')).catch((cause: NodeJS.ErrnoException) => {
      if (cause.code !== 'ENOENT') throw cause;
    });
    await rename(join(work, 'new'), place).catch(async (cause: unknown) => {
      await rename(join(work, 'old'), place).catch(() => {});
      throw cause;
    });
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}
