import type { EngineKind, RewardMode, TextDialect } from '@backlot/protocol';
import type { RunnerOptions } from '@backlot/runner';
import { Option, type Command } from 'commander';
import { createEngine, engineNames } from './engines.ts';
import { UsageError } from './io/errors.ts';
import { auditFolder, maskOf, openAudit, thisCommand, type OpenAudit } from './supervised-run.ts';
import { repeated, wholeNumber } from './io/options.ts';
import { version } from './version.ts';

/** Options of commands that give episodes to agents. */
export interface ServiceOptions {
  readonly suite?: string;
  readonly clone?: string;
  readonly engine: EngineKind;
  readonly reward: RewardMode;
  readonly dialect: TextDialect;
  readonly policy?: readonly string[];
  readonly offerPolicy?: readonly string[];
  readonly auditKey?: string;
  readonly out?: string;
  readonly idle: number;
}

/** Adds the options about tasks and how they are played. */
export function withServiceOptions(command: Command): Command {
  return command
    .option('--suite <suite>', 'tasks that `backlot tasks` wrote')
    .option('--clone <dir>', 'folder of the clone (default: the one that the suite names); without a suite tasks are drawn from its work')
    .addOption(new Option('--engine <engine>', 'what executes episodes that name no engine').choices(engineNames).default('text'))
    .addOption(
      new Option('--reward <mode>', 'what steps are rewarded with, where nothing else is asked for')
        .choices(['sparse', 'dense', 'none'])
        .default('sparse'),
    )
    .addOption(
      new Option('--dialect <dialect>', 'what lines of text are read as, where nothing else is asked for')
        .choices(['browsergym', 'webarena'])
        .default('browsergym'),
    )
    .option('--policy <file>', 'a guardrail policy that every episode stands under; may be given several times', repeated)
    .option('--offer-policy <file>', 'a guardrail policy that an episode stands under where it is asked for by name', repeated)
    .option('--audit-key <file>', 'Ed25519 key (PEM) that signs the audit; made where there is no such file (default: a fresh one)')
    .option(
      '--out <dir>',
      'folder for the finished episodes, one line of JSON each in episodes.jsonl, only ever added to; with policies also their audit',
    )
    .option('--idle <seconds>', 'an episode that lies unused for so long is closed, without a score', wholeNumber(1), 600);
}

/** What the service is started with, and the audit that it writes, if it writes one. */
export interface Service {
  readonly runner: RunnerOptions;
  readonly audit: OpenAudit | null;
}

/** Reads tasks and policies, and begins the audit where there are policies and a folder for it. */
export async function serviceOf(options: ServiceOptions, maxEpisodes: number): Promise<Service> {
  const { suite, clone, engine, reward, dialect, policy = [], offerPolicy = [], out, idle } = options;
  if (suite === undefined && clone === undefined)
    throw new UsageError('Name a suite with --suite, or a clone to draw tasks from with --clone.');
  const { openTasks } = await import('@backlot/env');
  const { compilePolicy, readPolicy } = await import('@backlot/sandbox');
  const tasks = await openTasks({ ...(suite === undefined ? {} : { suite }), ...(clone === undefined ? {} : { clone }) });
  const compiled = async (files: readonly string[]) => (await Promise.all(files.map(readPolicy))).map(compilePolicy);
  const [policies, offered] = [await compiled(policy), await compiled(offerPolicy)];
  const all = { ...options, policyMode: 'enforce', policy: [...policy, ...offerPolicy] } as const;
  const about = { subject: `tasks ${tasks.name}`, agent: 'served', engine, world: tasks.clone.hash, command: thisCommand() };
  const dir = all.policy.length === 0 ? undefined : auditFolder(out);
  const audit = dir === undefined ? null : await openAudit(dir, about, all);
  const runner: RunnerOptions = {
    tasks,
    version: version(),
    engines: Object.fromEntries(engineNames.map((name) => [name, () => createEngine(name)])),
    engine,
    play: { reward, dialect },
    policies,
    offered,
    mask: await maskOf(all),
    maxEpisodes,
    idleMs: idle * 1000,
    ...(out === undefined ? {} : { out }),
    ...(audit === null ? {} : { audit: audit.trail }),
  };
  return { runner, audit };
}
