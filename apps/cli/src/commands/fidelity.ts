import type { Canonical, EM, PredictedSession, R2W, W2R } from '@backlot/fidelity';
import type { DomElement, LogSet } from '@backlot/protocol';
import type { Clone } from '@backlot/sandbox';
import { Option, type Command } from 'commander';
import { createEngine, engineNames, type EngineName } from '../engines.ts';
import { fidelityReport, type Figures } from '../fidelity-report.ts';
import { checkFolder } from '../files.ts';
import { command, run, type Context, type Verdict } from '../io/command.ts';
import { exitCodes, UsageError } from '../io/errors.ts';
import { share, wholeNumber } from '../io/options.ts';

interface Options {
  readonly logs: string;
  readonly training?: string;
  readonly real?: string;
  readonly engine: EngineName;
  readonly agree?: boolean;
  readonly runs: number;
  readonly seed: number;
  readonly minAccepted?: number;
  readonly minExact?: number;
  readonly minW2r?: number;
  readonly json?: boolean;
}

/** `backlot fidelity CLONE` */
export function fidelityCommand(): Command {
  return command({
    name: 'fidelity',
    summary: 'measure how true a clone is, against sessions it has not seen and against the real application',
    examples: [
      'backlot fidelity clone --logs held-out --train logs',
      "backlot fidelity clone --logs held-out --real './start-app --user {account} --port {port}'",
      'backlot fidelity clone --logs held-out --engine browser --agree --min-accepted 0.95 --min-exact 0.9',
    ],
  })
    .argument('<clone>', 'folder that `backlot synth` wrote')
    .requiredOption('--logs <dir>', 'sessions that the clone was not learned from')
    .option('--train, --training <dir>', 'sessions that it was learned from, for the baseline of the page last seen')
    .option('--real <command>', 'starts the real application freshly reset and prints its address; {account} and {port} are filled in')
    .addOption(new Option('--engine <engine>', 'what plays the sessions').choices(engineNames).default('text'))
    .option('--agree', 'also play every session on both engines side by side')
    .option('--runs <n>', 'clone runs to replay in the real application', wholeNumber(1), 20)
    .option('--seed <seed>', 'decides which runs', wholeNumber(0), 1)
    .option('--min-accepted <share>', 'exit with 1 where fewer actions are accepted', share)
    .option('--min-exact <share>', 'exit with 1 where fewer pages are exact', share)
    .option('--min-w2r <share>', 'exit with 1 where fewer runs succeed in the real application', share)
    .action((clone: string, options: Options) => run({ json: options.json === true }, (context) => fidelity(clone, options, context)));
}

async function fidelity(dir: string, options: Options, context: Context): Promise<Verdict> {
  checkFolder(options.logs, 'the folder that holds the held-out logs');
  if (options.training !== undefined) checkFolder(options.training, 'the folder that holds the training logs');
  if (options.minW2r !== undefined && options.real === undefined) throw new UsageError('--min-w2r needs --real.');
  const { readClone } = await import('@backlot/sandbox');
  const clone = await readClone(dir);
  const heldOut = await read(options.logs, context);
  if (heldOut.sessions.length === 0) throw new UsageError(`${options.logs}: no session could be read. \`backlot ingest\` tells why.`);
  const training = options.training === undefined ? undefined : await read(options.training, context);
  const r2w = await realToWorld(clone, heldOut, { ...options, context });
  const { measureEM } = await import('@backlot/fidelity');
  const predicted = await predict(clone, heldOut, context);
  const em: EM = measureEM({
    r2w,
    sessions: heldOut.sessions,
    ...(predicted === undefined ? {} : { predicted }),
    ...(training === undefined ? {} : { training: training.sessions }),
  });
  const agreement = options.agree === true ? await agree(clone, heldOut, context) : undefined;
  const w2r = options.real === undefined ? undefined : await worldToReal(clone, options.real, { ...options, context });
  const figures: Figures = { r2w, em, hasTraining: training !== undefined, agreement, w2r };
  context.terminal.result(figures, fidelityReport(figures));
  return passes(options, r2w, w2r) && agreement?.agree !== false ? exitCodes.done : exitCodes.failed;
}

function passes({ minAccepted = 0, minExact = 0, minW2r = 0 }: Options, { accepted, exact }: R2W, w2r: W2R | undefined): boolean {
  return accepted.share >= minAccepted && exact.share >= minExact && (w2r === undefined || w2r.success.share >= minW2r);
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

/** Every step from the real page before it; left out where synthesis does not say how it reads logged pages. */
async function predict({ world }: Clone, logs: LogSet, { terminal, signal }: Context): Promise<readonly PredictedSession[] | undefined> {
  const { predictSteps } = await import('@backlot/fidelity');
  const canonical = await canonicalFor(logs);
  if (canonical === undefined) return undefined;
  let done = 0;
  return predictSteps({
    world,
    sessions: logs.sessions,
    canonical,
    signal,
    onProgress: ({ session }) => terminal.progress(`predicted ${session.id} step by step, ${++done} of ${logs.sessions.length}`),
  });
}

/** What synthesis reads logged pages with. */
interface PageReading {
  readonly synthesise: unknown;
  readonly canonical?: (root: DomElement, page: { origin: string; url: string; picture: (src: string) => string }) => DomElement;
  readonly assetFinder?: (base: string, assets: LogSet['assets']) => (src: string) => string;
}

async function canonicalFor({ assets }: LogSet): Promise<Canonical | undefined> {
  const { canonical, assetFinder }: PageReading = await import('@backlot/synth');
  if (canonical === undefined || assetFinder === undefined) return undefined;
  const picture = assetFinder('/', assets);
  return (root, page) => canonical(root, { ...page, picture });
}

async function agree(clone: Clone, { sessions }: LogSet, { terminal, signal }: Context): Promise<Figures['agreement']> {
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

async function worldToReal(clone: Clone & { readonly dir: string }, real: string, { runs: n, seed, context }: Measuring): Promise<W2R> {
  const { terminal, signal } = context;
  const { buildSuite, readWork } = await import('@backlot/suites');
  const { measureW2R, oracleRuns, realCommand } = await import('@backlot/fidelity');
  const { launchBrowser } = await import('@backlot/recorder');
  const { dir, hash, world } = clone;
  const suite = await buildSuite(world, await readWork(dir), {
    n,
    seed,
    cloneDir: dir,
    hash,
    onProgress: ({ admitted }) => {
      signal.throwIfAborted();
      terminal.progress(`${admitted} of ${n} tasks admitted`);
    },
  });
  const runs = await oracleRuns(clone, suite.tasks, signal);
  const browser = await launchBrowser();
  let done = 0;
  try {
    return await measureW2R({
      runs,
      real: realCommand(real),
      browser,
      viewport: world.viewport,
      signal,
      onProgress: ({ id }) => terminal.progress(`replayed ${id} in the real application, ${++done} of ${runs.length}`),
    });
  } finally {
    await browser.close();
  }
}
