/**
 * Many episodes at once over the WebSocket, each with one step a second, against a service in a process of its own: errors, how long a step
 * takes, how much of it the processor works, and what memory the service holds.
 *
 *   node --conditions=@backlot/source bench/load.ts SUITE [--episodes 1000] [--seconds 30] [--threads 2]
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { readSuite } from '@backlot/suites';
import { WebSocket } from 'ws';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    episodes: { type: 'string', default: '1000' },
    seconds: { type: 'string', default: '30' },
    threads: { type: 'string', default: '2' },
  },
});
const [suite] = positionals;
if (suite === undefined) throw new Error('Name a suite that `backlot tasks` wrote.');
const n = Number(values.episodes);
const { tasks } = await readSuite(suite);
const command = fileURLToPath(new URL('../apps/cli/bin/backlot.mjs', import.meta.url));
const service = spawn(process.execPath, [command, 'runner', '--suite', suite, '--max-episodes', String(n), '--threads', values.threads], {
  stdio: ['ignore', 'pipe', 'inherit'],
});
const [line] = (await once(service.stdout, 'data')) as [Buffer];
const url = `${line.toString().trim().replace('http', 'ws')}/ws`;

const times: Record<'step' | 'reset', number[]> = { step: [], reset: [] };
const late: number[] = [];
let errors = 0;
let finished = 0;
let isOver = false;

const pause = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));

/** Connects, and plays the solutions of tasks, one action a second, until time is up. */
async function play(i: number): Promise<void> {
  await pause((1000 * i) / n);
  const socket = new WebSocket(url);
  socket.on('error', () => (errors += 1));
  await once(socket, 'open');
  const ask = async (message: {
    readonly type: 'step' | 'reset';
    readonly data: object;
  }): Promise<{ readonly type: string; readonly data: { readonly reward?: number | null } }> => {
    const start = performance.now();
    socket.send(JSON.stringify(message));
    const [data] = (await once(socket, 'message')) as [Buffer];
    times[message.type].push(performance.now() - start);
    return JSON.parse(data.toString());
  };
  for (let turn = i; !isOver; turn += n) {
    const task = tasks[turn % tasks.length];
    if (task === undefined) break;
    let answer = await ask({ type: 'reset', data: { task: task.id } });
    let next = performance.now();
    for (const action of [...task.oracle, { kind: 'done' }]) {
      next += 1000;
      await pause(Math.max(0, next - performance.now()));
      late.push(performance.now() - next);
      if (isOver) break;
      answer = await ask({ type: 'step', data: action });
      if (answer.type === 'error') errors += 1;
    }
    if (!isOver) finished += 1;
    if (!isOver && answer.data.reward !== 1) errors += 1;
  }
  socket.close();
}

/** Milliseconds that the service has had of the processors; a tick is a hundredth of a second. */
function busyMs(): number {
  const fields = readFileSync(`/proc/${service.pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return 10 * (Number(fields[11]) + Number(fields[12]));
}

/** Resident memory of the service, in MB. */
const memory = (): number => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${service.pid}/status`, 'utf8'))?.[1]) / 1024;

const playing = Promise.all(Array.from({ length: n }, (_, i) => play(i)));
await pause(5000);
const early = memory();
times.step.length = 0;
times.reset.length = 0;
late.length = 0;
const busyBefore = busyMs();
await pause(1000 * Number(values.seconds));
const busy = busyMs() - busyBefore;
const sorted = (all: readonly number[]): readonly number[] => all.toSorted((a, b) => a - b);
const [steps, resets] = [sorted(times.step), sorted(times.reset)];
const measured = steps.length + resets.length;
const waited = sorted(late);
const held = memory();
isOver = true;
await Promise.race([playing, pause(10_000)]);
service.kill('SIGTERM');
const at = (all: readonly number[], share: number): string => (all[Math.floor(share * all.length)] ?? Number.NaN).toFixed(1);
process.stdout.write(
  [
    `episodes open at once        ${n}`,
    `episodes finished            ${finished}`,
    `messages a second            ${Math.round(measured / Number(values.seconds))}`,
    `errors                       ${errors}`,
    `ms a step, median and p99    ${at(steps, 0.5)} and ${at(steps, 0.99)}`,
    `ms a reset, median and p99   ${at(resets, 0.5)} and ${at(resets, 0.99)}`,
    `processor ms a message       ${(busy / measured).toFixed(2)} of the service`,
    `this process was late by, ms ${at(waited, 0.5)} and ${at(waited, 0.99)} (median and p99: what the machine itself adds)`,
    `memory of the service, MB    ${early.toFixed(0)} after 5 s, ${held.toFixed(0)} at the end`,
    '',
  ].join('\n'),
);
process.exit(errors === 0 ? 0 : 1);
