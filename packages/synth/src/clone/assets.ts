import { createHash } from 'node:crypto';
import type { Asset } from '@backlot/protocol';

const extensions: Readonly<Record<string, string>> = {
  'application/font-woff': 'woff',
  'application/font-woff2': 'woff2',
  'application/x-font-ttf': 'ttf',
  'font/otf': 'otf',
  'font/ttf': 'ttf',
  'font/woff': 'woff',
  'font/woff2': 'woff2',
  'image/avif': 'avif',
  'image/bmp': 'bmp',
  'image/gif': 'gif',
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'image/svg+xml': 'svg',
  'image/vnd.microsoft.icon': 'ico',
  'image/webp': 'webp',
  'image/x-icon': 'ico',
  'text/css': 'css',
};

/** Kinds of file that a clone may hold: what shows. A served script or document has no place in it. */
function extensionOf(asset: Asset): string {
  const mime = (asset.mime.split(';')[0] ?? '').trim().toLowerCase();
  const known = extensions[mime];
  if (known !== undefined) return known;
  const named = /\.([a-z0-9]{1,5})$/i.exec(asset.url.split(/[?#]/)[0] ?? '')?.[1]?.toLowerCase();
  return named !== undefined && Object.values(extensions).includes(named) ? named : 'bin';
}

function stem(url: string): string {
  const last = (url.split(/[?#]/)[0] ?? '').split('/').findLast((part) => part !== '') ?? '';
  const plain = last
    .replace(/\.[a-z0-9]{1,5}$/i, '')
    .replace(/[^a-z0-9._-]+/gi, '-')
    .replace(/^[.-]+/, '');
  return plain.slice(0, 40) || 'file';
}

/**
 * Address of an asset in its clone: `/assets/`, the beginning of the sha256 of its bytes, and a readable rest made of its own
 * address. The same asset has the same address in every clone.
 */
export function assetPath(asset: Asset): string {
  const hash = createHash('sha256').update(Buffer.from(asset.base64, 'base64')).digest('hex').slice(0, 16);
  return `/assets/${hash}-${stem(asset.url)}.${extensionOf(asset)}`;
}
