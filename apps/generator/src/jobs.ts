import { spawn, type ChildProcess } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { Refusal } from './refusal.ts';
import type { Job, Project } from './schemas.ts';
import { making, type Store } from './store.ts';

/** How synthesis is run: the command that gets `synth LOGS --out CLONE --privacy MODE` added, then `tasks CLONE --n N --out SUITE`. */
export interface Synthesiser {
  readonly command: readonly [string, ...string[]];
}

/** Tries of a job that the service's own end cut. */
const mostAttempts = 3;
const longestProgress = 500;

/**
 * Synthesises projects one after the other, each in a process of its own. Where a job stands is in its project's file: a service that was
 * killed begins anew what it had not finished.
 */
export class Jobs {
  readonly #store: Store;
  readonly #synthesiser: Synthesiser;
  readonly #waiting = new Set<string>();
  readonly #events = new EventEmitter<Record<string, [Job]>>().setMaxListeners(0);
  readonly #longest: number;
  #child: ChildProcess | null = null;
  /** The project that is being synthesised, and the end of that. */
  #current: { readonly id: string; readonly over: Promise<void> } | null = null;
  #isClosed = false;
  #work: Promise<void> = Promise.resolve();

  /** `longest` is how long one job may take, in milliseconds. */
  constructor(store: Store, synthesiser: Synthesiser, longest: number) {
    this.#store = store;
    this.#synthesiser = synthesiser;
    this.#longest = longest;
  }

  /** Takes up what an earlier service left unfinished. */
  async resume(): Promise<void> {
    for (const { id, job } of await this.#store.list())
      if (job?.state === 'waiting' || job?.state === 'running') await this.#enqueue(id, job);
  }

  /** Begins a project's synthesis, or puts it in line. */
  async start(id: string): Promise<Project> {
    const project = await this.#store.change(id, (now) => {
      if (now.logs.length === 0) throw new Refusal(409, 'The project holds no logs: upload some first.');
      if (now.job?.state === 'waiting' || now.job?.state === 'running') throw new Refusal(409, 'The project is being synthesised already.');
      return { ...now, job: { state: 'waiting', attempts: 0, progress: '' } };
    });
    this.#push(id);
    return project;
  }

  /** Where a job stands, now and whenever that changes, until it is over. */
  async *follow(id: string, signal: AbortSignal): AsyncGenerator<Job> {
    const queue: Job[] = [];
    let wake = (): void => undefined;
    const add = (job: Job): void => {
      queue.push(job);
      wake();
    };
    this.#events.on(id, add);
    signal.addEventListener('abort', () => wake());
    try {
      const { job } = await this.#store.get(id);
      if (job === null) return;
      queue.unshift(job);
      while (!signal.aborted) {
        const next = queue.shift();
        if (next === undefined) {
          await new Promise<void>((resolve) => (wake = resolve));
          continue;
        }
        yield next;
        if (next.state === 'done' || next.state === 'failed') return;
      }
    } finally {
      this.#events.off(id, add);
    }
  }

  /** Ends a project's job, if it has one that is not over. */
  async cancel(id: string): Promise<void> {
    this.#waiting.delete(id);
    if (this.#current?.id !== id) return;
    this.#child?.kill('SIGKILL');
    await this.#current.over;
  }

  /** Stops; what runs is begun anew by the next service. */
  async close(): Promise<void> {
    this.#isClosed = true;
    this.#child?.kill('SIGTERM');
    await this.#work;
  }

  async #enqueue(id: string, job: Job): Promise<void> {
    const isOver = job.attempts >= mostAttempts;
    const error = `The service ended ${mostAttempts} times while it was synthesised.`;
    await this.#store.change(id, (now) => ({ ...now, job: isOver ? { ...job, state: 'failed', error } : { ...job, state: 'waiting' } }));
    if (!isOver) this.#push(id);
  }

  #push(id: string): void {
    this.#waiting.add(id);
    this.#work = this.#work.then(() => this.#workOff(id));
  }

  async #workOff(id: string): Promise<void> {
    // One that was cancelled in line is not there any more.
    if (this.#isClosed || !this.#waiting.delete(id)) return;
    const over = this.#synthesise(id).catch(() => undefined);
    this.#current = { id, over };
    await over;
    this.#current = null;
  }

  async #synthesise(id: string): Promise<void> {
    const { privacy, tasks, job } = await this.#mark(id, (job) => ({ ...job, state: 'running', attempts: job.attempts + 1 }));
    const [part, clone] = [this.#store.folder(id, `${making}${job?.attempts ?? 0}`), this.#store.folder(id, 'clone')];
    await rm(part, { recursive: true, force: true });
    const synth = await this.#run(id, ['synth', this.#store.folder(id, 'logs'), '--out', part, '--privacy', privacy]);
    const wantsSuite = synth.code === 0 && tasks > 0 && !this.#isClosed;
    const suite = wantsSuite ? await this.#run(id, ['tasks', part, '--n', String(tasks), '--out', join(part, 'suite.json')]) : synth;
    // A suite that holds fewer tasks than wanted is one too.
    const { code, last } = wantsSuite && suite.code === 1 ? { ...suite, code: 0 } : suite;
    if (this.#isClosed) return;
    if (code === 0) {
      await rm(clone, { recursive: true, force: true });
      await rename(part, clone);
      await this.#mark(id, (job) => ({ ...job, state: 'done', progress: 'done' }));
    } else {
      await rm(part, { recursive: true, force: true });
      await this.#mark(id, (job) => ({ ...job, state: 'failed', error: last }));
    }
  }

  #run(id: string, args: readonly string[]): Promise<{ readonly code: number | null; readonly last: string }> {
    const [file, ...before] = this.#synthesiser.command;
    const { BACKLOT_TOKEN: _token, ANTHROPIC_API_KEY: _key, ...env } = process.env;
    // What reads logs of strangers knows no secret of the service, and does not go on for ever.
    const options = { timeout: this.#longest, killSignal: 'SIGKILL', env: { ...env, NO_COLOR: '1' } } as const;
    const child = spawn(file, [...before, ...args], { ...options, stdio: ['ignore', 'ignore', 'pipe'] });
    this.#child = child;
    const began = performance.now();
    let last = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      const line = stripVTControlCharacters(text)
        .split(/[\r\n]+/)
        .findLast((each) => each.trim() !== '');
      if (line === undefined) return;
      last = line.trim().slice(0, longestProgress);
      void this.#mark(id, (job) => (job.state === 'running' ? { ...job, progress: last } : job)).catch(() => undefined);
    });
    return new Promise((resolve) => {
      child.once('error', (error) => resolve({ code: null, last: error.message }));
      child.once('close', (code, by) => resolve({ code, last: by === 'SIGKILL' ? `It was ended: ${this.#endedWhy(began)}.` : last }));
    }).finally(() => (this.#child = null)) as Promise<{ code: number | null; last: string }>;
  }

  #endedWhy(began: number): string {
    const isLate = performance.now() - began >= this.#longest;
    return isLate
      ? `it took longer than the ${Math.round(this.#longest / 1000)} s that a job may take`
      : 'the system or a deletion stopped it';
  }

  async #mark(id: string, how: (job: Job) => Job): Promise<Project> {
    const none: Job = { state: 'waiting', attempts: 0, progress: '' };
    const project = await this.#store.change(id, (now) => ({ ...now, job: how(now.job ?? none) }));
    if (project.job !== null) this.#events.emit(id, project.job);
    return project;
  }
}
