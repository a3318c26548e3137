import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { firstThatRuns, type Confinement } from '../containment/command.ts';
import type { FarReport } from './far-end.ts';

/** What arrived at the far end over some time. */
export interface Arrival {
  readonly packets: number;
  /** What they were, as far as it could be read: `DNS name`, `TLS name`, `HTTP GET host/path`, `UDP port`. */
  readonly seen: readonly string[];
}

/** A network with one cable, and a counter at its far end. */
export interface Lane {
  /** The command that runs another at the near end. */
  readonly within: readonly string[];
  /** What arrived since the last time it was asked. */
  arrived(): Promise<Arrival>;
  /** Waits until nothing more arrives, at most a second, and forgets what did. */
  settle(): Promise<Arrival>;
  close(): Promise<void>;
}

/** A lane of a process that is on no network: what its interfaces other than the loopback have sent. */
export function sealedLane(pid: number): Lane {
  const read = async (): Promise<FarReport> => {
    const lines = (await readFile(`/proc/${pid}/net/dev`, 'utf8')).split('\n').filter((line) => /^\s*[^:|]+:/.test(line));
    const sent = lines.filter((line) => !line.trim().startsWith('lo:')).map((line) => Number(line.split(':')[1]?.trim().split(/\s+/)[9]));
    return { packets: sent.reduce((all, each) => all + each, 0), seen: [] };
  };
  return { within: [], ...counter(read), close: () => Promise.resolve() };
}

let found: Promise<Confinement> | undefined;

/** The command that runs another in a namespace where it may make cables; or why this system lets nobody. */
export function laneMeans(): Promise<Confinement> {
  if (process.platform !== 'linux') return Promise.resolve({ why: `${process.platform} has no network namespaces` });
  const cable = ['sh', '-c', 'ip link add a0 type veth peer name b0 && ip link set lo up && "$@"', 'probe'];
  found ??= firstThatRuns([
    ['unshare', '--net', '--', ...cable],
    ['unshare', '--user', '--map-current-user', '--keep-caps', '--net', '--', ...cable],
  ]).then((means) => ('why' in means ? means : { command: means.command.slice(0, -cable.length) }));
  return found;
}

const farEnd = fileURLToPath(new URL(`./far-end${path.extname(import.meta.url)}`, import.meta.url));

/** Still for so long counts as still, in milliseconds. */
const stillness = 120;

/**
 * Lays a cable: into a new namespace, or into that of the process `into`, which may be in a container.
 * @throws where namespaces or cables can't be made here, with the reason
 */
export async function openLane(into?: number): Promise<Lane> {
  const means = await laneMeans();
  if ('why' in means) throw new Error(`Packets can't be counted here: ${means.why}. It needs Linux, util-linux and iproute2.`);
  const [file = 'unshare', ...args] = [...means.command, process.execPath, farEnd, ...(into === undefined ? [] : [String(into)])];
  const child = spawn(file, args, { stdio: ['pipe', 'pipe', 'pipe'] });
  let errors = '';
  child.stderr.on('data', (chunk: Buffer) => (errors = (errors + chunk.toString()).slice(-2000)));
  child.stdin.on('error', () => undefined);
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async (): Promise<unknown> => {
    const { value, done } = await lines.next();
    if (done === true) throw new Error(`The far end of the cable is lost: ${errors.trim().split('\n').at(-1) ?? ''}`);
    return JSON.parse(value);
  };
  const { near } = (await next()) as { near: number };
  const read = async (): Promise<FarReport> => {
    child.stdin.write('\n');
    return (await next()) as FarReport;
  };
  return { within: enter(near, means.command.includes('--user')), ...counter(read), close: () => end(child) };
}

function enter(pid: number, isOwnUser: boolean): readonly string[] {
  const user = isOwnUser ? ['--user', '--preserve-credentials'] : [];
  return ['nsenter', `--target=${pid}`, ...user, '--net', '--mount', '--'];
}

function counter(read: () => Promise<FarReport>): Pick<Lane, 'arrived' | 'settle'> {
  let last = 0;
  const arrived = async (): Promise<Arrival> => {
    const { packets, seen } = await read();
    const since = packets - last;
    last = packets;
    return { packets: since, seen };
  };
  return {
    arrived,
    async settle() {
      let all: Arrival = await arrived();
      for (let waits = 0; waits < 1000 / stillness; waits++) {
        await sleep(stillness);
        const more = await arrived();
        all = sum(all, more);
        if (more.packets === 0) break;
      }
      return all;
    },
  };
}

/** Two arrivals as one. */
export function sum(a: Arrival, b: Arrival): Arrival {
  return { packets: a.packets + b.packets, seen: [...a.seen, ...b.seen] };
}

async function end(child: ReturnType<typeof spawn>): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const over = once(child, 'exit');
  child.stdin?.end();
  const killer = setTimeout(() => child.kill('SIGKILL'), 3000);
  await over;
  clearTimeout(killer);
}
