/**
 * How fast episodes are as those who train agents use them: steps by view, reset, fork, memory for each open episode, and the round trip
 * of a step over the WebSocket. Seconds are of the processor (user and system), so that what else the machine does matters little;
 * round trips are by the clock.
 *
 *   node --expose-gc --conditions=@backlot/source bench/episodes.ts SUITE [--open 2000]
 */
import { once } from 'node:events';
import { parseArgs } from 'node:util';
import type { Action, ViewForm } from '@backlot/protocol';
import { createRng, isLast, randomAgent } from '@backlot/agents';
import { openTasks, TaskEpisode, type TaskSource } from '@backlot/env';
import { startRunner } from '@backlot/runner';
import { createTextEngine } from '@backlot/sandbox';
import { WebSocket } from 'ws';

const { values, positionals } = parseArgs({ allowPositionals: true, options: { open: { type: 'string', default: '2000' } } });
const [suite] = positionals;
if (suite === undefined) throw new Error('Name a suite that `backlot tasks` wrote.');
const source = await openTasks({ suite });
const engine = createTextEngine();

/** Processor seconds that work takes. */
async function cost(work: () => Promise<unknown>): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}

const begin = async (views: readonly ViewForm[], index = 0): Promise<TaskEpisode> => {
  const task = await source.choose({ index: index % source.tasks.length });
  return TaskEpisode.open({ engine, clone: source.clone, task: { ...task, maxSteps: 1e9 }, play: { views: [...views], reward: 'dense' } });
};

/** What a random agent does in the first task, without what is refused. */
async function walkOf(length: number): Promise<readonly Action[]> {
  const episode = await begin(['aria']);
  const attempt = randomAgent.start(episode.task, createRng('bench'));
  const walk: Action[] = [];
  let outcome = await episode.look();
  for (let tries = 0; walk.length < length && tries < 10 * length; tries++) {
    const { url, title, views } = outcome.observation;
    const move = await attempt.next({ aria: views.aria ?? '', url, title, dialog: null, clock: 0 }, { step: tries, stepsLeft: 1 });
    if (isLast(move)) break;
    outcome = await episode.step(move);
    if (outcome.info.refused === undefined) walk.push(move);
  }
  return walk;
}

const rate = (count: number, seconds: number): string => Math.round(count / seconds).toLocaleString('en');
const show = (what: string, figure: string): void => void process.stdout.write(`${what.padEnd(44)} ${figure}\n`);

async function steps(walk: readonly Action[]): Promise<void> {
  for (const views of [[], ['aria'], ['refs'], ['changes'], ['axtree'], ['html']] as const satisfies readonly (readonly ViewForm[])[]) {
    for (let i = 0; i < 2; i++) {
      const warm = await begin(views);
      for (const move of walk) await warm.step(move);
    }
    const again = await begin(views);
    const seconds = await cost(async () => {
      for (const move of walk) await again.step(move);
    });
    show(`steps a second, ${views[0] ?? 'no view'}`, rate(walk.length, seconds));
  }
}

async function resets(): Promise<void> {
  const n = 500;
  show(
    'reset, ms',
    (
      (1000 *
        (await cost(async () => {
          for (let i = 0; i < n; i++) await begin(['refs'], 0);
        }))) /
      n
    ).toFixed(3),
  );
  const episode = await begin(['refs']);
  show(
    'fork, ms',
    (
      (1000 *
        (await cost(async () => {
          for (let i = 0; i < 10 * n; i++) await episode.fork();
        }))) /
      (10 * n)
    ).toFixed(4),
  );
}

async function memory(walk: readonly Action[], n: number): Promise<void> {
  if (globalThis.gc === undefined) return show('memory', 'needs --expose-gc');
  const held: TaskEpisode[] = [];
  globalThis.gc();
  const before = process.memoryUsage().heapUsed;
  for (let i = 0; i < n; i++) {
    const episode = await begin(['refs'], i);
    await episode.look();
    for (const move of walk.slice(i % 50, (i % 50) + 5)) if (episode.end === null) await episode.step(move);
    held.push(episode);
  }
  globalThis.gc();
  const { heapUsed } = process.memoryUsage();
  show(`memory for each of ${n} open episodes, KB`, ((heapUsed - before) / held.length / 1024).toFixed(1));
}

async function roundTrips(tasks: TaskSource, walk: readonly Action[]): Promise<void> {
  const runner = await startRunner({
    tasks,
    version: 'bench',
    engines: { text: async () => engine },
    engine: 'text',
    play: { views: ['refs'] },
    policies: [],
    maxEpisodes: 1,
    idleMs: 60_000,
  });
  const socket = new WebSocket(`${runner.url.replace('http', 'ws')}/ws`);
  await once(socket, 'open');
  const ask = async (message: object): Promise<void> => {
    socket.send(JSON.stringify(message));
    await once(socket, 'message');
  };
  const times: number[] = [];
  const seconds = await cost(async () => {
    for (const [i, move] of walk.entries()) {
      if (i % 5 === 0) await ask({ type: 'reset', data: { index: i % tasks.tasks.length } });
      const start = performance.now();
      await ask({ type: 'step', data: move });
      times.push(performance.now() - start);
    }
  });
  times.sort((a, b) => a - b);
  const at = (share: number): string => (times[Math.floor(share * times.length)] ?? Number.NaN).toFixed(2);
  show('WebSocket round trip, ms, median and p99', `${at(0.5)} and ${at(0.99)}`);
  show('steps a second over the WebSocket', rate(times.length, seconds));
  socket.close();
  await runner.close();
}

const walk = await walkOf(1000);
show('clone', `${source.clone.world.app}, ${walk.length} actions`);
await steps(walk);
await resets();
await memory(walk, Number(values.open));
await roundTrips(source, walk);
