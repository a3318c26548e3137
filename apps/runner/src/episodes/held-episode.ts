import type { EngineKind, FinishedEpisode, Outcome, PeekResult, Snapshot, State, Task, TaskChoice, ViewForm } from '@backlot/protocol';
import { EpisodeError, TaskEpisode, type Ending, type EpisodeReport, type EpisodeSetup } from '@backlot/env';
import type { CompiledPolicy } from '@backlot/sandbox';
import { ServiceError } from '../errors.ts';
import { createQueue } from './queue.ts';
import type { Seat } from './seats.ts';

/** What happens to an episode, as it is told to whoever listens. */
export type EpisodeEvent =
  | { readonly event: 'begin'; readonly attempt: number; readonly task: string; readonly instruction: string }
  | { readonly event: 'step'; readonly attempt: number; readonly outcome: Omit<Outcome, 'observation'>; readonly url: string }
  | { readonly event: 'end'; readonly attempt: number; readonly ending: string; readonly score: number | null }
  | { readonly event: 'closed' };

/** What a held episode is made of. */
export interface HeldParts {
  readonly id: string;
  /** What it is called in the file of finished episodes. */
  readonly label: string;
  readonly via: FinishedEpisode['via'];
  readonly engine: EngineKind;
  readonly seat: Seat;
  /** Everything but the task and what is told of the end. */
  readonly setup: Omit<EpisodeSetup, 'task' | 'onEnd'>;
  readonly seed: number | undefined;
  /** What an agent shows to act in this episode, and to do nothing else with the service. */
  readonly ticket: string;
  /** What it stands under. */
  readonly policies: readonly CompiledPolicy[];
  choose(choice: TaskChoice): Promise<Task>;
  /** Keeps a finished episode. */
  keep(episode: FinishedEpisode): Promise<void>;
  stepped(seconds: number): void;
  /** Told once that the episode is closed. */
  closed(): void;
}

/** How many requests may wait for one episode. */
const mostWaiting = 16;

/** An episode that the service keeps open. Requests to it are done one after the other. */
export class HeldEpisode {
  readonly parts: HeldParts;
  readonly #queue = createQueue(mostWaiting);
  readonly #listeners = new Set<(event: EpisodeEvent) => void>();
  #episode: TaskEpisode | null = null;
  #attempt = 0;
  #seed: number | undefined;
  #began = new Date();
  #isClosed = false;

  constructor(parts: HeldParts) {
    this.parts = parts;
    this.#seed = parts.seed;
  }

  get attempt(): number {
    return this.#attempt;
  }

  get task(): Task | null {
    return this.#episode?.task ?? null;
  }

  get stepsTaken(): number {
    return this.#episode?.stepsTaken ?? 0;
  }

  get ending(): Ending | null {
    return this.#episode?.end?.ending ?? null;
  }

  /** Begins a task anew; one that was not ended is abandoned. */
  reset(choice: TaskChoice): Promise<Outcome> {
    return this.#do(async () => {
      const task = await this.parts.choose(choice);
      await this.#leave('It was begun anew.');
      this.#seed = choice.seed;
      return this.#begin(await TaskEpisode.open({ ...this.parts.setup, task, onEnd: (report) => this.#ended(report) }));
    });
  }

  /** Goes on from where another one is. */
  async adopt(other: HeldEpisode): Promise<Outcome> {
    const fork = await other.#do(() => other.#playing().fork({ engine: this.parts.setup.engine, onEnd: (report) => this.#ended(report) }));
    return this.#begin(fork);
  }

  look(views?: readonly ViewForm[]): Promise<Outcome> {
    return this.#do(() => this.#playing().look(views));
  }

  step(move: unknown, views?: readonly ViewForm[]): Promise<Outcome> {
    return this.#do(async () => {
      const begin = performance.now();
      const outcome = await this.#playing().step(move, views);
      this.parts.stepped((performance.now() - begin) / 1000);
      const { observation, ...told } = outcome;
      this.#tell({ event: 'step', attempt: this.#attempt, outcome: told, url: observation.url });
      if (told.terminated || told.truncated) this.#tellEnd();
      return outcome;
    });
  }

  peek(move: unknown, views?: readonly ViewForm[]): Promise<PeekResult> {
    return this.#do(() => this.#playing().peek(move, views));
  }

  state(): Promise<State> {
    return this.#do(async () => this.#playing().state);
  }

  snapshot(): Promise<Snapshot> {
    return this.#do(async () => this.#playing().snapshot());
  }

  restore(snapshot: Snapshot): Promise<Outcome> {
    return this.#do(async () => {
      const wasOver = this.#playing().end !== null;
      await this.#playing().restore(snapshot);
      // What ended is written down: what comes now is another attempt.
      if (wasOver) this.#attempt += 1;
      return this.#playing().look();
    });
  }

  /** Tells what happens from now on, until the function that it gives is called. */
  listen(listener: (event: EpisodeEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** Closes it; an attempt that was not ended is abandoned. */
  async close(why = 'It was closed.'): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.parts.closed();
    await this.#queue.whenIdle();
    await this.#leave(why);
    this.#tell({ event: 'closed' });
    this.#listeners.clear();
  }

  async #do<T>(work: () => Promise<T>): Promise<T> {
    if (this.#isClosed) throw new ServiceError('NOT_FOUND', `The episode ${this.parts.id} is closed.`);
    this.parts.seat.touch();
    try {
      return await this.#queue.run(work);
    } catch (error) {
      if (error instanceof EpisodeError) throw new ServiceError('CONFLICT', error.message);
      throw error;
    } finally {
      this.parts.seat.touch();
    }
  }

  #playing(): TaskEpisode {
    if (this.#episode === null) throw new ServiceError('CONFLICT', 'No task was begun: reset the episode first.');
    return this.#episode;
  }

  #begin(episode: TaskEpisode): Promise<Outcome> {
    this.#episode = episode;
    this.#attempt += 1;
    this.#began = new Date();
    this.#tell({ event: 'begin', attempt: this.#attempt, task: episode.task.id, instruction: episode.task.instruction });
    return episode.look();
  }

  async #leave(why: string): Promise<void> {
    const episode = this.#episode;
    this.#episode = null;
    if (episode === null) return;
    const wasOver = episode.end !== null;
    if (episode.stepsTaken > 0) await episode.abandon(why);
    if (!wasOver && episode.end !== null) this.#tell({ event: 'end', attempt: this.#attempt, ending: 'abandoned', score: null });
    await episode.close();
  }

  async #ended({ task, end, steps, earned }: EpisodeReport): Promise<void> {
    const { label, via, engine, setup, keep } = this.parts;
    await keep({
      v: 1,
      id: label,
      attempt: this.#attempt,
      task: task.id,
      world: setup.clone.hash,
      account: task.account,
      ...(this.#seed === undefined ? {} : { seed: this.#seed }),
      engine,
      via,
      began: this.#began.toISOString(),
      ended: new Date().toISOString(),
      mode: setup.play?.reward ?? 'sparse',
      ending: end.ending,
      reward: end.score,
      earned,
      progress: end.progress,
      feedback: [...end.feedback],
      ...(end.answer === undefined ? {} : { answer: end.answer }),
      steps: [...steps],
    });
  }

  #tellEnd(): void {
    const end = this.#episode?.end ?? null;
    if (end !== null) this.#tell({ event: 'end', attempt: this.#attempt, ending: end.ending, score: end.score });
  }

  #tell(event: EpisodeEvent): void {
    for (const listener of this.#listeners) listener(event);
  }
}
