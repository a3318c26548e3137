import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Asset, LogSet, Problem, Session } from '@backlot/protocol';
import type { Task } from './demonstrations/task.ts';
import { EventsReader } from './events-reader.ts';
import { compare, findLogs } from './files/find-logs.ts';
import type { LogFiles } from './files/find-logs.ts';
import { readElements } from './files/read-elements.ts';
import { readHarEntry } from './har/entry.ts';
import type { HarEntry } from './har/entry.ts';
import { readMeta } from './meta.ts';
import type { LogMeta } from './meta.ts';
import { Interner } from './rrweb/interner.ts';
import type { Timeline } from './rrweb/timeline.ts';
import { baseUrlOf, makeSession } from './session.ts';
import type { SessionSources } from './session.ts';

/** How far reading has come. */
export interface LogProgress {
  /** Sessions read so far. */
  readonly done: number;
  readonly total: number;
  /** The session now being read; absent at the end. */
  readonly name?: string;
}

export interface ReadLogsOptions {
  /** Stops the reading; its reason is thrown. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: LogProgress) => void;
  /** Most bytes of one file, after decompression; 512 MiB where not given. What comes before the limit is used. */
  readonly maxBytes?: number;
  /** Names of the sessions to read, without suffix; all where not given. */
  readonly only?: readonly string[];
}

const MAX_BYTES = 512 * 1024 * 1024;
const MAX_META_BYTES = 1024 * 1024;
/** Unreadable events beyond these are counted together. */
const MAX_NAMED = 3;

/**
 * Reads a folder of recorded sessions. A file that is damaged, or is something else, loses only itself: what was wrong stands
 * in `problems`, of the session where there is one, else of the set. Exchanges leave out what pages fetch by themselves
 * (style sheets, scripts, images, fonts: see `assets`) and the bodies of answers that became the page.
 * @throws Error where the folder cannot be read; the signal's reason where it is aborted.
 */
export async function readLogs(dir: string, options: ReadLogsOptions = {}): Promise<LogSet> {
  const { onProgress, only } = options;
  const found = await findLogs(dir);
  const logs = only === undefined ? found.logs : found.logs.filter(({ name }) => only.includes(name));
  const run = new Run(dir, options);
  for (const [done, files] of logs.entries()) {
    onProgress?.({ done, total: logs.length, name: files.name });
    await run.read(files);
  }
  onProgress?.({ done: logs.length, total: logs.length });
  for (const file of found.orphans) {
    run.problem({
      file,
      severity: 'warning',
      reason: 'No events stand beside this file: NAME.rrweb.json or NAME.rrweb.json.gz is missing.',
    });
  }
  if (found.logs.length === 0) {
    run.problem({
      file: '.',
      severity: 'error',
      reason: 'The folder holds no logs: files named NAME.rrweb.json or NAME.rrweb.json.gz are expected.',
    });
  }
  return run.result();
}

class Run {
  readonly #dir: string;
  readonly #options: ReadLogsOptions;
  readonly #interner = new Interner();
  readonly #sessions: Session[] = [];
  readonly #assets = new Map<string, Asset>();
  readonly #problems: Problem[] = [];

  constructor(dir: string, options: ReadLogsOptions) {
    this.#dir = dir;
    this.#options = options;
  }

  problem(problem: Problem): void {
    this.#problems.push(problem);
  }

  async read(files: LogFiles): Promise<void> {
    const problems: Problem[] = [];
    const problem = (each: Problem): void => void problems.push(each);
    const said = files.meta === undefined ? {} : await this.#meta(files.meta, problem);
    const read = await this.#events(files.events, problem);
    const timeline = read?.timeline;
    if (timeline?.root === undefined || timeline.root === null) {
      const reason = 'No page could be rebuilt: there is no full snapshot (event type 2). The session is left out.';
      if (!problems.some(({ severity }) => severity === 'error')) problem({ file: files.events, severity: 'error', reason });
      this.#problems.push(...problems);
      return;
    }
    // Each demonstration has data of its own to begin with, so each is of an account of its own.
    const meta = read?.task ? { app: read.task.app, account: files.name, ...said } : said;
    const baseURL = meta.baseURL ?? baseUrlOf(timeline);
    const entries = files.har === undefined ? [] : await this.#har(files.har, baseURL, problem);
    const session = this.#session({ name: files.name, file: files.events, meta, baseURL, timeline, entries, problems });
    if (session === null) return;
    const twin = this.#sessions.some(({ id }) => id === session.id);
    if (twin)
      this.problem({
        file: files.events,
        severity: 'warning',
        reason: `Another session is called ${session.id} too: this one goes by its file name, ${files.name}.`,
      });
    this.#sessions.push(twin ? { ...session, id: files.name } : session);
  }

