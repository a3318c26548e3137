/**
 * Measures the inference of actions against known truth: `node --conditions=@backlot/source bench/action-inference.ts LOGS`.
 * LOGS holds logs, and in its folder `truth` the actions that were taken: NAME.steps.json.gz. Exit code 1 where a bar is missed.
 *
 *     --json     figures as JSON
 *     --misses   also the commonest differences
 *     --truth T  the folder of the truth, where it is not in LOGS
 */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { gunzipSync } from 'node:zlib';
import { readLogs, scoreActions, sumScores } from '@backlot/logs';
import type { KindScore, ScoredAction, SessionScore } from '@backlot/logs';
import type { Session, Step } from '@backlot/protocol';
import { ariaSnapshot } from '@backlot/world';
import { compileStyles, styleSheetsOf } from '@backlot/logs';

const OVERALL = 0.98;
const PER_KIND = 0.95;
const ENOUGH = 20;

interface TruthStep {
  readonly action: {
    readonly kind: string;
    readonly value?: string;
    readonly target?: { readonly role: string; readonly name?: string } | null;
  };
  readonly url: string;
  readonly before: string | null;
  readonly after: string | null;
  readonly dialog?: unknown;
}

interface Measured {
  readonly session: Session;
  readonly truth: readonly TruthStep[];
  readonly score: SessionScore;
}

await main();

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { json: { type: 'boolean' }, misses: { type: 'boolean' }, truth: { type: 'string' } },
  });
  const [dir] = positionals;
  if (dir === undefined) throw new Error('Say which folder of logs to measure: action-inference.ts LOGS');
  const began = performance.now();
  const logs = await readLogs(dir);
  const readMs = Math.round(performance.now() - began);
  const measured = logs.sessions.flatMap((session) =>
    measure(session, path.join(values.truth ?? path.join(dir, 'truth'), `${session.id}.steps.json.gz`)),
  );
  const sums = sumScores(measured.map(({ score }) => score));
  const urls = addresses(measured);
  const passed = sums.all.f1 >= OVERALL && Object.values(sums.kinds).every((kind) => kind.truth < ENOUGH || kind.f1 >= PER_KIND);
  const figures = { sessions: measured.length, readMs, ...sums, urls, passed };
  process.stdout.write(values.json ? `${JSON.stringify(figures, null, 2)}\n` : `${table(figures)}\n`);
  if (values.misses) process.stdout.write(`${misses(measured)}\n`);
  if (!passed) process.exitCode = 1;
}

function measure(session: Session, file: string): Measured[] {
  if (!existsSync(file)) return [];
  const { steps } = JSON.parse(gunzipSync(readFileSync(file)).toString()) as { steps: readonly TruthStep[] };
  const score = scoreActions(
    steps.map(ofTruth),
    session.steps.map((step) => ofStep(step, session)),
  );
  return [{ session, truth: steps, score }];
}

function ofTruth({ action, before, after, url }: TruthStep, i: number, all: readonly TruthStep[]): ScoredAction {
  const { kind, target, value } = action;
  return { kind, role: target?.role, name: target?.name, value, changed: before !== after || url !== all[i - 1]?.url };
}

function ofStep(step: Step, { viewport }: Session): ScoredAction {
  const { kind, target, value } = step.action;
  const { before, after } = step;
  const aria = ({ root }: Step['before']): string => ariaSnapshot(root, compileStyles(styleSheetsOf(root), viewport));
  const changed = kind !== 'press' || before.url !== after.url || before.load !== after.load || aria(before) !== aria(after);
  return { kind, role: target?.role, name: target?.name, value, changed };
}

/** Share of the matched steps after which the address is the true one. */
function addresses(measured: readonly Measured[]): { readonly right: number; readonly of: number } {
  let right = 0;
  let of = 0;
  for (const { session, truth, score } of measured) {
    for (const [i, j] of score.pairs) {
      of += 1;
      if (truth[i]?.url === session.steps[j]?.after.url) right += 1;
    }
  }
  return { right, of };
}

function table({
  sessions,
  readMs,
  all,
  kinds,
  urls,
  passed,
}: {
  sessions: number;
  readMs: number;
  all: KindScore;
  kinds: Readonly<Record<string, KindScore>>;
  urls: { right: number; of: number };
  passed: boolean;
}): string {
  const row = (name: string, { truth, inferred, matched, precision, recall, f1 }: KindScore): string =>
    [
      name.padEnd(10),
      ...[truth, inferred, matched].map((n) => String(n).padStart(8)),
      ...[precision, recall, f1].map((n) => n.toFixed(4).padStart(9)),
    ].join(' ');
  const head = [
    'kind'.padEnd(10),
    ...['truth', 'inferred', 'matched'].map((n) => n.padStart(8)),
    ...['precision', 'recall', 'F1'].map((n) => n.padStart(9)),
  ].join(' ');
  return [
    head,
    ...Object.entries(kinds).map(([kind, score]) => row(kind, score)),
    row('all', all),
    '',
    `${sessions} sessions, read in ${readMs} ms. Address right after ${urls.right} of ${urls.of} matched actions.`,
    `Bars: F1 ≥ ${OVERALL} overall, ≥ ${PER_KIND} for every kind with ${ENOUGH} cases: ${passed ? 'reached' : 'missed'}.`,
  ].join('\n');
}

function misses(measured: readonly Measured[]): string {
  const counts = new Map<string, { count: number; where: string }>();
  for (const { session, score } of measured) {
    for (const { side, index, action } of score.misses) {
      const { kind, role = '', name = '', value = '' } = action;
      const key = `${side.padEnd(8)} ${kind} ${role} ${JSON.stringify(name)} ${JSON.stringify(value)}`;
      const known = counts.get(key);
      if (known === undefined) counts.set(key, { count: 1, where: `${session.id} #${index}` });
      else known.count += 1;
    }
  }
  const sorted = [...counts].sort(([a, x], [b, y]) => y.count - x.count || (a < b ? -1 : 1));
  return sorted
    .slice(0, 80)
    .map(([key, { count, where }]) => `${String(count).padStart(4)} × ${key}   (${where})`)
    .join('\n');
}
