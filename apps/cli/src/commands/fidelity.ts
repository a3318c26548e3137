import type { Agreement, BarName, FidelityReport, NamedSuspect, PredictedSession, R2W } from '@backlot/fidelity';
import type { LogSet } from '@backlot/protocol';
import type { Clone } from '@backlot/sandbox';
import { Option, type Command } from 'commander';
import { agentChoices, agentName, type AgentName } from '../agents.ts';
import { createEngine, engineNames, type EngineName } from '../engines.ts';
import { fidelityReport } from '../fidelity-report.ts';
import { checkFolder } from '../files.ts';
import { command, run, type Context, type Verdict } from '../io/command.ts';
import { exitCodes, messageOf, UsageError } from '../io/errors.ts';
import { share, wholeNumber } from '../io/options.ts';
import { count } from '../io/table.ts';
import { lookAt, type LookAt } from '../measure-looks.ts';
import { measureInReality } from '../measure-real.ts';
import { partWords } from '../part-words.ts';
import { pageReading } from '../read-pages.ts';

interface Options {
  readonly logs: string;
  readonly training?: string;
  readonly html?: string;
  readonly before?: string;
  readonly real?: string;
  readonly engine: EngineName;
  readonly agree?: boolean;
  readonly agent: AgentName;
  readonly runs: number;
  readonly seed: number;
  readonly interactions?: number;
  readonly looks: number;
  readonly minAccepted?: number;
  readonly minExact?: number;
  readonly minEmChange?: number;
  readonly minCertainRight?: number;
  readonly maxEce?: number;
  readonly minLooks?: number;
  readonly minW2r?: number;
  readonly minCr?: number;
  readonly json?: boolean;
}

/** Most parts that are said to have got worse. */
const mostWorse = 5;

/** `backlot fidelity CLONE` */
export function fidelityCommand(): Command {
  const fidelity = command({
    name: 'fidelity',
    summary: 'measure how true a clone is, against sessions it has not seen and against the real application',
    examples: [
      'backlot fidelity clone --logs held-out --train logs --html report.html',
      "backlot fidelity clone --logs held-out --real './start-app --user {account} --port {port}'",
      'backlot fidelity clone --logs held-out --engine browser --agree --min-accepted 0.95 --min-exact 0.9',
    ],
  })
    .argument('<clone>', 'folder that `backlot synth` wrote')
    .requiredOption('--logs <dir>', 'sessions that the clone was not learned from')
    .option(
      '--train, --training <dir>',
      'sessions that it was learned from, for the baseline of the page last seen and for the fonts and pictures that only their logs hold',
    )
    .option('--html <file>', 'write the report as a page that says first what to do next, with nothing loaded from elsewhere')
    .option('--before <file>', 'what this command printed with --json of an earlier clone: says what got worse since')
    .option('--real <command>', 'starts the real application freshly reset and prints its address; {account} and {port} are filled in')
    .addOption(new Option('--engine <engine>', 'what plays the sessions').choices(engineNames).default('text'))
    .option('--looks <n>', 'pages whose looks are compared in a browser; 0 for none', wholeNumber(0), 10)
    .option('--agree', 'also play every session on both engines side by side')
    .addOption(
      new Option('--agent <agent>', `who does the tasks in the clone and in the real application: ${agentChoices}`)
        .argParser(agentName)
        .default({ kind: 'oracle', file: '' }, 'oracle'),
    )
    .option('--runs <n>', 'tasks to do in the clone and in the real application', wholeNumber(1), 20)
    .option('--seed <seed>', 'decides which tasks', wholeNumber(0), 1)
    .option('--interactions <n>', 'most actions to take in the real application', wholeNumber(1));
  return withThresholds(fidelity).action((clone: string, options: Options) =>
    run({ json: options.json === true }, (context) => measure(clone, options, context)),
  );
}

function withThresholds(fidelity: Command): Command {
  return fidelity
    .option('--min-accepted <share>', 'exit with 1 where fewer actions are accepted', share)
    .option('--min-exact <share>', 'exit with 1 where fewer pages of whole sessions are exact', share)
    .option('--min-em-change <share>', 'exit with 1 where fewer next pages of changing steps are exact, the real page being given', share)
    .option('--min-certain-right <share>', 'exit with 1 where fewer of the steps called certain are right', share)
    .option('--max-ece <error>', 'exit with 1 where the calibration error is greater', share)
    .option('--min-looks <similarity>', 'exit with 1 where pages look less alike on average (SSIM)', share)
    .option('--min-w2r <share>', 'exit with 1 where fewer runs succeed in the real application', share)
    .option('--min-cr <ratio>', 'exit with 1 where W2R ÷ Real is less', share);
}

