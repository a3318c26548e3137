/**
 * Very many short episodes over the WebSocket against one service, which is then killed in the middle of its work and started again: what
 * memory it holds on the way, and whether every episode whose end was answered is in its file. Exits with 1 where one is not, or where
 * memory went on growing.
 *
 *   node --conditions=@backlot/source bench/endurance.ts SUITE [--episodes 100000] [--parallel 200] [--threads 2]
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { readSuite } from '@backlot/suites';
import { WebSocket } from 'ws';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    episodes: { type: 'string', default: '100000' },
    parallel: { type: 'string', default: '200' },
    threads: { type: 'string', default: '2' },
  },
});
const [suite] = positionals;
if (suite === undefined) throw new Error('Name a suite that `backlot tasks` wrote.');
const wanted = Number(values.episodes);
const parallel = Number(values.parallel);
const { tasks } = await readSuite(suite);
const command = fileURLToPath(new URL('../apps/cli/bin/backlot.mjs', import.meta.url));
const out = await mkdtemp(path.join(tmpdir(), 'backlot-endurance-'));
/** How much more memory the last quarter may take than the second one. */
const mostGrowth = 1.2;

async function serve(): Promise<{ readonly service: ChildProcess; readonly url: string }> {
  const limits = ['--max-episodes', String(parallel), '--threads', values.threads];
  const service = spawn(process.execPath, [command, 'runner', '--suite', suite as string, '--out', out, ...limits], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = (await once(service.stdout, 'data')) as [Buffer];
  return { service, url: line.toString().trim() };
}

/** Names of the episodes whose end was answered. */
const answered = new Set<string>();
let begun = 0;

/** Plays short episodes, one after the other, until the connection is lost. */
async function play(url: string): Promise<void> {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/ws`);
  const lost = new Promise<null>((gone) => socket.once('close', () => gone(null)).on('error', () => gone(null)));
  if ((await Promise.race([once(socket, 'open'), lost])) === null) return;
  const ask = async (message: object): Promise<{ readonly type: string; readonly data: { readonly done?: boolean } } | null> => {
    socket.send(JSON.stringify(message));
    const said = (await Promise.race([once(socket, 'message'), lost])) as [Buffer] | null;
    return said === null ? null : JSON.parse(said[0].toString());
  };
  for (;;) {
    const name = `e${(begun += 1)}`;
    const task = tasks[begun % tasks.length];
    if (task === undefined) return;
    const moves = [...task.oracle.slice(0, 1), { kind: 'done' }];
    let answer = await ask({ type: 'reset', data: { task: task.id, episode_id: name } });
    for (const move of moves) if (answer !== null) answer = await ask({ type: 'step', data: move });
    if (answer === null) return;
    if (answer.type !== 'observation' || answer.data.done !== true)
      throw new Error(`The episode ${name} did not end: ${JSON.stringify(answer)}`);
    answered.add(name);
  }
}

/** Resident memory of a process, in MB. */
const memoryOf = ({ pid }: ChildProcess): number => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024;

/** Names in the file of finished episodes, as the service gives them. */
async function keptBy(url: string): Promise<readonly string[]> {
  const { body } = await fetch(`${url}/finished`);
  const names: string[] = [];
  if (body === null) return names;
  for await (const line of createInterface({ input: Readable.fromWeb(body as never) })) {
    names.push((JSON.parse(line) as { id: string }).id);
  }
  return names;
}

const began = performance.now();
const first = await serve();
const playing = Promise.all(Array.from({ length: parallel }, () => play(first.url)));
/** The most memory that was held while each twentieth of the episodes was played. */
const peaks: number[] = [];
while (answered.size < wanted) {
  const part = Math.floor((20 * answered.size) / wanted);
  peaks[part] = Math.max(peaks[part] ?? 0, memoryOf(first.service));
  await Promise.race([new Promise((done) => setTimeout(done, 250)), playing]);
}
first.service.kill('SIGKILL');
await playing;
const seconds = (performance.now() - began) / 1000;
const again = await serve();
const kept = await keptBy(again.url);
again.service.kill('SIGTERM');
await once(again.service, 'exit');
await rm(out, { recursive: true });

const known = new Set(kept);
const lost = [...answered].filter((name) => !known.has(name));
const quarter = (i: number): number => Math.max(...peaks.slice(5 * i, 5 * i + 5).filter((peak) => peak !== undefined));
process.stdout.write(
  [
    `episodes whose end was answered   ${answered.size} in ${seconds.toFixed(0)} s`,
    `kept after kill -9 and restart    ${known.size}, of them ${kept.length - known.size} twice`,
    `lost                              ${lost.length}`,
    `memory of the service, MB         ${peaks.map((peak) => peak.toFixed(0)).join(' ')} (the most in each twentieth)`,
    `last quarter against the second   ${(quarter(3) / quarter(1)).toFixed(2)}`,
    '',
  ].join('\n'),
);
process.exit(lost.length === 0 && kept.length === known.size && quarter(3) <= mostGrowth * quarter(1) ? 0 : 1);