  result(): LogSet {
    const sessions = this.#sessions.sort((a, b) => compare(a.id, b.id));
    const assets = [...this.#assets.values()].sort((a, b) => compare(a.url, b.url));
    return { sessions, assets, problems: this.#problems };
  }

  /** Null where something in the log was met that nobody thought of: the other sessions go on. */
  #session(sources: SessionSources): Session | null {
    try {
      return makeSession(sources);
    } catch (error) {
      const reason = `The actions could not be inferred (${(error as Error).message}). The session is left out; please report this with the log.`;
      this.#problems.push(...sources.problems, { file: sources.file, severity: 'error', reason });
      return null;
    }
  }

  async #meta(file: string, problem: (problem: Problem) => void): Promise<LogMeta> {
    const place = path.join(this.#dir, file);
    try {
      if ((await stat(place)).size > MAX_META_BYTES) throw new Error(`it holds more than ${MAX_META_BYTES} bytes`);
      const { meta, wrong } = readMeta(JSON.parse(await readFile(place, 'utf8')) as unknown);
      if (wrong.length > 0)
        problem({ file, severity: 'warning', reason: `These parts are not as expected and are passed over: ${wrong.join(', ')}.` });
      return meta;
    } catch (error) {
      problem({
        file,
        severity: 'warning',
        reason: `The file could not be used (${(error as Error).message}); what it says is read from the events instead.`,
      });
      return {};
    }
  }

  async #events(file: string, problem: (problem: Problem) => void): Promise<{ timeline: Timeline; task: Task | null } | null> {
    const bad = new BadElements(file, 'event', problem);
    const reader = new EventsReader(this.#interner, (index, why) => bad.add(index, why));
    const head = (text: string): void => reader.head(text);
    const isWhole = await this.#elements(file, { noun: 'event', head, take: (value) => reader.take(value), problem });
    bad.finish();
    return isWhole ? { timeline: reader.finish(), task: reader.task } : null;
  }

  async #har(file: string, baseURL: string, problem: (problem: Problem) => void): Promise<HarEntry[]> {
    const entries: HarEntry[] = [];
    const bad = new BadElements(file, 'entry', problem);
    const take = (value: unknown, index: number): void => {
      // The list of pages stands beside the list of requests.
      if (typeof value === 'object' && value !== null && 'pageTimings' in value) return;
      const entry = readHarEntry(value, baseURL);
      if (typeof entry === 'string') return bad.add(index, entry);
      const { asset, ...rest } = entry;
      if (asset !== undefined && !this.#assets.has(asset.url)) this.#assets.set(asset.url, asset);
      entries.push(rest);
    };
    await this.#elements(file, { noun: 'entry', take, problem });
    bad.finish();
    return entries.sort((a, b) => a.exchange.at - b.exchange.at);
  }

  /** Reads a file's elements; false where it could not be opened. */
  async #elements(file: string, { noun, head, take, problem }: Reader): Promise<boolean> {
    const { signal, maxBytes = MAX_BYTES } = this.#options;
    try {
      await readElements({
        path: path.join(this.#dir, file),
        file,
        noun,
        limits: { maxBytes, signal },
        ...(head === undefined ? {} : { head }),
        take,
        problem,
      });
      return true;
    } catch (error) {
      signal?.throwIfAborted();
      problem({ file, severity: 'error', reason: `The file could not be read (${(error as Error).message}).` });
      return false;
    }
  }
}

interface Reader {
  readonly noun: string;
  readonly head?: (text: string) => void;
  readonly take: (value: unknown, index: number) => void;
  readonly problem: (problem: Problem) => void;
}

/** Names the first elements that are not as expected, and counts the others. */
class BadElements {
  readonly #file: string;
  readonly #noun: string;
  readonly #problem: (problem: Problem) => void;
  #count = 0;

  constructor(file: string, noun: string, problem: (problem: Problem) => void) {
    this.#file = file;
    this.#noun = noun;
    this.#problem = problem;
  }

  add(event: number, why: string): void {
    this.#count += 1;
    if (this.#count > MAX_NAMED) return;
    this.#problem({ file: this.#file, event, severity: 'error', reason: `This ${this.#noun} is passed over: ${why}.` });
  }

  finish(): void {
    const more = this.#count - MAX_NAMED;
    if (more > 0)
      this.#problem({ file: this.#file, severity: 'error', reason: `Other elements that are no ${this.#noun} are passed over: ${more}.` });
  }
}
