import type { Improvement, Round, Want } from '@backlot/fidelity';
import type { LogSet, Session, World } from '@backlot/protocol';
import type { Command } from 'commander';
import { checkFolder } from '../files.ts';
import { command, run, type Context } from '../io/command.ts';
import { UsageError } from '../io/errors.ts';
import { blocking } from '../io/interrupt.ts';
import { wholeNumber } from '../io/options.ts';
import { count, percent, table } from '../io/table.ts';
import { partWords } from '../part-words.ts';
import { putOnTrial } from '../put-on-trial.ts';
import { pageReading } from '../read-pages.ts';

interface Options {
  readonly validate?: string;
  readonly pool?: string;
  readonly batch: number;
  readonly steps: number;
  readonly wants: number;
  readonly out?: string;
  readonly json?: boolean;
}

/** `backlot improve LOGS` */
export function improveCommand(): Command {
  return command({
    name: 'improve',
    summary: 'find out which recordings would help most; with a pool of recordings, take them until it gains no more',
    examples: ['backlot improve logs', 'backlot improve logs --validate held-out --pool more-logs --steps 400 --out clone'],
  })
    .argument('<logs>', 'folder of logs to begin with')
    .option('--wants <n>', 'recordings to name', wholeNumber(1), 12)
    .option('--pool <dir>', 'recordings to choose from, by what the actions in them, not their outcomes, leave the world unsure of')
    .option('--validate <dir>', 'sessions that are never learned from, to tell what a round gained; needed with --pool')
    .option('--batch <n>', 'sessions to take in each round', wholeNumber(1), 3)
    .option('--steps <n>', 'most real steps to learn from', wholeNumber(1), 1000)
    .option('--out <dir>', 'folder for the clone of the best round')
    .action((logs: string, options: Options) => run({ json: options.json === true }, (context) => improveFrom(logs, options, context)));
}

async function improveFrom(dir: string, options: Options, context: Context): Promise<void> {
  const { pool, validate } = options;
  if (pool !== undefined && validate === undefined) throw new UsageError('--pool needs --validate, to tell what a round gained.');
  const logs = await read(dir, 'the folder that holds the logs', context);
  const loop = pool === undefined || validate === undefined ? null : await improved({ logs, pool, validate, options }, context);
  const sessions = loop?.sessions ?? logs.sessions;
  const world = loop?.world ?? (await learner(logs))(sessions);
  const { findWants } = await import('@backlot/fidelity');
  const wants = findWants({ world, sessions, describe: await partWords(world) });
  if (options.out !== undefined)
    await write(options.out, { world: await putOnTrial(world, { ...logs, sessions }, context), logs, sessions });
  const rounds = loop === null ? {} : { rounds: loop.rounds, stop: loop.stop };
  context.terminal.result(
    { ...rounds, wants },
    [...(loop === null ? [] : loopLines(loop)), ...wantLines(firstOf(wants, options.wants))].join('\n'),
  );
}

interface Improving {
  readonly logs: LogSet;
  readonly pool: string;
  readonly validate: string;
  readonly options: Options;
}

async function improved({ logs, pool, validate, options }: Improving, context: Context): Promise<Improvement> {
  const { improve, isChange, isExact, mostTelling, predictSteps } = await import('@backlot/fidelity');
  const { sessions: more } = await read(pool, 'the folder of recordings to choose from', context);
  const heldOut = await read(validate, 'the folder of held-out sessions', context);
  const canonical = await pageReading(heldOut);
  return improve({
    start: logs.sessions,
    learn: await learner(logs),
    measure: async (world) => {
      const { sessions } = heldOut;
      const predicted = await predictSteps({ world, sessions, canonical, signal: context.signal });
      return predicted.map(({ steps }) => {
        const changing = steps.filter(isChange);
        return { hits: changing.filter((step) => step.refused === undefined && isExact(step)).length, total: changing.length };
      });
    },
    more: async (world, known) => {
      const ids = new Set(known.map(({ id }) => id));
      return mostTelling(
        await putOnTrial(world, { ...logs, sessions: known }, context),
        more.filter(({ id }) => !ids.has(id)),
        options.batch,
      );
    },
    steps: options.steps,
    signal: context.signal,
    onRound: (round) => context.terminal.note(sayRound(round)),
  });
}