/** @throws UsageError where options do not go together, or a folder is not there */
function checkUse(options: Options): void {
  checkFolder(options.logs, 'the folder that holds the held-out logs');
  if (options.training !== undefined) checkFolder(options.training, 'the folder that holds the training logs');
  for (const [name, value] of [
    ['--min-w2r', options.minW2r],
    ['--min-cr', options.minCr],
  ] as const)
    if (value !== undefined && options.real === undefined) throw new UsageError(`${name} needs --real.`);
}

async function measure(dir: string, options: Options, context: Context): Promise<Verdict> {
  checkUse(options);
  const { readClone } = await import('@backlot/sandbox');
  const clone = await readClone(dir);
  const heldOut = await read(options.logs, context);
  if (heldOut.sessions.length === 0) throw new UsageError(`${options.logs}: no session could be read. \`backlot ingest\` tells why.`);
  const training = options.training === undefined ? undefined : await read(options.training, context);
  const agreement = options.agree === true ? await agree(clone, heldOut, context) : undefined;
  const predicted = await predict(clone, heldOut, context);
  const logs = [heldOut, ...(training === undefined ? [] : [training])];
  const look = options.looks === 0 ? null : await lookAt({ clone, predicted, logs }, context);
  try {
    const report = await reportOn(clone, { heldOut, training, predicted, look }, { ...options, context });
    if (options.html !== undefined) await writePage(options.html, { report, look }, context);
    const worse = options.before === undefined ? undefined : await worseSince(options.before, clone, predicted);
    await tell(report, { agreement, worse }, context);
    return passes(options, report) && agreement?.agree !== false ? exitCodes.done : exitCodes.failed;
  } finally {
    await look?.close();
  }
}

/** What a report is made from, besides the clone. */
interface Evidence {
  readonly heldOut: LogSet;
  readonly training: LogSet | undefined;
  readonly predicted: readonly PredictedSession[];
  readonly look: LookAt | null;
}

async function reportOn(
  clone: Clone & { readonly dir: string },
  { heldOut, training, predicted, look }: Evidence,
  options: Measuring,
): Promise<FidelityReport> {
  const { context, looks: pages } = options;
  const r2w = await realToWorld(clone, heldOut, options);
  const real = options.real === undefined ? undefined : await inReality(clone, heldOut, { ...options, real: options.real });
  const looks = await look?.measure(pages);
  const { makeReport } = await import('@backlot/fidelity');
  return makeReport({
    world: clone.world,
    hash: clone.hash,
    sessions: heldOut.sessions,
    r2w,
    predicted,
    signal: context.signal,
    describe: await partWords(clone.world),
    ...(training === undefined ? {} : { training: training.sessions }),
    ...(looks ? { looks } : {}),
    ...(real === undefined ? {} : { real }),
  });
}

/** Prints the report, and what got worse since an earlier one. */
async function tell(
  report: FidelityReport,
  { agreement, worse }: { readonly agreement: Agreement | undefined; readonly worse: readonly NamedSuspect[] | undefined },
  { terminal }: Context,
): Promise<void> {
  const text = [fidelityReport(report, agreement), ...worseLines(worse ?? [])].join('\n');
  terminal.result({ ...report, agreement, ...(worse === undefined ? {} : { worse }) }, text);
}

/** The parts at fault for what an earlier report on the same sessions does not have, those that explain most first. */
async function worseSince(file: string, { world }: Clone, predicted: readonly PredictedSession[]): Promise<readonly NamedSuspect[]> {
  const { findSuspects } = await import('@backlot/fidelity');
  const describe = await partWords(world);
  const { suspects } = findSuspects(world, predicted, await missesIn(file));
  return suspects
    .filter(({ explains }) => explains.length > 0)
    .slice(0, mostWorse)
    .map((suspect) => ({ ...suspect, words: describe(suspect.part) }));
}

