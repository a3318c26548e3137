import { createHash, randomBytes, randomUUID } from 'node:crypto';
import type { FinishedEpisode, OpenRequest, PlayOptions, Task, TaskChoice } from '@backlot/protocol';
import { EpisodeError, type TaskSource } from '@backlot/env';
import { InfraError, masked, noMask, SetupError, type CompiledPolicy, type Engine } from '@backlot/sandbox';
import { ServiceError } from '../errors.ts';
import { createMetrics, type Metrics } from '../metrics.ts';
import type { RunnerOptions } from '../options.ts';
import { namedIn } from './thread-names.ts';
import { openFinishedFile, type FinishedFile } from '../records/finished-file.ts';
import { engineShelf, policiesOf, type EngineShelf } from './engine-shelf.ts';
import { HeldEpisode } from './held-episode.ts';
import { createSeats, type Seat, type SeatCount, type Seats } from './seats.ts';
import { watch } from './watch.ts';

/** How an episode is opened. */
export interface Opening {
  readonly via: FinishedEpisode['via'];
  /** A seat that was taken before; whoever took it releases it. */
  readonly seat?: Seat;
  /** What it is called in the file of finished episodes; its id where nothing is said. */
  readonly label?: string;
  /** False for episodes that serve one request: they are not written down. */
  readonly isKept?: boolean;
}

/** Where a hub stands among those of other threads. */
export interface HubPlace {
  /** Number of its thread: with it begins every name that leads to its episodes. */
  readonly thread: number;
  readonly count: SeatCount;
}

/** Fields of a finished episode that no page and no agent writes. */
const ownFields = new Set(['account', 'began', 'ended', 'task', 'via', 'world']);
const digest = (text: string): string => createHash('sha256').update(text).digest('hex');

/** How often seats that nobody uses are looked for, in milliseconds. */
const reapEvery = 1000;

/** All episodes that the service keeps. */
export class Hub {
  readonly tasks: TaskSource;
  readonly version: string;
  readonly seats: Seats;
  readonly metrics: Metrics;
  /** The file of finished episodes; null where none is kept. */
  readonly finished: FinishedFile | null;
  readonly #options: RunnerOptions;
  readonly #thread: number | null;
  readonly #held = new Map<string, HeldEpisode>();
  /** Open episodes by the digest of their ticket: how long looking one up takes tells nothing of it. */
  readonly #tickets = new Map<string, HeldEpisode>();
  readonly #engines: EngineShelf;
  readonly #reaper: NodeJS.Timeout;

  private constructor(options: RunnerOptions, finished: FinishedFile | null, place: HubPlace | undefined) {
    this.#options = options;
    this.tasks = options.tasks;
    this.version = options.version;
    this.finished = finished;
    this.#thread = place?.thread ?? null;
    const count = place === undefined ? {} : { count: place.count };
    this.seats = createSeats({ max: options.maxEpisodes, idleMs: options.idleMs, now: () => performance.now(), ...count });
    this.metrics = createMetrics({ open: () => this.seats.held(), max: options.maxEpisodes, ofProcess: place === undefined });
    this.#engines = engineShelf(options);
    this.#reaper = setInterval(() => this.seats.reap(), reapEvery);
    this.#reaper.unref();
  }

  static async start(options: RunnerOptions, place?: HubPlace): Promise<Hub> {
    return new Hub(options, options.out === undefined ? null : await openFinishedFile(options.out), place);
  }

