import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { compileStyles, readLogs, styleSheetsOf } from '@backlot/logs';
import type { PageView, Session } from '@backlot/protocol';
import { ariaSnapshot } from '@backlot/world';

/**
 * How often the snapshot computed from a logged page is the one that Playwright printed of the real page.
 * Usage: node --conditions=@backlot/source bench/aria-truth.ts LOGS [--show N]
 * LOGS holds recordings and, for measuring only, `truth/NAME.steps.json.gz` with the snapshot after every step.
 */
interface TruthStep {
  readonly i: number;
  readonly t: number;
  readonly url: string;
  readonly after: string;
}

interface Truth {
  readonly steps: readonly TruthStep[];
}

interface Tally {
  steps: number;
  exact: number;
  /** Exact after addresses are resolved against the page's: recorders keep only what they resolve to. */
  resolved: number;
  /** Resolved, and alike but for what the recorder does not keep: masked fields, and where a bare fragment was written. */
  recorded: number;
  missing: number;
}

const [dir, , show = '0'] = process.argv.slice(2);
if (dir === undefined)
  throw new Error('Say which folder of logs to measure: node --conditions=@backlot/source bench/aria-truth.ts LOGS [--show N]');

const { sessions } = await readLogs(dir);
const tally: Tally = { steps: 0, exact: 0, resolved: 0, recorded: 0, missing: 0 };
let left = Number(show);
const times: number[] = [];
for (const session of sessions) {
  const file = path.join(dir, 'truth', `${session.id}.steps.json.gz`);
  if (existsSync(file)) measure(session, readTruth(file));
}
if (tally.steps === 0)
  throw new Error(`No truth to measure against: ${path.join(dir, 'truth')} holds no NAME.steps.json.gz of a session in ${dir}.`);
times.sort((a, b) => a - b);
const share = (count: number): string => (count / tally.steps).toFixed(4);
console.log(JSON.stringify(tally));
console.log(
  `exact ${share(tally.exact)}, addresses resolved ${share(tally.resolved)}, and what recorders lose left out ${share(tally.recorded)}`,
);
console.log(`milliseconds a snapshot: median ${at(0.5)}, 95 % below ${at(0.95)}`);

function at(quantile: number): string {
  return (times[Math.floor(times.length * quantile)] ?? 0).toFixed(2);
}

function readTruth(file: string): Truth {
  return JSON.parse(gunzipSync(readFileSync(file)).toString()) as Truth;
}

function measure(session: Session, truth: Truth): void {
  const views = session.steps.flatMap((step) => [step.before, step.after]).sort((a, b) => a.at - b.at);
  for (const step of truth.steps) {
    tally.steps += 1;
    // A view stands until the next action: the page at some moment is the first view that ends after it.
    const view = views.find((each) => each.at >= step.t) ?? views.at(-1);
    if (view === undefined) {
      tally.missing += 1;
      continue;
    }
    compare(`${session.id} ${step.i}`, session, { view, step });
  }
}

function compare(where: string, session: Session, { view, step }: { view: PageView; step: TruthStep }): void {
  const rules = compileStyles(styleSheetsOf(view.root), session.viewport);
  const start = performance.now();
  const snapshot = ariaSnapshot(view.root, rules);
  times.push(performance.now() - start);
  const base = new URL(view.url, session.baseURL).href;
  const [ours, truth] = [resolve(snapshot, base), resolve(step.after, base)];
  if (snapshot === step.after) tally.exact += 1;
  if (ours === truth) tally.resolved += 1;
  if (completed(ours, step.after, base) === truth) tally.recorded += 1;
  else if (left-- > 0) console.log(`${where} ${step.url}\n${difference(truth, ours)}`);
}

/** Addresses in the form that a browser resolves them to. */
function resolve(snapshot: string, base: string): string {
  return snapshot.replaceAll(/(\/url: )(.*)$/gm, (_, head: string, value: string) => {
    const address = value.startsWith('"') ? (JSON.parse(value.replaceAll(/\\x(..)/g, '\\u00$1')) as string) : value;
    return head + (URL.canParse(address, base) ? new URL(address, base).href : address).replaceAll(/\s|%20/g, ' ').trimEnd();
  });
}

/** Our lines, but the true ones where they differ only by what the recorder does not keep. */
function completed(ours: string, truth: string, base: string): string {
  const written = truth.split('\n');
  const resolved = resolve(truth, base).split('\n');
  const complete = (line: string, place: number): string => {
    const head = /^(.*: )"\*+"$/.exec(line)?.[1];
    const fragment = /\/url: "(#.*)"$/.exec(written[place] ?? '')?.[1];
    const isMasked = head !== undefined && resolved[place]?.startsWith(head) === true;
    const isFragment = fragment !== undefined && line.includes('/url: ') && line.endsWith(fragment);
    return isMasked || isFragment ? (resolved[place] ?? line) : line;
  };
  return ours.split('\n').map(complete).join('\n');
}

function difference(truth: string, ours: string): string {
  const [a, b] = [truth.split('\n'), ours.split('\n')];
  const only = (lines: string[], others: string[], sign: string): string[] =>
    lines.filter((line) => !others.includes(line)).map((line) => sign + line);
  return [...only(a, b, '  - '), ...only(b, a, '  + ')].slice(0, 12).join('\n');
}
