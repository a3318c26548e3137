import { parentPort, workerData } from 'node:worker_threads';
import { readClone } from '@backlot/sandbox';
import { readWork } from '@backlot/suites';
import { taskCandidates } from '@backlot/workflow';

/** What one thread samples. */
export interface SamplingOrder {
  readonly clone: string;
  readonly seed: number;
  readonly n: number;
}

const { clone, seed, n } = workerData as SamplingOrder;
const { world } = await readClone(clone);
for (const task of taskCandidates(world, await readWork(clone), { n, seed })) parentPort?.postMessage(task);
parentPort?.postMessage(null);
