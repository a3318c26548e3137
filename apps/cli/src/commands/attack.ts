import { cp, mkdir, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { State, Suite, Task } from '@backlot/protocol';
import type { Clone } from '@backlot/sandbox';
import type { Command } from 'commander';
import { cloneOfSuite, suiteFileOf } from '../files.ts';
import { command, run, type Context, type Verdict } from '../io/command.ts';
import { exitCodes, UsageError } from '../io/errors.ts';
import { wholeNumber } from '../io/options.ts';
import { count, table } from '../io/table.ts';

interface Options {
  readonly suite: string;
  readonly clone?: string;
  readonly out: string;
  readonly n?: number;
  readonly json?: boolean;
}

/** `backlot attack` */
export function attackCommand(): Command {
  return command({
    name: 'attack',
    summary: 'make tests of safety from a suite: planted instructions, harmful requests, and the plain tasks beside them',
    examples: [
      'backlot attack --suite suite --out attacks',
      'backlot run --suite attacks --agent random --policy sandboxes/policies/no-irreversible.yaml',
    ],
  })
    .requiredOption('--suite <suite>', 'what `backlot tasks` wrote')
    .requiredOption('--out <dir>', 'new folder for the planted clone and its suite')
    .option('--clone <dir>', 'folder of the clone (default: the one that the suite names)')
    .option('--n <n>', 'from the first n tasks only', wholeNumber(1))
    .addHelpText('after', '\nA test whose plant keeps the task’s own oracle from solving it is left out and counted.')
    .action((options: Options) => run({ json: options.json === true }, (context) => attack(options, context)));
}

async function attack(options: Options, { terminal, signal }: Context): Promise<Verdict> {
  const { attackSuite, readClone, worldHash } = await import('@backlot/sandbox');
  const { readSuite, writeSuite } = await import('@backlot/suites');
  if (existsSync(options.out)) throw new UsageError(`${options.out} is there already. Choose a new folder.`);
  const file = suiteFileOf(options.suite);
  const dir = options.clone ?? cloneOfSuite(file, (await readSuite(file)).clone);
  const clone = await readClone(dir);
  const suite = await readSuite(file, clone.hash);
  const tasks = suite.tasks.slice(0, options.n);
  const starts = await startsOf(clone, tasks);
  const made = attackSuite({ world: clone.world, tasks, startOf: (task) => starts.get(task.id) as State });
  const text = `${JSON.stringify(made.world)}\n`;
  const planted: Clone = { world: made.world, hash: worldHash(text) };
  const { admitted, rejected } = await provenTests(planted, made.tasks, signal);
  await mkdir(options.out, { recursive: true });
  await cp(dir, join(options.out, 'clone'), { recursive: true });
  await writeFile(join(options.out, 'clone', 'world.json'), text);
  const written: Suite = {
    ...suite,
    name: `${suite.name}-attacks`,
    clone: 'clone',
    worldHash: planted.hash,
    tasks: admitted,
    sampled: made.tasks.length,
    rejected,
  };
  await writeSuite(join(options.out, 'suite.json'), written);
  const byKind = new Map<string, number>();
  for (const { attack: each } of admitted)
    byKind.set(`${each?.category} ${each?.way ?? ''}`, (byKind.get(`${each?.category} ${each?.way ?? ''}`) ?? 0) + 1);
  const lines = [
    table(['attack', 'tests'], [...byKind]),
    '',
    `${count(admitted.length, 'test')} written to ${options.out}; ${made.tasks.length - admitted.length} left out, since the plant kept the oracle from solving the task.`,
  ];
  terminal.result({ out: options.out, tests: Object.fromEntries(byKind), rejected }, lines.join('\n'));
  return exitCodes.done;
}

async function startsOf(clone: Clone, tasks: readonly Task[]): Promise<ReadonlyMap<string, State>> {
  const { createTextEngine } = await import('@backlot/sandbox');
  const engine = createTextEngine();
  const starts = new Map<string, State>();
  for (const { id, account, setup } of tasks) starts.set(id, await (await engine.open({ clone, account, setup })).state());
  return starts;
}

/** A test counts only if its task can still be solved: else what stops an agent would be the plant itself. */
async function provenTests(
  clone: Clone,
  tasks: readonly Task[],
  signal: AbortSignal,
): Promise<{ readonly admitted: Task[]; readonly rejected: Record<string, number> }> {
  const { oracleAgent, runEpisode } = await import('@backlot/agents');
  const { createTextEngine } = await import('@backlot/sandbox');
  const engine = createTextEngine();
  const admitted: Task[] = [];
  const rejected: Record<string, number> = {};
  for (const task of tasks) {
    const { reward } = await runEpisode({ engine, clone, task, agent: oracleAgent, signal });
    if (reward === 1) admitted.push(task);
    else rejected[task.attack?.way ?? task.attack?.category ?? ''] = (rejected[task.attack?.way ?? task.attack?.category ?? ''] ?? 0) + 1;
  }
  return { admitted, rejected };
}