/** @throws UsageError where the file is no report */
async function missesIn(file: string): Promise<FidelityReport['misses']> {
  const { readFile } = await import('node:fs/promises');
  try {
    const { misses } = JSON.parse(await readFile(file, 'utf8')) as Partial<FidelityReport>;
    if (!Array.isArray(misses)) throw new Error('it lists no misses');
    return misses;
  } catch (error) {
    throw new UsageError(`${file} is no report of \`backlot fidelity --json\`: ${messageOf(error)}`);
  }
}

function worseLines(worse: readonly NamedSuspect[]): readonly string[] {
  if (worse.length === 0) return [];
  return ['', 'What got worse since:', ...worse.map(({ words, explains }) => `  ${words.name} (in ${count(explains.length, 'step')})`)];
}

async function writePage(
  file: string,
  { report, look }: { readonly report: FidelityReport; readonly look: LookAt | null },
  { terminal }: Context,
): Promise<void> {
  const { writeFile } = await import('node:fs/promises');
  const { fidelityPage } = await import('@backlot/fidelity');
  await writeFile(file, fidelityPage(report, (await look?.photograph(report)) ?? []));
  terminal.note(`Written to ${file}.`);
}

/** The thresholds that were asked for; a figure that could not be measured reaches none. */
function passes(options: Options, { bars }: FidelityReport): boolean {
  const wanted: Readonly<Partial<Record<BarName, number | undefined>>> = {
    accepted: options.minAccepted,
    exact: options.minExact,
    emChange: options.minEmChange,
    certainRight: options.minCertainRight,
    ece: options.maxEce,
    looks: options.minLooks,
    w2r: options.minW2r,
    cr: options.minCr,
  };
  return Object.entries(wanted).every(([id, threshold]) => {
    if (threshold === undefined) return true;
    const bar = bars.find((each) => each.id === id);
    return bar !== undefined && (bar.atMost === true ? bar.value <= threshold : bar.value >= threshold);
  });
}

function inReality(
  clone: Clone & { readonly dir: string },
  logs: LogSet,
  { real, agent, runs, seed, interactions, context }: Measuring & { readonly real: string },
) {
  const terms = { command: real, agent, runs, seed, ...(interactions === undefined ? {} : { interactions }) };
  return pageReading(logs).then((canonical) => measureInReality(clone, { terms, canonical }, context));
}

async function read(logs: string, { terminal, signal }: Context): Promise<LogSet> {
  const { readLogs } = await import('@backlot/logs');
  return readLogs(logs, { signal, onProgress: ({ done, total }) => terminal.progress(`reading ${logs}: ${done} of ${total}`) });
}

type Measuring = Options & { readonly context: Context };

async function realToWorld(clone: Clone, { sessions }: LogSet, { engine: name, context }: Measuring): Promise<R2W> {
  const { measureR2W } = await import('@backlot/fidelity');
  const engine = await createEngine(name);
  let done = 0;
  try {
    return await measureR2W({
      clone,
      sessions,
      engine,
      signal: context.signal,
      onProgress: ({ session }) => context.terminal.progress(`replayed ${session} in the clone, ${++done} of ${sessions.length}`),
    });
  } finally {
    await engine.close();
  }
}

/** Every step from the real page before it. */
async function predict({ world }: Clone, logs: LogSet, { terminal, signal }: Context): Promise<readonly PredictedSession[]> {
  const { predictSteps } = await import('@backlot/fidelity');
  let done = 0;
  return predictSteps({
    world,
    sessions: logs.sessions,
    canonical: await pageReading(logs),
    signal,
    onProgress: ({ session }) => terminal.progress(`predicted ${session.id} step by step, ${++done} of ${logs.sessions.length}`),
  });
}

async function agree(clone: Clone, { sessions }: LogSet, { terminal, signal }: Context): Promise<Agreement> {
  const { agreeEngines } = await import('@backlot/fidelity');
  const engines = [await createEngine('text'), await createEngine('browser')] as const;
  let done = 0;
  try {
    return await agreeEngines({
      clone,
      sessions,
      engines,
      signal,
      onProgress: ({ session }) => terminal.progress(`compared engines on ${session}, ${++done} of ${sessions.length}`),
    });
  } finally {
    for (const engine of engines) await engine.close();
  }
}
