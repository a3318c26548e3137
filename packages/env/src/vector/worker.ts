/** Holds some of the environments of a vector, each with an episode of its own. */
import { parentPort, workerData } from 'node:worker_threads';
import { makeEnv, type Env } from '../make-env.ts';
import { openTasks } from '../open-tasks.ts';
import type { Turn, VectorOutcome, WorkerAnswer, WorkerCall, WorkerSetup } from './messages.ts';

const { places, play, size } = workerData as WorkerSetup;
const tasks = await openTasks(places);
const envs = await Promise.all(Array.from({ length: size }, () => makeEnv({ ...play, tasks })));

async function turn(env: Env, { move, next }: Turn): Promise<VectorOutcome> {
  const outcome = await env.step(move);
  if (next === null || !(outcome.terminated || outcome.truncated)) return outcome;
  const begun = await env.reset(next);
  const { reward, terminated, truncated } = outcome;
  return { ...begun, reward, terminated, truncated, final: outcome };
}

async function answer(call: WorkerCall): Promise<WorkerAnswer> {
  try {
    const outcomes: (VectorOutcome | null)[] = [];
    for (const [i, env] of envs.entries()) {
      if ('step' in call) outcomes.push(await turn(env, call.step[i] as Turn));
      else {
        const choice = call.reset[i] ?? null;
        outcomes.push(choice === null ? null : await env.reset(choice));
      }
    }
    return { outcomes };
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) };
  }
}

parentPort?.on('message', (call: WorkerCall) => void answer(call).then((answered) => parentPort?.postMessage(answered)));
