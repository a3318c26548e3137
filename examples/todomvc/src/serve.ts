import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createRequire } from 'node:module';
import path from 'node:path';

/** The real application, being served. Its data live in each browser context, so a fresh context is a fresh start. */
export interface RealApplication {
  /** Origin, without a slash at the end. */
  readonly baseURL: string;
  close(): Promise<void>;
}

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.jsx': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.css': 'text/css; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
};

/**
 * Serves an implementation of TodoMVC on 127.0.0.1. Port 0 takes a free one.
 * @throws where the package has no such implementation, or the port is taken.
 */
export async function serveTodomvc(implementation: string, port = 0): Promise<RealApplication> {
  const root = path.join(
    path.dirname(createRequire(import.meta.url).resolve('todomvc/package.json')),
    'examples',
    path.basename(implementation),
  );
  if (!existsSync(path.join(root, 'index.html')))
    throw new Error(`The package todomvc has no implementation "${implementation}" that can be served as files.`);
  const server = createServer((request, response) => {
    void answer(root, request.url ?? '/').then(({ status, type, body }) => {
      response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store' }).end(body);
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(port, '127.0.0.1', resolve);
  });
  return {
    baseURL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function answer(root: string, address: string): Promise<{ status: number; type: string; body: Buffer | string }> {
  const asked = decodeURIComponent(new URL(address, 'http://localhost').pathname);
  const file = path.join(root, asked.endsWith('/') ? `${asked}index.html` : asked);
  try {
    if (!file.startsWith(root + path.sep)) throw new Error('outside');
    return { status: 200, type: TYPES[path.extname(file)] ?? 'text/plain; charset=utf-8', body: await readFile(file) };
  } catch {
    return { status: 404, type: 'text/plain; charset=utf-8', body: `There is no ${asked} here.\n` };
  }
}
