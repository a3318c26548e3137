import type { Server } from 'node:http';
import { createAdaptorServer } from '@hono/node-server';
import { createCloneApp } from './clone-app.ts';
import { readCloneFiles } from './clone-files.ts';
import { closeServer, listen } from './listen.ts';

/** How a clone is served. */
export interface ServeOptions {
  /** Account that episodes begin with; by default the world's own. */
  readonly account?: string;
  /** 0 or absent takes a free port. */
  readonly port?: number;
  /** By default only this machine reaches it: `127.0.0.1`. */
  readonly host?: string;
}

/** A clone that is being served. */
export interface ServedClone {
  /** Without a slash at its end: the application's paths are appended. */
  readonly url: string;
  /** Ends at once, open connections included. */
  close(): Promise<void>;
}

/**
 * Serves a clone's folder, as it is now, until closed.
 * @throws where the folder is no clone, the account is unknown, or the port is taken
 */
export async function serveClone(dir: string, { account, port = 0, host = '127.0.0.1' }: ServeOptions = {}): Promise<ServedClone> {
  const files = await readCloneFiles(dir);
  if (account !== undefined) checkAccount(dir, account, files.get('/world.json')?.bytes);
  const app = createCloneApp(files, account);
  const server = createAdaptorServer({ fetch: app.fetch }) as Server;
  const url = await listen(server, { host, port }, "The clone can't be served");
  return { url, close: () => closeServer(server) };
}

function checkAccount(dir: string, account: string, world: Uint8Array | undefined): void {
  let seeds: Readonly<Record<string, unknown>>;
  try {
    seeds = (JSON.parse(new TextDecoder().decode(world)) as { seeds?: Record<string, unknown> }).seeds ?? {};
  } catch (cause) {
    throw new Error(`${dir}/world.json is no JSON. Write the clone anew with \`backlot synth\`.`, { cause });
  }
  if (!Object.hasOwn(seeds, account)) {
    throw new Error(`The clone in ${dir} knows no account "${account}". It has: ${Object.keys(seeds).join(', ') || 'none'}.`);
  }
}
