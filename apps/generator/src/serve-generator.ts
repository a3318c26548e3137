import type { Server } from 'node:http';
import { mkdir } from 'node:fs/promises';
import { createAdaptorServer } from '@hono/node-server';
import { checkListening, closeServer, listen } from '@backlot/sandbox';
import { createGeneratorApp } from './http/app.ts';
import { Jobs, type Synthesiser } from './jobs.ts';
import { Store, type StoreLimits } from './store.ts';

/** How the service is run. */
export interface GeneratorOptions {
  /** Folder of all that it keeps. */
  readonly dir: string;
  readonly synthesiser: Synthesiser;
  /** Default `127.0.0.1`; another needs a token. */
  readonly host?: string;
  /** 0 or absent takes a free port. */
  readonly port?: number;
  readonly token?: string | undefined;
  readonly limits?: Partial<StoreLimits>;
  /** Longest that one job may take, in milliseconds; it then fails. Default two hours. */
  readonly jobMs?: number;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/** The service as it runs. */
export interface RunningGenerator {
  readonly url: string;
  close(): Promise<void>;
}

const mebibyte = 1 << 20;
const defaultLimits: StoreLimits = {
  bytesPerFile: 256 * mebibyte,
  bytesPerProject: 4096 * mebibyte,
  filesPerProject: 5000,
  projects: 1000,
};
const hour = 3_600_000;

/** Serves until closed; takes up jobs that an earlier service left. @throws where the host is not this machine's own and there is no token */
export async function serveGenerator(options: GeneratorOptions): Promise<RunningGenerator> {
  const { dir, synthesiser, host = '127.0.0.1', port = 0, token, limits, jobMs = 2 * hour, now } = options;
  checkListening(host, token);
  await mkdir(dir, { recursive: true });
  const store = new Store(dir, { ...defaultLimits, ...limits }, now);
  const jobs = new Jobs(store, synthesiser, jobMs);
  const app = createGeneratorApp({ store, jobs, token });
  let open = (): void => undefined;
  const isReady = new Promise<void>((resolve) => (open = resolve));
  // Nothing is served before what an earlier service left is put in order, and that is left alone where the port is taken.
  const server = createAdaptorServer({ fetch: async (request, env) => isReady.then(() => app.fetch(request, env)) }) as Server;
  const url = await listen(server, { host, port }, "The service can't listen");
  try {
    await store.sweep();
    await jobs.resume();
  } catch (error) {
    await closeServer(server);
    throw error;
  }
  open();
  return {
    url,
    async close() {
      await closeServer(server);
      await jobs.close();
    },
  };
}