  /** A name, made such that what it names is found in this thread. */
  named(name: string): string {
    return namedIn(this.#thread, name);
  }

  /**
   * Opens an episode and begins its task.
   * @throws ServiceError where there is no room, or no such task, engine or policy
   */
  async open(request: OpenRequest, opening: Opening): Promise<HeldEpisode> {
    const policies = policiesOf(this.#options, request);
    const engine = await this.#engines.of(request.engine);
    const episode = this.#hold({ engine, policies, play: playOf(request), seed: request.seed }, opening);
    return begun(episode, () => episode.reset(choiceOf(request)));
  }

  /** Opens another episode that goes on from where one is. */
  async fork(from: HeldEpisode): Promise<HeldEpisode> {
    const { setup, seed, via, policies, engine } = from.parts;
    const held = { engine: await this.#engines.of(engine), policies, play: setup.play ?? {}, seed };
    const episode = this.#hold(held, { via });
    return begun(episode, () => episode.adopt(from));
  }

  /** @throws ServiceError `NOT_FOUND` */
  get(id: string): HeldEpisode {
    const episode = this.#held.get(id);
    if (episode !== undefined) return episode;
    throw new ServiceError(
      'NOT_FOUND',
      `There is no open episode ${id}: it was closed, left unused for too long, or lost with its thread.`,
    );
  }

  /** The open episode that a ticket is for; null where it is for none. */
  ofTicket(ticket: string): HeldEpisode | null {
    return this.#tickets.get(digest(ticket)) ?? null;
  }

  all(): readonly HeldEpisode[] {
    return [...this.#held.values()];
  }

  /** Begins no more episodes; resolves when all are closed, or closes them after so many milliseconds. */
  async drain(ms: number): Promise<void> {
    this.seats.drain();
    const until = performance.now() + ms;
    while (this.seats.held() > 0 && performance.now() < until) await new Promise((resolve) => setTimeout(resolve, 50));
    await this.#closeAll();
  }

  async close(): Promise<void> {
    clearInterval(this.#reaper);
    this.seats.drain();
    await this.#closeAll();
    await this.#engines.close();
    await this.finished?.close();
  }

  async #closeAll(): Promise<void> {
    await Promise.all(this.all().map((episode) => episode.close('The service ended.')));
  }

  #hold({ engine, policies, play, seed }: Held, { via, seat, label, isKept = true }: Opening): HeldEpisode {
    const { tasks, play: usual } = this.#options;
    const { eyes } = this.#engines;
    const id = this.named(randomUUID());
    const ticket = this.named(randomBytes(24).toString('base64url'));
    const watched = watch(engine, policies, this.#options.audit);
    let episode: HeldEpisode | null = null;
    const own = seat === undefined ? this.seats.take((why) => void episode?.close(why)) : null;
    episode = new HeldEpisode({
      id,
      label: label ?? id,
      via,
      engine: engine.name,
      seat: seat ?? (own as Seat),
      seed,
      ticket,
      policies,
      setup: { engine: watched.engine, clone: tasks.clone, play: { ...usual, ...play }, ...(eyes === undefined ? {} : { eyes }) },
      choose: (choice) => chosen(tasks, choice),
      keep: async (record) => {
        this.metrics.ended(record.ending);
        if (isKept) await this.finished?.add(masked(record, this.#options.mask ?? noMask, ownFields));
        await watched.ended(record);
      },
      stepped: (seconds) => this.metrics.stepped(engine.name, seconds),
      closed: () => {
        this.#held.delete(id);
        this.#tickets.delete(digest(ticket));
        own?.release();
      },
    });
    this.#held.set(id, episode);
    this.#tickets.set(digest(ticket), episode);
    this.metrics.opened(via);
    return episode;
  }
}

interface Held {
  readonly engine: Engine;
  readonly policies: readonly CompiledPolicy[];
  readonly play: PlayOptions;
  readonly seed: number | undefined;
}

/** A choice that means no task is a mistake of whoever asks. */
async function chosen(tasks: TaskSource, choice: TaskChoice): Promise<Task> {
  try {
    return await tasks.choose(choice);
  } catch (error) {
    if (error instanceof EpisodeError) throw new ServiceError('BAD_REQUEST', error.message);
    throw error;
  }
}

/** An episode that can't begin is not kept. */
async function begun(episode: HeldEpisode, begin: () => Promise<unknown>): Promise<HeldEpisode> {
  try {
    await begin();
    return episode;
  } catch (error) {
    await episode.close();
    if (error instanceof SetupError) throw new ServiceError('BAD_REQUEST', error.message);
    if (error instanceof InfraError) throw new ServiceError('ENGINE_FAILED', error.message);
    throw error;
  }
}

const choiceOf = ({ task, index, seed }: OpenRequest): TaskChoice => ({
  ...(task === undefined ? {} : { task }),
  ...(index === undefined ? {} : { index }),
  ...(seed === undefined ? {} : { seed }),
});

function playOf({ task: _task, index: _index, seed: _seed, engine: _engine, policies: _policies, ...play }: OpenRequest): PlayOptions {
  return Object.fromEntries(Object.entries(play).filter(([, value]) => value !== undefined));
}
