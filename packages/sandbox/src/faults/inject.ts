import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { BrowserEngine } from '../browser/browser-engine.ts';
import { processesUnder, readProcess } from '../containment/process-group.ts';
import type { Engine, Episode } from '../engine/port.ts';

/** Faults of the surroundings. */
export const faultKinds = ['browser killed', 'container killed', 'page crashed', 'action hangs', 'clock jumps', 'disk full'] as const;
export type FaultKind = (typeof faultKinds)[number];

/** Which faults happen, and when. */
export interface FaultPlan {
  /** The fault of the next step, or null: asked before each. */
  next(): FaultKind | null;
  /** Fills the disk that browsers write to; answers how to empty it again. Without it the fault does nothing. */
  fillDisk?(): Promise<() => Promise<void>>;
  /** Told of every fault that was brought about. */
  happened?(kind: FaultKind): void;
}

const day = 86_400_000;

/** An engine in surroundings that fail as a plan says: for tests of what becomes of episodes then. */
export function withFaults(engine: BrowserEngine, plan: FaultPlan): Engine {
  return {
    name: engine.name,
    open: async (options) => faulty(await engine.open(options), engine, plan),
    close: () => engine.close(),
  };
}

function faulty(episode: Episode, engine: BrowserEngine, plan: FaultPlan): Episode {
  return {
    observe: () => episode.observe(),
    state: () => episode.state(),
    restore: (state) => episode.restore(state),
    close: () => episode.close(),
    async act(action) {
      const kind = plan.next();
      const mend = kind === null ? null : await bringAbout(kind, engine, plan);
      if (kind !== null && mend !== null) plan.happened?.(kind);
      try {
        return await episode.act(action);
      } finally {
        await mend?.();
      }
    },
  };
}

/** Brings a fault about; answers how to end it, or null where it can't be had. */
async function bringAbout(kind: FaultKind, engine: BrowserEngine, plan: FaultPlan): Promise<(() => Promise<void>) | null> {
  if (kind === 'disk full') return (await plan.fillDisk?.()) ?? null;
  if (kind === 'clock jumps') return jump();
  const pid = engine.pid();
  const container = engine.containerPid();
  if (pid === null) return null;
  if (kind === 'browser killed') return end(-pid);
  if (kind === 'container killed') return container === null ? null : end(container);
  const pages = await renderers(container ?? pid);
  if (pages.length === 0) return null;
  signal(pages, kind === 'page crashed' ? 'SIGKILL' : 'SIGSTOP');
  return () => Promise.resolve(signal(pages, 'SIGCONT'));
}

function end(pid: number): () => Promise<void> {
  signal([pid], 'SIGKILL');
  return () => Promise.resolve();
}

/** The time of day is another day from now on. */
function jump(): () => Promise<void> {
  const now = Date.now;
  Date.now = () => now() + day;
  return () => Promise.resolve(void (Date.now = now));
}

function signal(pids: readonly number[], name: NodeJS.Signals): void {
  for (const pid of pids) {
    try {
      process.kill(pid, name);
    } catch {
      // It is gone already.
    }
  }
}

/** The processes that show pages, of all that a process started. */
async function renderers(root: number): Promise<readonly number[]> {
  const pids = await processesUnder(root);
  const commands = await Promise.all(pids.map((pid) => readProcess(pid, 'cmdline')));
  return pids.filter((_pid, i) => commands[i]?.includes('--type=renderer'));
}

const run = promisify(execFile);

/** Fills what is left of a file system with one file; answers how to remove it. */
export async function fillWith(file: string): Promise<() => Promise<void>> {
  await run('dd', ['if=/dev/zero', `of=${file}`, 'bs=1M']).catch(() => undefined);
  return async () => void (await run('rm', ['-f', file]));
}
