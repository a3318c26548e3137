import type { Suite, Task, TaskMix, World } from '@backlot/protocol';
import type { Clone } from '@backlot/sandbox';
import { withoutTrial } from '@backlot/world';
import { taskCandidates, type WorkModel } from '@backlot/workflow';
import { admit } from './admit.ts';
import { perturbTask } from './perturb-task.ts';

/** What a suite is built of and called. */
export interface SuiteOptions {
  /** Tasks wanted. */
  readonly n: number;
  readonly seed: number;
  /** The clone's folder, as the suite is to name it. */
  readonly cloneDir: string;
  /** sha256 of the clone's world.json. */
  readonly hash: string;
  readonly name?: string;
  /** In which proportions tasks are drawn: see `Sampling`. */
  readonly mix?: Readonly<Partial<Record<TaskMix, number>>>;
  /** How much each workflow is wanted: see `wantedAfter`. */
  readonly wanted?: Readonly<Record<string, number>>;
  /** Told after every candidate. */
  readonly onProgress?: (progress: { readonly admitted: number; readonly sampled: number }) => void;
}

/** Draws for each task wanted before the search is given up. */
const drawsPerTask = 20;

/**
 * Samples candidates until `n` are admitted, or 20 n were drawn: the suite then holds fewer. Rejected ones are counted by the control
 * that they failed; a task with the instruction and account of one already admitted counts as `duplicate`, one whose surroundings can't be
 * perturbed as `perturbation`. Same seed, same bytes.
 */
export async function buildSuite(world: World, work: WorkModel, options: SuiteOptions): Promise<Suite> {
  const { n, seed, cloneDir, hash } = options;
  const plain = withoutTrial(world);
  const clone: Clone = { world: plain, hash, dir: cloneDir };
  const tasks: Task[] = [];
  const rejected: Record<string, number> = {};
  let sampled = 0;
  const known = new Set<string>();
  const { mix, wanted } = options;
  const sampling = { n: drawsPerTask * n, seed, ...(mix ? { mix } : {}), ...(wanted ? { wanted } : {}) };
  for (const candidate of n > 0 ? taskCandidates(plain, work, sampling) : []) {
    sampled++;
    const task = candidate.mix === 'perturbed' ? perturbTask(plain, candidate, sampled) : candidate;
    const reason = await reasonAgainst(task, tasks, { clone, known, n });
    if (reason === null) tasks.push(task as Task);
    else rejected[reason] = (rejected[reason] ?? 0) + 1;
    options.onProgress?.({ admitted: tasks.length, sampled });
    if (tasks.length >= n) break;
  }
  const counts = Object.fromEntries(Object.entries(rejected).toSorted(([a], [b]) => (a < b ? -1 : 1)));
  const name = options.name ?? `${world.app}-${seed}`;
  return { v: 1, name, clone: cloneDir, worldHash: hash, seed, tasks, sampled, rejected: counts };
}

/** Share of the sampled candidates that were not admitted. */
export function rejectionRate(suite: Suite): number {
  return suite.sampled === 0 ? 0 : 1 - suite.tasks.length / suite.sampled;
}

/** An agent that always gives up must not do well: at most this share of a suite is impossible, or one task. */
export const mostImpossible = 0.1;

function isTooMany({ mix }: Task, tasks: readonly Task[], n: number): boolean {
  return mix === 'impossible' && tasks.filter((task) => task.mix === 'impossible').length + 1 > Math.max(1, mostImpossible * n);
}

interface Building {
  readonly clone: Clone;
  readonly known: Set<string>;
  readonly n: number;
}

/** Why a candidate does not enter; null where it does. */
async function reasonAgainst(task: Task | null, tasks: readonly Task[], { clone, known, n }: Building): Promise<string | null> {
  if (task === null) return 'perturbation';
  if (isTooMany(task, tasks, n)) return 'too many impossible';
  const key = JSON.stringify([task.instruction, task.account, task.perturbation?.kind]);
  if (known.has(key)) return 'duplicate';
  const admission = await admit(task, clone);
  if (!admission.admitted) return admission.control;
  known.add(key);
  return null;
}
