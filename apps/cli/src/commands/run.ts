import { appendFile, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { Agent } from '@backlot/agents';
import type { EpisodeRecord, Suite, Task } from '@backlot/protocol';
import type { AttackRate, Safety } from '@backlot/sandbox';
import { Option, type Command } from 'commander';
import { createEngine, engineNames, type EngineName } from '../engines.ts';
import { cloneOfSuite, suiteFileOf } from '../files.ts';
import { command, run, type Context, type Verdict } from '../io/command.ts';
import { exitCodes } from '../io/errors.ts';
import { share, wholeNumber } from '../io/options.ts';
import { count, percent, table } from '../io/table.ts';
import { supervision, thisCommand, withPolicyOptions, type PolicyOptions } from '../supervised-run.ts';

const agentNames = ['oracle', 'random', 'noop', 'wrong'] as const;

interface Options extends PolicyOptions {
  readonly suite: string;
  readonly agent: (typeof agentNames)[number];
  readonly engine: EngineName;
  readonly clone?: string;
  readonly n?: number;
  readonly seed: number;
  readonly out?: string;
  readonly minReward?: number;
  readonly json?: boolean;
}

/** `backlot run` */
export function runCommand(): Command {
  const made = command({
    name: 'run',
    summary: 'let an agent attempt the tasks of a suite, each in a fresh episode',
    examples: [
      'backlot run --suite suite --agent oracle',
      'backlot run --suite suite --agent random --engine browser --n 5 --out runs/random',
      'backlot run --suite suite --agent random --policy sandboxes/policies/read-only.yaml --out runs/guarded',
    ],
  })
    .requiredOption('--suite <suite>', 'what `backlot tasks` wrote')
    .addOption(new Option('--agent <agent>', 'who acts').choices(agentNames).makeOptionMandatory())
    .addOption(new Option('--engine <engine>', 'what executes the episodes').choices(engineNames).default('text'))
    .option('--clone <dir>', 'folder of the clone (default: the one that the suite names)')
    .option('--n <n>', 'only the first n tasks', wholeNumber(1))
    .option('--seed <seed>', "decides the agent's chance", wholeNumber(0), 0)
    .option('--out <dir>', 'folder for the episodes, one line of JSON each in episodes.jsonl')
    .option('--min-reward <share>', 'exit with 1 where the mean reward is below', share);
  return withPolicyOptions(made).action((options: Options) =>
    run({ json: options.json === true }, (context) => runSuite(options, context)),
  );
}

async function runSuite(options: Options, { terminal, signal }: Context): Promise<Verdict> {
  const { readClone, superviseEngine } = await import('@backlot/sandbox');
  const { readSuite } = await import('@backlot/suites');
  const file = suiteFileOf(options.suite);
  const named = await readSuite(file);
  const clone = await readClone(options.clone ?? cloneOfSuite(file, named.clone));
  const suite = await readSuite(file, clone.hash);
  const { runUntilJudged } = await import('@backlot/agents');
  const agent = await agentNamed(options.agent);
  const tasks = suite.tasks.slice(0, options.n);
  const engine = await createEngine(options.engine);
  const episodes: EpisodeRecord[] = [];
  const run = {
    subject: `suite ${suite.name}`,
    agent: agent.name,
    engine: engine.name,
    world: clone.hash,
    command: thisCommand(),
    out: options.out,
  };
  const supervised = await supervision(options, run);
  const watched = (options.policy ?? []).length === 0 ? engine : superviseEngine(engine, supervised.supervision);
  try {
    const keep = options.out === undefined ? undefined : await episodeFile(options.out);
    for (const task of tasks) {
      terminal.progress(`episode ${episodes.length + 1} of ${tasks.length}: ${task.instruction}`);
      const attempts = await runUntilJudged({ engine: watched, clone, task, agent, seed: options.seed, signal });
      for (const attempt of attempts) {
        await supervised.ended(attempt);
        await keep?.(attempt);
      }
      episodes.push(...attempts.slice(-1));
      // The text engine never waits: without a pause no interrupt would be heard.
      await setImmediate();
    }
  } finally {
    await engine.close();
    await supervised.close();
  }
  const audit = supervised.signedBy === undefined ? {} : { audit: { dir: options.out, signedBy: supervised.signedBy } };
  const summary = { ...(await summarise(suite, options, episodes)), ...audit };
  terminal.result(summary, report(summary, tasks, episodes));
  return summary.success.share >= (options.minReward ?? 0) ? exitCodes.done : exitCodes.failed;
}

async function agentNamed(name: Options['agent']): Promise<Agent> {
  const { noopAgent, oracleAgent, randomAgent, wrongAgent } = await import('@backlot/agents');
  return { oracle: oracleAgent, random: randomAgent, noop: noopAgent, wrong: wrongAgent }[name];
}

/** Begins a file of episodes; each is written as soon as it is over, so that an interrupt loses none. */
async function episodeFile(dir: string): Promise<(episode: EpisodeRecord) => Promise<void>> {
  const file = join(dir, 'episodes.jsonl');
  await mkdir(dir, { recursive: true });
  await writeFile(file, '');
  return (episode) => appendFile(file, `${JSON.stringify(episode)}\n`);
}

interface Summary {
  readonly suite: string;
  readonly agent: string;
  readonly engine: string;
  readonly episodes: number;
  readonly endings: Readonly<Record<string, number>>;
  /** Of the scored episodes. */
  readonly success: { readonly hits: number; readonly total: number; readonly share: number; readonly low: number; readonly high: number };
  readonly steps: number;
  /** How well the policies were kept, where any were in force. */
  readonly safety?: Safety;
  /** How the agent took tests of safety, where the suite holds any. */
  readonly attacks?: readonly AttackRate[];
  readonly audit?: { readonly dir: string | undefined; readonly signedBy: string };
  readonly results: readonly Pick<EpisodeRecord, 'task' | 'ending' | 'reward' | 'feedback'>[];
}

async function summarise(suite: Suite, { agent, engine, policy = [] }: Options, episodes: readonly EpisodeRecord[]): Promise<Summary> {
  const { shareOf } = await import('@backlot/fidelity');
  const { measureAttacks, measureSafety } = await import('@backlot/sandbox');
  const attacks = measureAttacks(suite.tasks, episodes);
  const scored = episodes.filter(({ reward }) => reward !== null);
  const endings: Record<string, number> = {};
  for (const { ending } of episodes) endings[ending] = (endings[ending] ?? 0) + 1;
  return {
    suite: suite.name,
    agent,
    engine,
    episodes: episodes.length,
    endings,
    success: shareOf(scored.filter(({ reward }) => reward === 1).length, scored.length),
    steps: episodes.reduce((sum, { steps }) => sum + steps.length, 0),
    ...(policy.length === 0 ? {} : { safety: measureSafety(episodes) }),
    ...(attacks.length === 0 ? {} : { attacks }),
    results: episodes.map(({ task, ending, reward, feedback }) => ({ task, ending, reward, feedback })),
  };
}

function report(summary: Summary, tasks: readonly Task[], episodes: readonly EpisodeRecord[]): string {
  const rows = episodes.map(({ task, ending, reward, steps, feedback }) => [
    task,
    reward ?? '–',
    ending,
    steps.length,
    (tasks.find(({ id }) => id === task)?.instruction ?? '').slice(0, 70),
    (feedback[0] ?? '').slice(0, 60),
  ]);
  const endings = Object.entries(summary.endings).map(([ending, times]) => `${times} ${ending}`);
  return [
    table(['task', 'reward', 'ending', 'steps', 'instruction', 'feedback'], rows),
    '',
    `${summary.agent} on the ${summary.engine} engine: ${summary.success.hits} of ${summary.success.total} solved, ${percent(summary.success)}; ` +
      `${count(summary.episodes, 'episode')} (${endings.join(', ')}), ${count(summary.steps, 'step')}.`,
    ...(summary.safety === undefined ? [] : sayControl(summary.safety)),
    ...(summary.attacks === undefined ? [] : sayAttacks(summary.attacks)),
    ...(summary.audit === undefined ? [] : [`Audit in ${summary.audit.dir}, signed by ${summary.audit.signedBy}.`]),
  ].join('\n');
}

function sayAttacks(attacks: readonly AttackRate[]): readonly string[] {
  const rows = attacks.map(({ category, way, episodes, tried, done, solved, sideEffects }) => [
    category,
    way ?? '',
    episodes,
    tried,
    done,
    solved,
    sideEffects,
  ]);
  return ['', table(['attack', 'planted in', 'episodes', 'tried', 'done', 'solved', 'side effects'], rows), ''];
}

function sayControl({ scored, solvedUnderPolicy, violations, per100Steps, riskRatio, byRule }: Safety): readonly string[] {
  const rules = byRule.map(({ policy, rule, verb, violations: times, episodes }) => [
    policy,
    rule ?? '(nothing allows it)',
    verb,
    times,
    episodes,
  ]);
  return [
    `Under policy: ${solvedUnderPolicy} of ${scored} solved without a violation; ${count(violations, 'violation')}, ` +
      `${per100Steps.toFixed(1)} per 100 steps, in ${(100 * riskRatio).toFixed(1)} % of the episodes.`,
    ...(rules.length === 0 ? [] : ['', table(['policy', 'rule', 'says', 'violations', 'episodes'], rules)]),
  ];
}
