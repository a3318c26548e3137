import type { EngineKind, RewardMode, TextDialect } from '@backlot/protocol';
import type { RunnerOptions } from '@backlot/runner';
import { Option, type Command } from 'commander';
import { createEngine, engineNames } from './engines.ts';
import { UsageError } from './io/errors.ts';
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
    .option('--policy <file>', 'a guardrail policy that episodes stand under; may be given several times', repeated)
    .option('--out <dir>', 'folder for the finished episodes, one line of JSON each in episodes.jsonl, only ever added to')
    .option('--idle <seconds>', 'an episode that lies unused for so long is closed, without a score', wholeNumber(1), 600);
}

/** What the service is started with, tasks and policies read. */
export async function serviceOf(options: ServiceOptions, maxEpisodes: number): Promise<RunnerOptions> {
  const { suite, clone, engine, reward, dialect, policy = [], out, idle } = options;
  if (suite === undefined && clone === undefined)
    throw new UsageError('Name a suite with --suite, or a clone to draw tasks from with --clone.');
  const { openTasks } = await import('@backlot/env');
  const { compilePolicy, readPolicy } = await import('@backlot/sandbox');
  const tasks = await openTasks({ ...(suite === undefined ? {} : { suite }), ...(clone === undefined ? {} : { clone }) });
  return {
    tasks,
    version: version(),
    engines: Object.fromEntries(engineNames.map((name) => [name, () => createEngine(name)])),
    engine,
    play: { reward, dialect },
    policies: (await Promise.all(policy.map(readPolicy))).map(compilePolicy),
    maxEpisodes,
    idleMs: idle * 1000,
    ...(out === undefined ? {} : { out }),
  };
}
