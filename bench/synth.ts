/**
 * How synthesis grows with the number of sessions. The sessions of LOGS are taken in order; where more are asked for, copies of them
 * follow in which the words that users typed are others, so that their records differ. Each size is learned in a process of its own.
 * Prints seconds, seconds a session, the most memory of the process (logs included), and the exponent from one size to the next: 1 is
 * linear.
 *
 *   npx node --conditions=@backlot/source bench/synth.ts LOGS [--sizes 10,40,100] [--json]
 */
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { readLogs } from '@backlot/logs';
import { isElement, type Action, type DomElement, type DomNode, type Exchange, type PageView, type Session } from '@backlot/protocol';
import { looksOf, synthesise } from '@backlot/synth';

interface Measured {
  readonly sessions: number;
  readonly steps: number;
  readonly seconds: number;
  readonly megabytes: number;
}

type Rename = (text: string) => string;

const words = /\p{L}{2,}/gu;
const wordsOf = (text: string): readonly string[] => text.toLowerCase().match(words) ?? [];

/** When a word was first seen and first typed in a session: even numbers are pages before a step, odd ones its action and what follows. */
interface FirstTimes {
  readonly seen: ReadonlyMap<string, number>;
  readonly typed: ReadonlyMap<string, number>;
}

function firstTimes({ steps }: Session): FirstTimes {
  const [seen, typed] = [new Map<string, number>(), new Map<string, number>()];
  const note = (into: Map<string, number>, text: string, at: number): void => {
    for (const word of wordsOf(text)) if (!into.has(word)) into.set(word, at);
  };
  const known = new WeakSet<DomNode>();
  const read = (node: DomNode, at: number): void => {
    if (known.has(node)) return;
    known.add(node);
    if (!isElement(node)) return note(seen, node.text, at);
    for (const value of Object.values(node.attrs)) note(seen, value, at);
    for (const child of node.children) read(child, at);
  };
  for (const [i, { before, action, after }] of steps.entries()) {
    note(seen, `${before.title} ${before.url}`, 2 * i);
    read(before.root, 2 * i);
    if (action.kind === 'fill') note(typed, action.value ?? '', 2 * i + 1);
    note(seen, `${after.title} ${after.url}`, 2 * i + 1);
    read(after.root, 2 * i + 1);
  }
  return { seen, typed };
}

/** Words that pages show only after the session's user typed them, in all sessions: neither the application's nor the account's. */
function ownWords(sessions: readonly Session[]): ReadonlySet<string> {
  const times = sessions.map(firstTimes);
  const typed = new Set(times.flatMap((each) => [...each.typed.keys()]));
  const foreign = times.flatMap(({ seen, typed: mine }) => [...seen].filter(([word, at]) => at < (mine.get(word) ?? Infinity)));
  for (const [word] of foreign) typed.delete(word);
  return typed;
}

/** Puts letters that name the copy after the first letter of own words: case, beginnings and most orders stay. */
function renameFor(copy: number, own: ReadonlySet<string>): Rename {
  const letters = [...copy.toString(26)].map((digit) => String.fromCharCode(97 + Number.parseInt(digit, 26))).join('');
  const rename = (word: string): string => {
    if (!own.has(word.toLowerCase())) return word;
    const rest = word.slice(1);
    return `${word[0] ?? ''}${rest === rest.toLowerCase() ? letters : letters.toUpperCase()}${rest}`;
  };
  return (text) => text.replace(words, rename);
}

/** A session with other words. Pages share elements as they did, none with the session it was made from. */
function copyOf(session: Session, copy: number, rename: Rename): Session {
  const nodes = new WeakMap<DomNode, DomNode>();
  const views = new WeakMap<PageView, PageView>();
  const made = (node: DomNode): DomNode => {
    if (!isElement(node)) return { ...node, text: rename(node.text) };
    const attrs = Object.fromEntries(Object.entries(node.attrs).map(([name, value]) => [name, rename(value)]));
    return { ...node, attrs, children: node.children.map(nodeOf) };
  };
  const nodeOf = (node: DomNode): DomNode => remember(nodes, node, made);
  const viewOf = (view: PageView): PageView =>
    remember(views, view, ({ url, root, title, ...rest }) => ({
      ...rest,
      url: rename(url),
      title: rename(title),
      root: nodeOf(root) as DomElement,
    }));
  const steps = session.steps.map((step) => ({
    ...step,
    before: viewOf(step.before),
    action: actionOf(step.action, rename),
    after: viewOf(step.after),
    exchanges: step.exchanges.map((exchange) => exchangeOf(exchange, rename)),
  }));
  return { ...session, id: `${session.id}-${copy}`, steps };
}

