import type { Session } from '@backlot/protocol';
import type { TruthScore, WorkMeasure, WorkModel } from '@backlot/workflow';
import type { Command } from 'commander';
import { checkFolder } from '../files.ts';
import { command, run, type Context } from '../io/command.ts';
import { count } from '../io/table.ts';
import { measureText, workText } from '../work-report.ts';

interface Options {
  readonly logs?: string;
  readonly truth?: string;
  readonly html?: string;
  readonly samples: string;
  readonly json?: boolean;
}

/** `backlot work CLONE` */
export function workCommand(): Command {
  return command({
    name: 'work',
    summary: 'show the work that people do: workflows, how often, in which order, and how true that is on held-out sessions',
    examples: ['backlot work clone', 'backlot work clone --html work.html', 'backlot work clone --logs heldout --truth truth --json'],
  })
    .argument('<clone>', 'folder that `backlot synth` wrote')
    .option('--html <file>', 'write a page that shows it, with nothing loaded from elsewhere')
    .option('--logs <logs>', 'sessions that the clone was not learned from: measure the work against them')
    .option('--truth <folder>', 'files NAME.steps.json[.gz] that say which workflow each step of these sessions belongs to')
    .option('--samples <n>', 'sessions sampled for the measures', '60')
    .action((clone: string, options: Options) => run({ json: options.json === true }, (context) => work(clone, options, context)));
}

async function work(clone: string, options: Options, { terminal }: Context): Promise<void> {
  checkFolder(clone, 'the folder of a clone');
  const { readWork } = await import('@backlot/suites');
  const model = await readWork(clone);
  if (options.html !== undefined) {
    const { writeFile } = await import('node:fs/promises');
    const { workPage } = await import('../work-page.ts');
    await writeFile(options.html, workPage(model));
    terminal.note(`Written to ${options.html}.`);
  }
  const measured = options.logs === undefined ? null : await measure(clone, { ...options, logs: options.logs }, { model, terminal });
  const { traces, symbols, ...shown } = model;
  const text = [workText(model), ...(measured ? ['', measureText(measured)] : [])].join('\n');
  terminal.result({ ...shown, sessions: traces.length, symbols: symbols.length, ...(measured ? { measured } : {}) }, text);
}

async function measure(
  clone: string,
  { logs, truth, samples }: Options & { readonly logs: string },
  env: { model: WorkModel; terminal: Context['terminal'] },
): Promise<{ work: WorkMeasure; truth?: TruthScore }> {
  checkFolder(logs, 'the folder of held-out logs');
  if (truth !== undefined) checkFolder(truth, 'the folder of the truth');
  const { readClone } = await import('@backlot/sandbox');
  const { readLogs } = await import('@backlot/logs');
  const { canonical } = await import('@backlot/synth');
  const { measureWork, scoreTruth } = await import('@backlot/workflow');
  const { withoutTrial } = await import('@backlot/world');
  const { world } = await readClone(clone);
  const { sessions } = await readLogs(logs);
  env.terminal.progress(`measuring on ${count(sessions.length, 'session')}`);
  const measuring = { world: withoutTrial(world), work: env.model, heldOut: sessions, read: canonical, samples: Number(samples) || 60 };
  const work = measureWork(measuring);
  if (truth === undefined) return { work };
  const labels = await readTruth(truth, sessions);
  return { work, truth: scoreTruth(measuring, (session) => labels.get(session.id) ?? []) };
}

interface TruthFile {
  readonly steps: readonly {
    readonly workflow: string | null;
    readonly run?: number;
    readonly action: Session['steps'][number]['action'];
  }[];
}

/** The true workflow of every step that was inferred rightly. */
async function readTruth(
  folder: string,
  sessions: readonly Session[],
): Promise<ReadonlyMap<string, (TruthFile['steps'][number] | null)[]>> {
  const { readFile, readdir } = await import('node:fs/promises');
  const { gunzipSync } = await import('node:zlib');
  const { join } = await import('node:path');
  const { alignBy } = await import('@backlot/logs');
  const files = await readdir(folder);
  const labels = new Map<string, (TruthFile['steps'][number] | null)[]>();
  for (const session of sessions) {
    const file = files.find((name) => name === `${session.id}.steps.json.gz` || name === `${session.id}.steps.json`);
    if (file === undefined) continue;
    const bytes = await readFile(join(folder, file));
    const { steps } = JSON.parse((file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString()) as TruthFile;
    const found: (TruthFile['steps'][number] | null)[] = session.steps.map(() => null);
    const [wanted, got] = [steps.map(({ action }) => sameAction(action)), session.steps.map(({ action }) => sameAction(action))];
    const pairs = alignBy(wanted, got, (a, b) => a === b);
    for (const [i, j] of pairs) found[j] = steps[i] ?? null;
    labels.set(session.id, found);
  }
  return labels;
}

function sameAction({ kind, target, value }: Session['steps'][number]['action']): string {
  const plain = kind === 'check' || kind === 'uncheck' ? 'click' : kind;
  return JSON.stringify([plain, target?.role, target?.name, plain === 'click' ? '' : value]);
}
