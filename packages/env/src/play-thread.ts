import { setFlagsFromString } from 'node:v8';
import { Worker, type WorkerOptions } from 'node:worker_threads';

/** Room for young objects in a thread, in MB: one half of it is in use at a time. */
const youngMb = 64;

/**
 * Starts a thread in which episodes are played. A step makes a page and drops one: with room for the pages of many steps most are dropped
 * before the collector comes by and copies them, which spares it work and the thread pauses. V8 has no limit for that of a single thread,
 * so threads that the process starts later have as much room.
 */
export function playThread(file: string | URL, options: WorkerOptions): Worker {
  setFlagsFromString(`--min-semi-space-size=${youngMb}`);
  return new Worker(file, options);
}
