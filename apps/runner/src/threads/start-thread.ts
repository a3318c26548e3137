import { extname } from 'node:path';
import type { Worker } from 'node:worker_threads';
import { playThread } from '@backlot/env';
import { createBirpc } from 'birpc';
import { ServiceError } from '../errors.ts';
import { failureOf } from '../openenv/failure.ts';
import type { Service } from '../service/service.ts';
import { copyOfRequest, responseOf } from './copies.ts';
import { threadEvents, type ThreadCalls, type ThreadSetup, type WireCalls } from './messages.ts';
import { NearWires } from './near-wires.ts';

/** A thread that keeps episodes. */
export interface Thread extends Service {
  /** Its meters. */
  metrics(): Promise<object>;
  /** Resolves once it has ended, by itself or by `close`. */
  readonly ended: Promise<void>;
}

const file = new URL(`./thread${extname(import.meta.url)}`, import.meta.url);
/** From sources the packages are found by their sources. */
const execArgv = file.pathname.endsWith('.ts') ? ['--conditions=@backlot/source'] : [];

const lost = 'The thread that kept the episode has ended, and the episode with it: begin another one.';

/** Starts a thread. @throws where it can't begin */
export async function startThread(setup: ThreadSetup): Promise<Thread> {
  const worker = playThread(file, { workerData: setup, execArgv });
  const wires: NearWires = new NearWires(() => calls);
  const calls = createBirpc<ThreadCalls, WireCalls>(wires, {
    post: (message) => worker.postMessage(message),
    on: (take) => void worker.on('message', take),
    bind: 'functions',
    eventNames: [...threadEvents],
    timeout: -1,
  });
  let why = lost;
  worker.on('error', (error) => (why = `${lost} (${error.message})`));
  const ended = new Promise<void>((resolve) => {
    worker.once('exit', () => {
      // Nobody is told any more of wires that are gone.
      wires.lose(why);
      calls.$close(new ServiceError('ENGINE_FAILED', why));
      resolve();
    });
  });
  try {
    await calls.begin();
  } catch (error) {
    await worker.terminate();
    throw error;
  }
  return { ...remoteService(calls, wires, worker), metrics: () => calls.metrics(), ended };
}

function remoteService(calls: ThreadCalls, wires: NearWires, worker: Worker): Service {
  const parts = (body: number): ReadableStream<Uint8Array> =>
    new ReadableStream({
      async pull(stream) {
        const part = await calls.read(body);
        if (part === null) stream.close();
        else stream.enqueue(part);
      },
      cancel: () => calls.cancel(body),
    });
  return {
    fetch: async (request) => responseOf(await calls.fetch(await copyOfRequest(request)), parts),
    async admit(arrival) {
      const status = await calls.admit(arrival);
      if (status !== null) return { status };
      return {
        serve: (wire) =>
          wires.join(wire, {
            connect: (id) => calls.connect(id, arrival),
            lose: (why) => {
              if (arrival.path === '/ws') void wire.send(JSON.stringify(failureOf('SESSION_ERROR', why)));
              wire.close(1011, 'The thread that kept the episode has ended.');
            },
          }),
      };
    },
    drain: (ms) => calls.drain(ms),
    async close() {
      // A thread that has ended has nothing to close.
      await calls.close().catch(() => undefined);
      await worker.terminate();
    },
  };
}
