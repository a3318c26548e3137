/**
 * Episodes in surroundings that fail: every few steps the browser is killed, a page crashes or hangs, the clock jumps or the disk is full.
 * Tells what became of every episode, and what is left at the end. Exits with 1 where an episode is not accounted for, was scored
 * otherwise than in the interpreter, or left something behind.
 *
 *   node --conditions=@backlot/source bench/soak.ts [--episodes 500] [--seed 1] [--engine browser|container]
 */
import { execFileSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { createRng, oracleAgent, randomAgent, runEpisode, runUntilJudged, type Agent } from '@backlot/agents';
import type { Task } from '@backlot/protocol';
import { bundleRuntime, indexPage } from '@backlot/runtime';
import {
  createBrowserEngine,
  createContainerEngine,
  createTextEngine,
  faultKinds,
  fillWith,
  readClone,
  withFaults,
  type BrowserEngine,
} from '@backlot/sandbox';
import { listWorld } from '../packages/world/fixtures/list-world.ts';
import { findChromium } from '../scripts/find-chromium.mjs';

const { values } = parseArgs({
  options: {
    episodes: { type: 'string', default: '500' },
    seed: { type: 'string', default: '1' },
    engine: { type: 'string', default: 'browser' },
  },
});
const episodes = Number(values.episodes);
const rng = createRng(`soak ${values.seed}`);
/** One step in so many meets a fault. */
const every = 6;

const task: Task = {
  id: 'settings',
  workflow: 'soak',
  instruction: 'Open the settings.',
  account: 'two',
  setup: [],
  verifier: { goals: [{ kind: 'at', url: '/settings' }], nothingElse: false },
  oracle: [
    { kind: 'click', target: { role: 'checkbox', name: 'Done', nth: 0 } },
    { kind: 'click', target: { role: 'link', name: 'Settings', nth: 0 } },
  ],
  wrong: [],
  maxSteps: 4,
  difficulty: 0,
};

/** A disk of its own for what browsers write, so that it can be filled: null where this system lets nobody make one. */
async function smallDisk(): Promise<string | null> {
  const dir = await mkdtemp(path.join(tmpdir(), 'backlot-soak-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=96m,mode=1777', 'tmpfs', dir], { stdio: 'ignore' });
    return dir;
  } catch {
    await rm(dir, { recursive: true });
    return null;
  }
}

function makeEngine(): BrowserEngine {
  const patience = 4000;
  if (values.engine === 'container') {
    return createContainerEngine({
      seccomp: readFileSync(new URL('../sandboxes/chromium/seccomp.json', import.meta.url), 'utf8'),
      patience,
    });
  }
  const executablePath = findChromium();
  if (executablePath === null) throw new Error('No Chromium was found: set BACKLOT_CHROMIUM.');
  return createBrowserEngine({ executablePath, patience });
}

/** Processes of browsers that this program started. */
function processesLeft(marker: string): number {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((name) => {
      try {
        return readFileSync(`/proc/${name}/cmdline`, 'utf8').includes(marker);
      } catch {
        return false;
      }
    }).length;
}

/** Containers of browsers that the daemon still has; none where there is no daemon. */
async function containersLeft(): Promise<number> {
  if (values.engine !== 'container') return 0;
  // The daemon removes a container a moment after its last process.
  for (let waits = 0; ; waits++) {
    const ids = execFileSync('docker', ['ps', '--all', '--quiet', '--filter', 'label=backlot=browser'], { encoding: 'utf8' });
    const count = ids.split('\n').filter((line) => line !== '').length;
    if (count === 0 || waits === 20) return count;
    await sleep(250);
  }
}

const heapMiB = (): number => {
  globalThis.gc?.();
  return Math.round(process.memoryUsage().heapUsed / 2 ** 20);
};

const cloneDir = await mkdtemp(path.join(tmpdir(), 'backlot-soak-clone-'));
await writeFile(path.join(cloneDir, 'index.html'), indexPage());
await writeFile(path.join(cloneDir, 'runtime.js'), await bundleRuntime());
await writeFile(path.join(cloneDir, 'world.json'), JSON.stringify(listWorld));
const clone = await readClone(cloneDir);
const disk = await smallDisk();
const scratch = disk ?? path.join(cloneDir, 'tmp');
await mkdir(scratch, { recursive: true });
process.env['TMPDIR'] = scratch;

const faults: Record<string, number> = {};
const engine = makeEngine();
const failing = withFaults(engine, {
  next: () => (rng.int(every) === 0 ? (faultKinds[rng.int(faultKinds.length)] ?? null) : null),
  happened: (kind) => (faults[kind] = (faults[kind] ?? 0) + 1),
  ...(disk === null ? {} : { fillDisk: () => fillWith(path.join(disk, 'ballast')) }),
});

const tally = { judged: 0, abandoned: 0, 'infra_error records': 0, 'scored infra_errors': 0, 'scored otherwise': 0 };
const memory: number[] = [];
const begin = performance.now();
try {
  for (let i = 0; i < episodes; i++) {
    const agent: Agent = i % 2 === 0 ? oracleAgent : randomAgent;
    const records = await runUntilJudged({ engine: failing, clone, task, agent, seed: i }, 8);
    const reference = await runEpisode({ engine: createTextEngine(), clone, task, agent, seed: i });
    const last = records.at(-1);
    const lost = records.filter(({ ending }) => ending === 'infra_error');
    tally['infra_error records'] += lost.length;
    tally['scored infra_errors'] += lost.filter(({ reward }) => reward !== null).length;
    if (last?.ending === 'infra_error') {
      tally.abandoned += 1;
      process.stderr.write(`episode ${i} is given up: ${lost.flatMap(({ feedback }) => feedback).join(' ')}\n`);
    } else tally.judged += 1;
    if (last?.ending !== 'infra_error' && last?.reward !== reference.reward) tally['scored otherwise'] += 1;
    if (i % 50 === 49) {
      memory.push(heapMiB());
      process.stderr.write(`${i + 1} of ${episodes}, heap ${memory.at(-1)} MiB, ${JSON.stringify(faults)}\n`);
    }
  }
} finally {
  await engine.close();
}
const files = readdirSync(scratch);
const processes = processesLeft(scratch);
const containers = await containersLeft();
console.log(JSON.stringify({ episodes, seconds: Math.round((performance.now() - begin) / 1000), ...tally, faults }, null, 2));
console.log(
  `left at the end: ${processes} processes, ${containers} containers, ${files.length} files ${files.join(' ')}; heap at every 50th episode, MiB: ${memory.join(' ')}`,
);
if (disk !== null) execFileSync('umount', [disk]);
await rm(scratch, { recursive: true, force: true });
await rm(cloneDir, { recursive: true, force: true });
const isSound =
  tally.judged === episodes &&
  tally['scored infra_errors'] === 0 &&
  tally['scored otherwise'] === 0 &&
  processes === 0 &&
  containers === 0 &&
  files.length === 0;
process.exitCode = isSound ? 0 : 1;
