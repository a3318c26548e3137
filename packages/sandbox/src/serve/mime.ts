import { extname } from 'node:path';

const text = 'charset=utf-8';
const types: Readonly<Record<string, string>> = {
  '.avif': 'image/avif',
  '.bmp': 'image/bmp',
  '.css': `text/css; ${text}`,
  '.gif': 'image/gif',
  '.html': `text/html; ${text}`,
  '.ico': 'image/x-icon',
  '.jpeg': 'image/jpeg',
  '.jpg': 'image/jpeg',
  '.js': `text/javascript; ${text}`,
  '.json': `application/json; ${text}`,
  '.mp3': 'audio/mpeg',
  '.mp4': 'video/mp4',
  '.otf': 'font/otf',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.ttf': 'font/ttf',
  '.txt': `text/plain; ${text}`,
  '.webm': 'video/webm',
  '.webp': 'image/webp',
  '.woff': 'font/woff',
  '.woff2': 'font/woff2',
};

/** Content type of a file by its extension; bytes that nobody interprets where it is unknown. */
export function mimeOf(path: string): string {
  return types[extname(path).toLowerCase()] ?? 'application/octet-stream';
}
