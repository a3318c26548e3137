import { on } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { Task } from '@backlot/protocol';
import type { SamplingOrder } from './sample-worker.ts';

/** Streams that are sampled at the same time, whatever the machine: the order of the tasks depends on it. */
const streams = 4;

/** Samples tasks on several threads, up to `n` draws each. The same seed gives the same tasks in the same order on every machine. */
export async function* sampledTasks(clone: string, { n, seed }: { readonly n: number; readonly seed: number }): AsyncGenerator<Task> {
  const threads = Array.from({ length: streams }, (_, i) => startThread({ clone, n, seed: streamSeed(seed, i) }));
  try {
    const open = new Set(threads);
    while (open.size > 0) {
      for (const thread of open) {
        const task = await thread.next();
        if (task === null) open.delete(thread);
        else yield task;
      }
    }
  } finally {
    for (const thread of threads) void thread.stop();
  }
}

/** Far from the seeds that people give, so that no suite holds the tasks of a stream. */
function streamSeed(seed: number, stream: number): number {
  return (seed + 1) * 1_000_003 + stream;
}

interface Thread {
  next(): Promise<Task | null>;
  stop(): Promise<unknown>;
}

function startThread(workerData: SamplingOrder): Thread {
  const { url } = import.meta;
  const isSource = url.endsWith('.ts');
  const file = new URL(isSource ? './sample-worker.ts' : './sample-worker.js', url);
  const worker = new Worker(file, { workerData, ...(isSource ? { execArgv: ['--conditions=@backlot/source'] } : {}) });
  const messages = on(worker, 'message', { close: ['exit'] });
  return {
    async next() {
      const { done, value } = (await messages.next()) as IteratorResult<[Task | null]>;
      return done === true ? null : value[0];
    },
    stop: () => worker.terminate(),
  };
}
