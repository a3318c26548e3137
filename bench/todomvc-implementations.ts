/**
 * How well implementations of one application are learned: for every folder NAME in DIR the application is learned from
 * NAME/train, and NAME/test is replayed in the text engine.
 *
 *   node --conditions=@backlot/source bench/todomvc-implementations.ts DIR [NAME...] [--json] [--misses]
 *
 * First misses are sessions that leave their course: an action refused, or another page. `--misses` tells them.
 * `examples/todomvc/src/record-many.ts` records such a DIR.
 */
import { existsSync, readdirSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { measureR2W, type JudgedStep, type R2W } from '@backlot/fidelity';
import { readLogs } from '@backlot/logs';
import { createTextEngine, readClone } from '@backlot/sandbox';
import { looksOf, synthesise, writeClone } from '@backlot/synth';

interface Row {
  readonly implementation: string;
  readonly accepted: Tally;
  readonly exact: Tally;
  readonly sessions: number;
  readonly firstMisses: readonly Miss[];
  /** Seconds that learning took. */
  readonly seconds: number;
}

interface Failure {
  readonly implementation: string;
  readonly failed: string;
}

type Tally = Pick<R2W['accepted'], 'hits' | 'total'>;

interface Miss extends Pick<JudgedStep, 'index' | 'action' | 'refused' | 'missing' | 'extra'> {
  readonly session: string;
}

await main();

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { json: { type: 'boolean' }, misses: { type: 'boolean' } },
  });
  const [dir, ...asked] = positionals;
  if (dir === undefined) throw new Error('Say which folder of implementations to measure: todomvc-implementations.ts DIR');
  const names = asked.length > 0 ? asked : implementationsIn(dir);
  if (names.length === 0) throw new Error(`${dir} holds no NAME/train beside NAME/test. Record some: examples/todomvc/src/record-many.ts.`);
  const rows: (Row | Failure)[] = [];
  if (!values.json) process.stdout.write(`${line(['implementation', 'actions accepted', 'pages exact', 'first misses', 'seconds'])}\n`);
  for (const name of names) {
    const row = await measure(dir, name);
    rows.push(row);
    if (!values.json) process.stdout.write(`${textOf(row)}\n${values.misses ? missesOf(row) : ''}`);
  }
  if (values.json) process.stdout.write(`${JSON.stringify(rows, null, 2)}\n`);
}

function implementationsIn(dir: string): string[] {
  return readdirSync(dir)
    .filter((name) => ['train', 'test'].every((kind) => existsSync(path.join(dir, name, kind))))
    .sort();
}

/** What cannot be learned at all is a row as well: the others are still measured. */
async function measure(dir: string, implementation: string): Promise<Row | Failure> {
  const clone = await mkdtemp(path.join(tmpdir(), 'backlot-bench-'));
  try {
    const training = await readLogs(path.join(dir, implementation, 'train'));
    const heldOut = await readLogs(path.join(dir, implementation, 'test'));
    const began = performance.now();
    const { world } = synthesise(training, looksOf(training));
    const seconds = (performance.now() - began) / 1000;
    await writeClone(clone, { world, assets: training.assets });
    const r2w = await measureR2W({ clone: await readClone(clone), sessions: heldOut.sessions, engine: createTextEngine() });
    return { implementation, ...figuresOf(r2w), seconds: Math.round(seconds * 10) / 10 };
  } catch (error) {
    return { implementation, failed: error instanceof Error ? error.message : String(error) };
  } finally {
    await rm(clone, { recursive: true, force: true });
  }
}

function figuresOf({ accepted, exact, sessions }: R2W): Omit<Row, 'implementation' | 'seconds'> {
  const firstMisses = sessions.flatMap(({ session, firstDivergence }) => {
    if (firstDivergence === null) return [];
    const { index, action, refused, missing, extra } = firstDivergence;
    return [{ session, index, action, missing, extra, ...(refused === undefined ? {} : { refused }) }];
  });
  const tally = ({ hits, total }: Tally): Tally => ({ hits, total });
  return { accepted: tally(accepted), exact: tally(exact), sessions: sessions.length, firstMisses };
}

function textOf(row: Row | Failure): string {
  if ('failed' in row) return line([row.implementation, `failed: ${row.failed.split('\n')[0]}`]);
  const { implementation, accepted, exact, sessions, firstMisses, seconds } = row;
  return line([implementation, share(accepted), share(exact), `${firstMisses.length} of ${sessions}`, seconds.toFixed(1)]);
}

function share({ hits, total }: Tally): string {
  return `${((100 * hits) / total).toFixed(1)} % of ${total}`;
}

function line(cells: readonly string[]): string {
  return cells
    .map((cell, i) => cell.padEnd(i === 0 ? 28 : 18))
    .join('')
    .trimEnd();
}

function missesOf(row: Row | Failure): string {
  if ('failed' in row) return '';
  return row.firstMisses
    .map(({ session, index, action, refused, missing, extra }) => {
      const { kind, target, value } = action;
      const what = [kind, target?.role, target?.name, value].filter((each) => each !== undefined && each !== '').join(' ');
      const lines = [...missing.map((each) => `      - ${each}`), ...extra.map((each) => `      + ${each}`)].slice(0, 8);
      return [`    ${session} #${index} ${what}${refused === undefined ? '' : `: ${refused}`}`, ...lines, ''].join('\n');
    })
    .join('');
}
