import { spawn, type ChildProcess } from 'node:child_process';
import { createServer, type AddressInfo } from 'node:net';

/** The real application, freshly reset and running. */
export interface RunningApplication {
  /** Its address, without a slash at the end. */
  readonly baseURL: string;
  close(): Promise<void>;
}

/** Starts the real application, freshly reset to an account, as often as it is asked. */
export interface RealApplication {
  open(account: string, signal?: AbortSignal): Promise<RunningApplication>;
}

/** Longest time an application may need to start, in milliseconds: a first start may install and seed. */
const longestStart = 900_000;
/** How long it may take to stop by itself. */
const longestStop = 10_000;

/**
 * A real application that a shell command starts: `{account}` and `{port}` in it are filled in, and it prints its address when it
 * is ready. It is stopped with all that it started.
 */
export function realCommand(command: string): RealApplication {
  return {
    async open(account, signal) {
      signal?.throwIfAborted();
      const port = await freePort();
      const line = command.replaceAll('{port}', String(port)).replaceAll('{account}', shellWord(account));
      const child = spawn('/bin/sh', ['-c', line], { stdio: ['ignore', 'pipe', 'pipe'], detached: true });
      const close = (): Promise<void> => stop(child);
      try {
        return { baseURL: await addressOf(child, line, signal), close };
      } catch (error) {
        await close();
        throw error;
      }
    },
  };
}

/** Accounts come from logs: none of their characters may mean anything to the shell. */
function shellWord(text: string): string {
  return /^[\w.@-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

function addressOf(child: ChildProcess, line: string, signal: AbortSignal | undefined): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = '';
    let complained = '';
    const timer = setTimeout(() => reject(new Error(`"${line}" printed no address in ${longestStart / 1000} seconds.`)), longestStart);
    const abort = (): void => reject(signal?.reason as Error);
    signal?.addEventListener('abort', abort, { once: true });
    child.stdout?.on('data', (data: Buffer) => {
      said = (said + data.toString('utf8')).slice(-10_000);
      const address = /https?:\/\/[^\s"'<>]+(?=\s)/.exec(said)?.[0];
      if (address === undefined) return;
      clearTimeout(timer);
      signal?.removeEventListener('abort', abort);
      resolve(address.replace(/\/+$/, ''));
    });
    child.stderr?.on('data', (data: Buffer) => (complained = (complained + data.toString('utf8')).slice(-2000)));
    child.once('error', reject);
    child.once('exit', (code) => {
      clearTimeout(timer);
      const why = complained.trim().split('\n').at(-1) ?? '';
      reject(new Error(`"${line}" ended with code ${code} before it printed an address${why === '' ? '.' : `: ${why}`}`));
    });
  });
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  signalGroup(child.pid, 'SIGTERM');
  const timer = setTimeout(() => signalGroup(child.pid, 'SIGKILL'), longestStop);
  await ended;
  clearTimeout(timer);
}

function signalGroup(pid: number | undefined, signal: NodeJS.Signals): void {
  try {
    if (pid !== undefined) process.kill(-pid, signal);
  } catch {
    // It is gone already.
  }
}