async function learner(logs: LogSet): Promise<(sessions: readonly Session[]) => World> {
  const { looksOf, synthesise } = await import('@backlot/synth');
  return (sessions) => {
    const set = { ...logs, sessions: [...sessions] };
    return blocking(() => synthesise(set, looksOf(set))).world;
  };
}

async function write(
  out: string,
  { world, logs, sessions }: { readonly world: World; readonly logs: LogSet; readonly sessions: readonly Session[] },
): Promise<void> {
  const { writeFile } = await import('node:fs/promises');
  const { join } = await import('node:path');
  const { canonical, writeClone } = await import('@backlot/synth');
  const { learnWork } = await import('@backlot/workflow');
  await writeClone(out, { world, assets: logs.assets });
  await writeFile(join(out, 'work.json'), `${JSON.stringify(learnWork(world, [...sessions], canonical), null, 2)}\n`);
}

async function read(dir: string, what: string, { terminal, signal }: Context): Promise<LogSet> {
  checkFolder(dir, what);
  const { readLogs } = await import('@backlot/logs');
  const logs = await readLogs(dir, { signal, onProgress: ({ done, total }) => terminal.progress(`reading ${dir}: ${done} of ${total}`) });
  if (logs.sessions.length === 0) throw new UsageError(`${dir}: no session could be read. \`backlot ingest\` tells why.`);
  const real = logs.sessions.find(({ synthetic }) => !synthetic);
  if (real !== undefined) throw new UsageError(`${dir}: ${real.id} is not marked synthetic, and pseudonyms are not part of this command.`);
  return logs;
}

const sayRound = ({ round, sessions, steps, figure, gain, chosen }: Round): string =>
  `round ${round}: ${count(sessions, 'session')}, ${count(steps, 'step')}: ${percent(figure)} of changing steps exact${gain === null ? '' : `, ${sayGain(gain)}`}${chosen.length === 0 ? '' : ` with ${chosen.join(', ')}`}`;

const signed = (share: number): string => `${share >= 0 ? '+' : ''}${(100 * share).toFixed(1)}`;

const sayGain = ({ difference, low, high }: NonNullable<Round['gain']>): string =>
  `${signed(difference)} (${signed(low)} to ${signed(high)})`;

const stops = {
  gain: 'Two rounds gained no more than noise.',
  budget: 'The budget of real steps is spent.',
  pool: 'The pool holds nothing more.',
} as const;

function loopLines({ rounds, stop }: Improvement): readonly string[] {
  return [
    table(
      ['round', 'sessions', 'real steps', 'new', 'next page exact', 'gain'],
      rounds.map(({ round, sessions, steps, added, figure, gain }) => [
        String(round),
        String(sessions),
        String(steps),
        String(added),
        percent(figure),
        gain === null ? '' : sayGain(gain),
      ]),
    ),
    stops[stop],
    '',
  ];
}

/** The first ones, of which at most half are of what was never done: there is always much of that. */
function firstOf(wants: readonly Want[], most: number): readonly Want[] {
  const known = wants.filter(({ kind }) => kind !== 'unvisited').slice(0, most);
  const room = Math.max(Math.floor(most / 2), most - known.length);
  const unvisited = wants.filter(({ kind }) => kind === 'unvisited').slice(0, room);
  return [...known.slice(0, most - unvisited.length), ...unvisited].toSorted((a, b) => b.gain - a.gain);
}

function wantLines(wants: readonly Want[]): readonly string[] {
  if (wants.length === 0) return ['No recording is expected to help: everything that was seen is certain.'];
  return [
    'Recordings that would help most (of 100 steps that people take, so many are expected to be decided):',
    ...wants.map(({ gain, kind, record }) => `  ${gain.toFixed(2).padStart(6)}  ${kind.padEnd(9)}  ${record}`),
  ];
}
