import { writeFile } from 'node:fs/promises';
import type { BombOutcome, CampaignOptions, EscapeReport } from '@backlot/sandbox';
import { Option, type Command } from 'commander';
import { command, run, type Context, type Verdict } from '../io/command.ts';
import { exitCodes, UsageError } from '../io/errors.ts';
import { wholeNumber } from '../io/options.ts';
import { count, table } from '../io/table.ts';
import { attackPages, seccompProfile } from '../sandboxes.ts';
import { version } from '../version.ts';

interface Options {
  readonly engine: 'browser' | 'container';
  readonly pages: string;
  readonly layers?: readonly string[];
  readonly only?: string;
  readonly lanes: number;
  readonly bombs: boolean;
  readonly sarif?: string;
  readonly out?: string;
  readonly json?: boolean;
}

/** `backlot escape` */
export function escapeCommand(): Command {
  return command({
    name: 'escape',
    summary: 'attack the sandbox with pages that try to get out, and count the packets that do',
    examples: [
      'backlot escape',
      'backlot escape --layers all,namespace,switches --sarif escape.sarif',
      'backlot escape --pages my-attacks',
      'backlot escape --engine container',
    ],
  })
    .addOption(new Option('--engine <engine>', 'what is attacked').choices(['browser', 'container']).default('browser'))
    .option('--pages <dir>', 'folder of attack pages, NAME.html or NAME.js (default: those of this version)', attackPages)
    .option('--layers <names>', 'columns of the table: all, or layers alone, with commas between them (default: every one)', names)
    .option('--only <text>', 'only pages whose name holds this')
    .option('--lanes <n>', 'how many pages are tried at a time', wholeNumber(1), 6)
    .option('--no-bombs', 'leave out the pages that wear out the browser')
    .option('--sarif <file>', 'also write the result as SARIF 2.1.0')
    .option('--out <file>', 'also write the whole result as JSON')
    .action((options: Options) => run({ json: options.json === true }, (context) => escape(options, context)));
}

const names = (text: string): readonly string[] => text.split(',').map((name) => name.trim());

async function escape(options: Options, { terminal, signal }: Context): Promise<Verdict> {
  const { readVectors, runBombs, runCampaign, toSarif } = await import('@backlot/sandbox');
  const all = await readVectors(options.pages);
  const set = { ...all, vectors: all.vectors.filter(({ name }) => name.includes(options.only ?? '')) };
  if (set.vectors.length === 0) throw new UsageError(`No page in ${options.pages} has "${options.only}" in its name.`);
  const settings = await wantedSettings(options);
  const target = await targetOf(options.engine);
  const progress = (line: string): void => terminal.progress(line);
  const report = await runCampaign({
    target,
    set,
    settings,
    lanes: options.lanes,
    countsStart: options.only === undefined,
    signal,
    progress,
  });
  const bombs = options.bombs && 'executablePath' in target ? await runBombs(set, target) : [];
  if (options.sarif !== undefined) {
    await writeFile(options.sarif, `${JSON.stringify(toSarif(report, { folder: options.pages, version: version() }), null, 2)}\n`);
  }
  if (options.out !== undefined) await writeFile(options.out, `${JSON.stringify({ ...report, bombs }, null, 2)}\n`);
  const { kindOf } = await import('@backlot/sandbox');
  terminal.result({ ...report, bombs }, [matrix(report, kindOf), ...bombTable(bombs), '', summary(report, bombs)].join('\n'));
  return report.leaks.length === 0 && bombs.every(({ held }) => held) ? exitCodes.done : exitCodes.failed;
}

async function wantedSettings({ layers, engine }: Options): Promise<CampaignOptions['settings']> {
  const { containerSettings, settings } = await import('@backlot/sandbox');
  const known = engine === 'container' ? containerSettings : settings;
  const unknown = layers?.filter((name) => !known.some((setting) => setting.name === name)) ?? [];
  if (unknown.length > 0) {
    throw new UsageError(`--layers: no "${unknown.join('", "')}" here. There are ${known.map(({ name }) => name).join(', ')}.`);
  }
  return layers === undefined ? known : known.filter(({ name }) => layers.includes(name));
}

async function targetOf(engine: Options['engine']): Promise<CampaignOptions['target']> {
  const { laneMeans, whyNoContainer } = await import('@backlot/sandbox');
  const means = await laneMeans();
  if ('why' in means) throw new UsageError(`Packets can't be counted here: ${means.why}. It needs Linux, util-linux and iproute2.`);
  if (engine === 'container') {
    const why = await whyNoContainer();
    if (why !== null) throw new UsageError(`The container engine can't be attacked: ${why}.`);
    return { container: { seccomp: await seccompProfile() } };
  }
  const { findChromium } = await import('@backlot/recorder');
  return { executablePath: findChromium() };
}

function matrix({ columns, rows }: EscapeReport, kindOf: (outcome: EscapeReport['rows'][number]['outcomes'][string]) => string): string {
  const cells = rows.map((row) => [
    row.name,
    row.family,
    ...columns.map(({ name }) => {
      const outcome = row.outcomes[name];
      return outcome === undefined ? '·' : kindOf(outcome);
    }),
    row.exercised ? '' : 'not exercised',
  ]);
  return table(['vector', 'family', ...columns.map(({ name }) => name), ''], cells);
}

function bombTable(bombs: readonly BombOutcome[]): readonly string[] {
  if (bombs.length === 0) return [];
  const rows = bombs.map(({ name, held, lost, peakMiB, nextMs }) => [
    name,
    held ? 'held' : 'NOT HELD',
    lost ? 'ended' : 'lives',
    peakMiB,
    nextMs ?? '–',
  ]);
  return ['', table(['bomb', 'sandbox', 'its browser', 'peak MiB', 'next page ms'], rows)];
}

function summary({ vectors, exercised, columns, starts, leaks }: EscapeReport, bombs: readonly BombOutcome[]): string {
  const lines = columns.map(({ name, tried, leaked, packets, promises }) => {
    const verdict = promises ? (leaked === 0 ? ', as promised' : ': IT PROMISES NONE') : '';
    return `${name}: ${leaked} of ${tried} vectors got out, ${count(packets, 'packet')}${verdict}`;
  });
  const ends = bombs.length === 0 ? [] : [`bombs: ${bombs.filter(({ held }) => held).length} of ${bombs.length} held`];
  const leaked = leaks
    .slice(0, 10)
    .map(({ vector, setting, packets }) => `LEAK: ${vector} under "${setting}", ${count(packets, 'packet')}`);
  return [
    `${count(vectors, 'vector')}, ${exercised} with a positive control; the others are not exercised.`,
    ...lines,
    ...starts.map(sayStart),
    ...ends,
    ...leaked,
  ].join('\n');
}

function sayStart({ setting, packets, seen }: EscapeReport['starts'][number]): string {
  const what = [...new Set(seen)].slice(0, 6).join(', ');
  return `${setting}, before any page: ${count(packets, 'packet')} of the browser itself${what === '' ? '' : `: ${what}`}`;
}
