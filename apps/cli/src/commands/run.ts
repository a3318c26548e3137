import type { RunOutcome } from '@backlot/agents';
import type { RunManifest, Suite, Task } from '@backlot/protocol';
import type { Clone } from '@backlot/sandbox';
import { join } from 'node:path';
import { Option, type Command } from 'commander';
import { agentChoices, agentName, makeAgent, type AgentName, type MadeAgent } from '../agents.ts';
import { dollarsOption } from '../claude.ts';
import { createEngine, engineNames, type EngineName } from '../engines.ts';
import { cloneOfSuite, sha256, suiteFileOf } from '../files.ts';
import { command, run, type Context, type Verdict } from '../io/command.ts';
import { exitCodes, UsageError } from '../io/errors.ts';
import { share, wholeNumber } from '../io/options.ts';
import { count } from '../io/table.ts';
import { report, sayProgress, summarise, type Summary } from '../run-report.ts';
import { auditFolder, maskOf, policyDigests, supervision, thisCommand, withPolicyOptions, type PolicyOptions } from '../supervised-run.ts';

interface Options extends PolicyOptions {
  readonly suite: string;
  readonly agent: AgentName;
  readonly engine: EngineName;
  readonly clone?: string;
  readonly n?: number;
  readonly parallel: number;
  readonly seed: number;
  readonly out?: string;
  readonly screenshots: boolean;
  readonly budgetUsd: number;
  readonly tokens?: number;
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
      'backlot run --suite suite --agent learner:policy.json --out runs/learner',
      'backlot run --suite suite --agent claude --n 10 --parallel 4 --budget-usd 2 --out runs/claude',
      'backlot run --suite suite --agent claude-computer --engine browser --screenshots --out runs/seen',
      'backlot run --suite suite --agent random --policy sandboxes/policies/read-only.yaml --out runs/guarded',
    ],
  })
    .requiredOption('--suite <suite>', 'what `backlot tasks` wrote')
    .addOption(new Option('--agent <agent>', `who acts: ${agentChoices}`).argParser(agentName).makeOptionMandatory())
    .addOption(new Option('--engine <engine>', 'what executes the episodes').choices(engineNames).default('text'))
    .option('--clone <dir>', 'folder of the clone (default: the one that the suite names)')
    .option('--n <n>', 'only the first n tasks', wholeNumber(1))
    .option('--parallel <n>', 'episodes at the same time', wholeNumber(1), 1)
    .option('--seed <seed>', "decides the agent's chance", wholeNumber(0), 0)
    .option('--out <dir>', 'folder of the run: episodes, trajectories, audit. The same command goes on with a run that was cut')
    .option('--screenshots', 'keep a picture of every page in the folder of the run, where the engine has them', false)
    .option('--budget-usd <dollars>', 'most that a run of Claude may cost; it then ends, and goes on with more', dollarsOption, 1)
    .option('--tokens <n>', 'most tokens of one episode of Claude, in and out; it is then given up', wholeNumber(1))
    .option('--min-reward <share>', 'exit with 1 where the mean reward is below', share);
  return withPolicyOptions(made).action((options: Options) =>
    run({ json: options.json === true }, (context) => runSuite(options, context)),
  );
}

async function runSuite(options: Options, context: Context): Promise<Verdict> {
  const { terminal } = context;
  const { suite, clone } = await suiteAndClone(options);
  const policies = options.policy ?? [];
  if (options.parallel > 1 && policies.length > 0 && options.out !== undefined) {
    throw new UsageError('The episodes of an audit follow each other: leave out --parallel, or --out.');
  }
  const { budgetUsd: usd, tokens: tokensPerEpisode, out } = options;
  // Replies are kept with the run: an episode that was cut is done again for nothing. Under a policy they could hold its secrets.
  const cacheDir = out === undefined || policies.length > 0 ? undefined : join(out, 'replies');
  const made = await makeAgent(options.agent, { usd, tokensPerEpisode, cacheDir }, context);
  const tasks = suite.tasks.slice(0, options.n);
  const { outcome, audit } = await attemptAll(options, { suite, clone, made, tasks }, context);
  if (outcome.kept > 0) terminal.note(`${count(outcome.kept, 'episode')} of an earlier run in ${out} kept.`);
  const about = { suite, agent: made.agent.name, engine: options.engine, isSupervised: policies.length > 0 };
  const summary = { ...(await summarise(about, outcome.episodes)), ...audit };
  terminal.result(summary, report(summary, tasks, outcome.episodes));
  return summary.success.share >= (options.minReward ?? 0) ? exitCodes.done : exitCodes.failed;
}

async function suiteAndClone(options: Options): Promise<{ readonly suite: Suite; readonly clone: Clone }> {
  const { readClone } = await import('@backlot/sandbox');
  const { readSuite } = await import('@backlot/suites');
  const file = suiteFileOf(options.suite);
  const named = await readSuite(file);
  const clone = await readClone(options.clone ?? cloneOfSuite(file, named.clone));
  return { clone, suite: await readSuite(file, clone.hash) };
}

interface Attempting {
  readonly suite: Suite;
  readonly clone: Clone;
  readonly made: MadeAgent;
  readonly tasks: readonly Task[];
}

interface Attempted {
  readonly outcome: RunOutcome;
  readonly audit: Pick<Summary, 'audit'>;
}

async function attemptAll(options: Options, { suite, clone, made, tasks }: Attempting, { terminal, signal }: Context): Promise<Attempted> {
  const { superviseEngine } = await import('@backlot/sandbox');
  const { RunFolder, runTasks } = await import('@backlot/agents');
  const { agent } = made;
  const manifest = await manifestOf(options, { suite, worldHash: clone.hash, made });
  const folder = options.out === undefined ? undefined : await RunFolder.open(options.out, manifest, await maskOf(options));
  const engine = await createEngine(options.engine);
  const about = { subject: `suite ${suite.name}`, agent: agent.name, engine: engine.name, world: clone.hash, command: thisCommand() };
  // A run with nothing left to do leaves no audit.
  const dir = folder?.isOver(tasks) === true ? undefined : auditFolder(options.out);
  const supervised = await supervision(options, { ...about, out: dir });
  const { parallel, seed, screenshots: pictures } = options;
  try {
    const outcome = await runTasks({
      clone,
      tasks,
      agent,
      seed,
      parallel,
      folder,
      pictures,
      signal,
      engine: (options.policy ?? []).length === 0 ? engine : superviseEngine(engine, supervised.supervision),
      now: () => performance.now(),
      onAttempt: (record) => supervised.ended(record),
      onProgress: (done) => terminal.progress(sayProgress(done, tasks)),
    });
    return { outcome, audit: supervised.signedBy === undefined ? {} : { audit: { dir, signedBy: supervised.signedBy } } };
  } catch (error) {
    if (folder !== undefined) terminal.note(`What is over is kept in ${folder.dir}; the same command goes on from there.`);
    throw error;
  } finally {
    await engine.close();
    await supervised.close();
  }
}

interface About {
  readonly suite: Suite;
  readonly worldHash: string;
  readonly made: MadeAgent;
}

async function manifestOf(options: Options, { suite, worldHash, made }: About): Promise<RunManifest> {
  const { suiteText } = await import('@backlot/suites');
  const { agent, digest } = made;
  return {
    v: 1,
    suite: suite.name,
    suiteDigest: sha256(suiteText(suite)),
    worldHash,
    agent: [agent.name, digest].filter(Boolean).join(' '),
    engine: options.engine,
    seed: options.seed,
    policies: await policyDigests(options),
  };
}