function remember<K extends object, V>(known: WeakMap<K, V>, key: K, make: (key: K) => V): V {
  const value = known.get(key) ?? make(key);
  known.set(key, value);
  return value;
}

function actionOf(action: Action, rename: Rename): Action {
  const { target, value, dialog } = action;
  return {
    ...action,
    ...(target && { target: { ...target, name: rename(target.name) } }),
    ...(value !== undefined && action.kind !== 'press' && { value: rename(value) }),
    ...(dialog && {
      dialog: { ...dialog, message: rename(dialog.message), ...(dialog.text !== undefined && { text: rename(dialog.text) }) },
    }),
  };
}

function exchangeOf(exchange: Exchange, rename: Rename): Exchange {
  const { url, requestBody, redirect, responseBody } = exchange;
  return {
    ...exchange,
    url: rename(url),
    ...(requestBody && { requestBody: { ...requestBody, text: rename(requestBody.text) } }),
    ...(redirect !== undefined && { redirect: rename(redirect) }),
    ...(responseBody !== undefined && { responseBody: rename(responseBody) }),
  };
}

function resampled(sessions: readonly Session[], size: number): readonly Session[] {
  const own = ownWords(sessions);
  const copies = Array.from({ length: Math.ceil(size / sessions.length) }, (_, copy) => {
    const rename = renameFor(copy, own);
    return copy === 0 ? sessions : sessions.map((session) => copyOf(session, copy, rename));
  });
  return copies.flat().slice(0, size);
}

async function measure(dir: string, size: number): Promise<Measured> {
  const read = await readLogs(dir);
  if (read.sessions.length === 0) throw new Error(`${dir}: no session could be read. \`backlot ingest ${dir}\` tells why.`);
  const sessions = resampled(read.sessions, size);
  const logs = { ...read, sessions: sessions.toSorted((a, b) => (a.id < b.id ? -1 : 1)) };
  const begin = performance.now();
  synthesise(logs, looksOf(logs));
  const seconds = (performance.now() - begin) / 1000;
  const steps = sessions.reduce((sum, session) => sum + session.steps.length, 0);
  return { sessions: size, steps, seconds, megabytes: process.resourceUsage().maxRSS / 1024 };
}

function measureApart(dir: string, size: number): Measured {
  const args = [...process.execArgv, fileURLToPath(import.meta.url), dir, '--only', String(size)];
  return JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] })) as Measured;
}

const exponent = (from: Measured, to: Measured): number => Math.log(to.seconds / from.seconds) / Math.log(to.sessions / from.sessions);
const cells = (...texts: readonly string[]): string => texts.map((text) => text.padStart(18)).join('');

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { sizes: { type: 'string', default: '10,40,100' }, json: { type: 'boolean' }, only: { type: 'string' } },
  });
  const sizes = values.sizes.split(',').map(Number);
  const [dir] = positionals;
  if (dir === undefined || sizes.some((n) => !Number.isInteger(n) || n < 1)) {
    console.error('Usage: synth.ts LOGS [--sizes 10,40,100] [--json]: a folder of logs, and whole numbers of sessions.');
    process.exit(2);
  }
  if (values.only !== undefined) return console.log(JSON.stringify(await measure(dir, Number(values.only))));
  if (!values.json) console.log(cells('sessions', 'steps', 'seconds', 'seconds a session', 'peak MB', 'exponent'));
  const rows: (Measured & { readonly exponent?: number })[] = [];
  for (const size of sizes.toSorted((a, b) => a - b)) {
    const measured = measureApart(dir, size);
    const last = rows.at(-1);
    const row = { ...measured, ...(last && { exponent: exponent(last, measured) }) };
    rows.push(row);
    if (!values.json) console.log(textOf(row));
  }
  if (values.json) console.log(JSON.stringify(rows, null, 2));
}

function textOf({ sessions, steps, seconds, megabytes, exponent: grows }: Measured & { readonly exponent?: number }): string {
  const each = (seconds / sessions).toFixed(3);
  return cells(String(sessions), String(steps), seconds.toFixed(1), each, megabytes.toFixed(0), grows?.toFixed(2) ?? '');
}

await main();
