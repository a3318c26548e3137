import { availableParallelism } from 'node:os';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Worker } from 'node:worker_threads';
import type { Outcome, PlayOptions, TaskChoice } from '@backlot/protocol';
import { EpisodeError } from '../errors.ts';
import type { TaskPlaces } from '../open-tasks.ts';
import { playThread } from '../play-thread.ts';
import type { VectorOutcome, WorkerAnswer, WorkerCall, WorkerSetup } from './messages.ts';

/** What a vector of environments is made of. Its engine is the interpreter. */
export interface VectorOptions extends TaskPlaces, PlayOptions {
  /** How many environments. */
  readonly num: number;
  /** Threads that they are spread over; as many as there are processors where nothing is said. */
  readonly workers?: number;
  /** With the place of an environment and the number of its episode it draws the task. Default 0. */
  readonly seed?: number;
  /** Whether an episode that ends is followed by the next at once. Default true. */
  readonly autoReset?: boolean;
}

/** Many environments that step together, in the manner of Gymnasium's vectors. Calls must not overlap. */
export interface VectorEnv {
  readonly num: number;
  /** Begins an episode in each environment; `choices` name tasks, else seeds draw them. */
  reset(choices?: readonly TaskChoice[]): Promise<readonly Outcome[]>;
  /** One move for each environment. Where an episode ends, `final` holds its last outcome and the rest is the beginning of the next. */
  step(moves: readonly unknown[]): Promise<readonly VectorOutcome[]>;
  close(): Promise<void>;
}

const file = fileURLToPath(new URL(`./worker${extname(import.meta.url)}`, import.meta.url));
/** From sources the packages are found by their sources. */
const execArgv = file.endsWith('.ts') ? ['--conditions=@backlot/source'] : [];

/**
 * Makes environments that are spread over worker threads. The same seed gives the same tasks, however many threads there are.
 * @throws an error that says which file can't be used, and why
 */
export async function makeVectorEnv(options: VectorOptions): Promise<VectorEnv> {
  const { num, seed = 0, autoReset = true, suite, clone, workers = availableParallelism(), num: _num, ...play } = options;
  if (num < 1) throw new EpisodeError('A vector needs one environment or more.');
  const places = { ...(suite === undefined ? {} : { suite }), ...(clone === undefined ? {} : { clone }) };
  const crew = startCrew({ places, play }, sharesOf(num, Math.min(num, Math.max(1, workers))));
  // A worker that can't begin says so here.
  await crew.ask(new Array<null>(num).fill(null), (part) => ({ reset: part }));
  const begun = new Array<number>(num).fill(0);
  const next = (i: number): TaskChoice => ({ seed: seed + i + num * (begun[i] ?? 0) });
  const count = (i: number): void => void (begun[i] = (begun[i] ?? 0) + 1);
  return {
    num,
    async reset(choices) {
      const wanted = Array.from({ length: num }, (_, i) => choices?.[i] ?? next(i));
      const outcomes = await crew.ask(wanted, (part) => ({ reset: part }));
      for (let i = 0; i < num; i++) count(i);
      return outcomes;
    },
    async step(moves) {
      if (moves.length !== num) throw new EpisodeError(`There are ${num} environments, and ${moves.length} moves.`);
      const turns = moves.map((move, i) => ({ move, next: autoReset ? next(i) : null }));
      const outcomes = await crew.ask(turns, (part) => ({ step: part }));
      for (const [i, { final }] of outcomes.entries()) if (final !== undefined) count(i);
      return outcomes;
    },
    close: () => crew.close(),
  };
}

/** So many environments for each worker. */
function sharesOf(num: number, workers: number): readonly number[] {
  return Array.from({ length: workers }, (_, i) => Math.floor(num / workers) + (i < num % workers ? 1 : 0));
}

interface Crew {
  /** Gives each worker its part of the items, and joins what they answer. */
  ask<T>(items: readonly T[], call: (part: readonly T[]) => WorkerCall): Promise<readonly VectorOutcome[]>;
  close(): Promise<void>;
}

function startCrew(setup: Omit<WorkerSetup, 'size'>, shares: readonly number[]): Crew {
  const workers = shares.map((size) => playThread(file, { workerData: { ...setup, size }, execArgv }));
  // Whoever asks hears of it; without a listener the process would end.
  for (const worker of workers) worker.on('error', () => undefined);
  return {
    async ask(items, call) {
      let at = 0;
      const parts = shares.map((size) => items.slice(at, (at += size)));
      const answers = await Promise.all(workers.map((worker, i) => askOne(worker, call(parts[i] ?? []))));
      return answers.flatMap((answer) => {
        if ('error' in answer) throw new EpisodeError(answer.error);
        return answer.outcomes as readonly VectorOutcome[];
      });
    },
    async close() {
      await Promise.all(workers.map((worker) => worker.terminate()));
    },
  };
}

function askOne(worker: Worker, call: WorkerCall): Promise<WorkerAnswer> {
  return new Promise((answered, failed) => {
    const settle = (): void => {
      worker.off('message', take);
      worker.off('error', fail);
      worker.off('exit', gone);
    };
    const take = (answer: WorkerAnswer): void => {
      settle();
      answered(answer);
    };
    const fail = (error: Error): void => {
      settle();
      failed(error);
    };
    const gone = (): void => fail(new EpisodeError('A worker of the vector has ended: make the vector anew.'));
    worker.on('message', take);
    worker.on('error', fail);
    worker.on('exit', gone);
    worker.postMessage(call);
  });
}
