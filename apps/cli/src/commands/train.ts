import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { CurvePoint, TrainingProgress } from '@backlot/agents';
import type { Command } from 'commander';
import { command, run, type Context, type Verdict } from '../io/command.ts';
import { wholeNumber } from '../io/options.ts';
import { count, percent, table } from '../io/table.ts';
import { checkFolder } from '../files.ts';
import { sampledTasks } from '../sampling/sample-tasks.ts';

interface Options {
  readonly n: number;
  readonly seed: number;
  readonly out: string;
  readonly curve?: string;
  readonly rounds: number;
  readonly practise?: number;
  readonly json?: boolean;
}

/** Draws for each task wanted before the search is given up. */
const drawsPerTask = 20;

/** `backlot train CLONE` */
export function trainCommand(): Command {
  return command({
    name: 'train',
    summary: 'train a small agent on tasks sampled from the learned work: it imitates oracles, then practises; no model service is needed',
    examples: ['backlot train clone --n 500 --seed 7 --out policy.json', 'backlot run --suite suite --agent learner:policy.json'],
  })
    .argument('<clone>', 'folder that `backlot synth` wrote')
    .requiredOption('--out <file>', 'file of the trained policy')
    .option('--n <n>', 'tasks to learn from', wholeNumber(1), 500)
    .option('--seed <seed>', 'the same seed gives the same policy', wholeNumber(0), 1)
    .option('--curve <file>', 'the learning curve as a picture, SVG (default: beside the policy)')
    .option('--rounds <n>', 'rounds of imitation', wholeNumber(1), 6)
    .option('--practise <n>', 'tasks practised by policy gradient, four attempts each (default: as many as --n)', wholeNumber(0))
    .action((clone: string, options: Options) => run({ json: options.json === true }, (context) => train(clone, options, context)));
}

async function train(dir: string, options: Options, { terminal, signal }: Context): Promise<Verdict> {
  checkFolder(dir, 'a folder that `backlot synth` wrote');
  const { createTextEngine, readClone } = await import('@backlot/sandbox');
  const { withoutTrial } = await import('@backlot/world');
  const { curvePicture, policyFileText, trainLearner } = await import('@backlot/agents');
  const clone = await readClone(dir);
  const { readWork } = await import('@backlot/suites');
  await readWork(dir);
  const { n, seed, rounds, practise = n, out, curve: picture = `${out.replace(/\.json$/, '')}.svg` } = options;
  const begun = performance.now();
  const training = await trainLearner({
    engine: createTextEngine(),
    clone: { ...clone, world: withoutTrial(clone.world) },
    tasks: sampledTasks(dir, { n: drawsPerTask * n, seed }),
    n,
    seed,
    rounds,
    practised: practise,
    signal,
    onProgress: (progress) => terminal.progress(sayProgress(progress)),
  });
  const { learned, curve, tasks, unusable, random } = training;
  const about = { app: clone.world.app, world: clone.hash, tasks, seed, rounds, practised: practise };
  await mkdir(dirname(out), { recursive: true });
  await writeFile(out, policyFileText(learned, about));
  const title = `${clone.world.app}: tasks kept apart that are solved, after ${count(tasks, 'task')} seen`;
  await writeFile(picture, curvePicture(curve, { title, random: random.total === 0 ? 0 : random.solved / random.total }));
  const seconds = (performance.now() - begun) / 1000;
  const result = { policy: out, picture, ...about, unusable, seconds, random, curve };
  terminal.result(result, await report(result));
}

function sayProgress({ phase, done, of }: TrainingProgress): string {
  const what = { demonstrating: 'tasks shown by their oracles', imitating: 'rounds of imitation', practising: 'tasks practised' }[phase];
  return `${done} of ${of} ${what}`;
}

interface Result {
  readonly policy: string;
  readonly picture: string;
  readonly tasks: number;
  readonly unusable: number;
  readonly seconds: number;
  readonly random: { readonly solved: number; readonly total: number };
  readonly curve: readonly CurvePoint[];
}

async function report({ policy, picture, tasks, unusable, seconds, random, curve }: Result): Promise<string> {
  const { shareOf } = await import('@backlot/fidelity');
  const rows = curve.map(({ phase, at, solved, total }) => [
    { start: 'untrained', imitation: 'rounds of imitation', practice: 'tasks practised' }[phase],
    at,
    solved,
    percent(shareOf(solved, total)),
  ]);
  const last = curve.at(-1);
  return [
    table(['after', 'of', 'solved', `of ${last?.total ?? 0} tasks kept apart`], rows),
    '',
    `Trained on ${count(tasks, 'task')} in ${seconds.toFixed(0)} s (${unusable} more were left out: their oracle earned nothing); ` +
      `the random agent solves ${random.solved} of ${random.total}.`,
    `Written to ${policy}, the curve to ${picture}. Next: backlot run --suite SUITE --agent learner:${policy}`,
  ].join('\n');
}
