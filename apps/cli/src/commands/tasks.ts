import { taskMixes, type Suite, type TaskMix } from '@backlot/protocol';
import { InvalidArgumentError, type Command } from 'commander';
import { suiteFileOf } from '../files.ts';
import { command, run, type Context, type Verdict } from '../io/command.ts';
import { exitCodes, UsageError } from '../io/errors.ts';
import { wholeNumber } from '../io/options.ts';
import { count, table } from '../io/table.ts';

interface Options {
  readonly n: number;
  readonly seed: number;
  readonly out: string;
  readonly name?: string;
  readonly mix?: Readonly<Partial<Record<TaskMix, number>>>;
  readonly after?: string;
  readonly of?: string;
  readonly json?: boolean;
}

/** `backlot tasks CLONE` */
export function tasksCommand(): Command {
  return command({
    name: 'tasks',
    summary: 'sample tasks from the learned work and freeze those that are proven as a suite',
    examples: [
      'backlot tasks clone --n 20 --out suite',
      'backlot tasks clone --n 100 --seed 7 --out suites/seven.json --json',
      'backlot tasks clone --n 50 --mix representative=6,question=2,ambiguous=1,impossible=1 --out suites/mixed',
      'backlot tasks clone --n 50 --seed 2 --after runs/learner --of suites/first --out suites/next',
    ],
  })
    .argument('<clone>', 'folder that `backlot synth` wrote')
    .requiredOption('--out <suite>', 'file of the suite; in a folder that is there, its suite.json')
    .option('--n <n>', 'tasks wanted', wholeNumber(1), 20)
    .option('--seed <seed>', 'the same seed gives the same suite', wholeNumber(0), 1)
    .option('--mix <mix>', `which tasks, as shares: ${taskMixes.join(', ')}, such as representative=8,long=1,rare=1`, mixOf)
    .option('--after <run>', 'what `backlot run --out` wrote: the next tasks lie where that agent succeeds sometimes; needs --of')
    .option('--of <suite>', 'the suite that the run was of')
    .option('--name <name>', "name of the suite (default: the application's, with the seed)")
    .addHelpText('after', '\nExits with 1 where fewer tasks than wanted pass the controls; the suite then holds those.')
    .action((clone: string, options: Options) => run({ json: options.json === true }, (context) => tasks(clone, options, context)));
}

/** Reads `representative=8,long=1`. */
function mixOf(text: string): Readonly<Partial<Record<TaskMix, number>>> {
  const parts = text.split(',').map((part) => part.split('='));
  const isKnown = ([name, share]: readonly string[]): boolean => taskMixes.some((mix) => mix === name) && Number(share ?? 1) > 0;
  if (!parts.every(isKnown))
    throw new InvalidArgumentError(`Give shares above 0 of ${taskMixes.join(', ')}, such as representative=8,long=1.`);
  return Object.fromEntries(parts.map(([name, share]) => [name, Number(share ?? 1)]));
}

/** What is wanted after a run. */
async function wantedBy({ after, of }: Options): Promise<Readonly<Record<string, number>> | undefined> {
  if (after === undefined) return undefined;
  if (of === undefined) throw new UsageError('--after needs --of: the suite that the run was of.');
  const { parseEpisodes, runFiles } = await import('@backlot/agents');
  const { readSuite, wantedAfter } = await import('@backlot/suites');
  const { readFile } = await import('node:fs/promises');
  const { join } = await import('node:path');
  const file = join(after, runFiles.episodes);
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new UsageError(`${file} can't be read. Name a folder that \`backlot run --out\` wrote.`, { cause });
  });
  return wantedAfter((await readSuite(suiteFileOf(of))).tasks, parseEpisodes(text, file));
}

async function tasks(clone: string, options: Options, { terminal, signal }: Context): Promise<Verdict> {
  const { n, seed, out, name, mix } = options;
  const wanted = await wantedBy(options);
  const { readClone } = await import('@backlot/sandbox');
  const { buildSuite, datasheetText, readWork, rejectionRate, writeSuite } = await import('@backlot/suites');
  const { writeFile } = await import('node:fs/promises');
  const { dirname, relative } = await import('node:path');
  const { costModelOf } = await import('@backlot/workflow');
  const { world, hash } = await readClone(clone);
  const work = await readWork(clone);
  const file = suiteFileOf(out);
  const suite = await buildSuite(world, work, {
    n,
    seed,
    // Relative to the suite, so that both can be moved together.
    cloneDir: relative(dirname(file), clone) || '.',
    hash,
    ...(name === undefined ? {} : { name }),
    ...(mix === undefined ? {} : { mix }),
    ...(wanted === undefined ? {} : { wanted }),
    onProgress: ({ admitted, sampled }) => {
      signal.throwIfAborted();
      terminal.progress(`${admitted} of ${n} tasks admitted, ${count(sampled, 'candidate')} tried`);
    },
  });
  await writeSuite(file, suite);
  await writeFile(`${file.replace(/\.json$/, '')}.md`, datasheetText(suite, costModelOf(work)));
  const { tasks: admitted, ...rest } = suite;
  const rejection = rejectionRate(suite);
  terminal.result(
    { file, ...rest, rejection, tasks: admitted.map(({ id, instruction, account }) => ({ id, instruction, account })) },
    report(file, suite, rejection),
  );
  return admitted.length === n ? exitCodes.done : exitCodes.failed;
}

function report(file: string, { tasks: admitted, sampled, rejected }: Suite, rejection: number): string {
  const reasons = Object.entries(rejected).map(([control, times]) => `${times} by ${control}`);
  return [
    table(
      ['task', 'instruction'],
      admitted.map(({ id, instruction }) => [id, instruction]),
    ),
    '',
    `${count(admitted.length, 'task')} admitted of ${count(sampled, 'candidate')}; ${(100 * rejection).toFixed(1)} % rejected${reasons.length === 0 ? '' : `: ${reasons.join(', ')}`}.`,
    `Written to ${file}. Next: backlot run --suite ${file} --agent oracle`,
  ].join('\n');
}
