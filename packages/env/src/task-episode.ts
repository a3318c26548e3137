import type { Action, Outcome, PeekResult, PlayedStep, Snapshot, State, Task, View, ViewForm } from '@backlot/protocol';
import { ground, readMove, refsView, sceneOf, spotOf, type Act, type Looking, type Move, type Point, type Scene } from '@backlot/dialects';
import { verify } from '@backlot/reward';
import {
  cloneOfTask,
  createTextEngine,
  foresee,
  InfraError,
  openTask,
  stepText,
  type ActResult,
  type Engine,
  type Episode,
} from '@backlot/sandbox';
import {
  afterAction,
  beginCourse,
  courseOf,
  ended,
  infoOf,
  judge,
  limitOf,
  newsOf,
  overOf,
  snapshotOf,
  spanOf,
  top,
  type Course,
  type News,
  type Terms,
} from './course.ts';
import type { End, Ending } from './ending.ts';
import { EpisodeError } from './errors.ts';
import { ownEyes, type Eyes } from './eyes.ts';
import { marksOf } from './marks.ts';
import { startScene } from './start-scene.ts';
import { pictureForms, textViews } from './views.ts';

/** A task, where it is played and how. */
export interface EpisodeSetup extends Terms {
  readonly engine: Engine;
  /** What sees pages of an engine without pixels; without it pictures and points are refused there. */
  readonly eyes?: Eyes;
  readonly signal?: AbortSignal;
  /** Told of every end, before the last step is answered. */
  readonly onEnd?: (report: EpisodeReport) => Promise<void>;
}

/** What an episode came to. */
export interface EpisodeReport {
  readonly task: Task;
  readonly end: End;
  readonly steps: readonly PlayedStep[];
  /** Sum of the rewards given. */
  readonly earned: number;
}

const defaultViews: readonly ViewForm[] = ['refs'];

/** How often an agent may look between two things that it does for nothing: what costs no step could go on for ever. */
const mostLooks = 20;

/**
 * One attempt at a task, as those who train and measure agents use it: moves in any dialect in, views and rewards out. Calls must not
 * overlap. Whatever engine plays, the same moves lead to the same outcomes.
 */
export class TaskEpisode {
  readonly #setup: EpisodeSetup;
  readonly #episode: Episode;
  #course: Course;
  #news: News = {};
  #seen: { readonly state: State; readonly scene: Scene } | null = null;
  #watch: ((state: State, action: Action) => void) | null = null;
  /** Looks since something else was done. */
  #looks = 0;

  private constructor(setup: EpisodeSetup, episode: Episode, course: Course) {
    this.#setup = setup;
    this.#episode = episode;
    this.#course = course;
  }

  /** @throws SetupError where the task does not fit the world; InfraError where the engine failed */
  static async open(setup: EpisodeSetup): Promise<TaskEpisode> {
    const episode = await openTask(setup);
    const own = { ...setup, clone: cloneOfTask(setup.clone, setup.task.perturbation) };
    return new TaskEpisode(own, episode, beginCourse(own, await episode.state(), await episode.observe()));
  }

  get task(): Task {
    return this.#setup.task;
  }

  /** How it ended; null while it goes on. */
  get end(): End | null {
    return this.#course.end;
  }

  get stepsTaken(): number {
    return this.#course.used;
  }

  /** The state as it stands: everything that the world remembers, whether it is on view or not. */
  get state(): State {
    return this.#course.state;
  }

  /** What is seen now; the reward of a step is told once, by that step. */
  async look(views?: readonly ViewForm[]): Promise<Outcome> {
    return this.#outcome(null, views);
  }

  /**
   * Does what an agent says, in any dialect. What can't be done changes nothing and says why in `info.refused`; an engine that fails ends
   * the episode as `infra_error`.
   * @throws EpisodeError where the episode is over
   */
  async step(input: unknown, views?: readonly ViewForm[]): Promise<Outcome> {
    if (this.#course.end !== null) throw new EpisodeError(`The episode is over (${this.#course.end.ending}): reset it, or restore it.`);
    const before = this.#course.earned;
    this.#news = {};
    try {
      await this.#do(readMove(input, this.#setup.play?.dialect));
    } catch (error) {
      if (!(error instanceof InfraError)) throw error;
      await this.#finish('infra_error', [error.message]);
    }
    return this.#outcome(this.#course.earned - before, views);
  }

  /** What a move would lead to: it is tried on the interpreter, and nothing changes here. */
  async peek(input: unknown, views?: readonly ViewForm[]): Promise<PeekResult> {
    const { world } = this.#setup.clone;
    const tried = await this.#copy({ ...this.#setup, engine: createTextEngine(), onEnd: async () => undefined });
    const changes: string[] = [];
    const irreversible: (boolean | null)[] = [];
    tried.#watch = (state, action) => {
      const foresight = foresee(world, state, action);
      if (foresight === null) return;
      changes.push(...foresight.changes.map(({ says }) => says));
      irreversible.push(foresight.irreversible);
    };
    try {
      const outcome = await tried.step(input, views);
      return { outcome, changes, irreversible: irreversible.includes(true) ? true : irreversible.includes(null) ? null : false };
    } finally {
      await tried.close();
    }
  }

  /** Another episode that goes on from here, told of its own end; this one stays where it is. Budgets of policies count anew in it. */
  async fork(own: Pick<EpisodeSetup, 'onEnd'> & Partial<Pick<EpisodeSetup, 'engine'>> = {}): Promise<TaskEpisode> {
    const { onEnd: _own, ...rest } = this.#setup;
    return this.#copy({ ...rest, ...own });
  }

  /** The episode at this moment, as plain JSON. */
  snapshot(): Snapshot {
    return snapshotOf(this.#setup, this.#course);
  }

  /**
   * Goes on from a snapshot of the same task, wherever it was taken; an episode that was over goes on too.
   * @throws EpisodeError where the snapshot is of another task or world
   */
  async restore(snapshot: Snapshot): Promise<void> {
    const { clone, task } = this.#setup;
    if (snapshot.world !== clone.hash) throw new EpisodeError('The snapshot is of another world: restore it where that world is played.');
    if (snapshot.task !== task.id) throw new EpisodeError(`The snapshot is of the task ${snapshot.task}, and this is ${task.id}.`);
    await this.#episode.restore(snapshot.state);
    this.#news = {};
    this.#looks = 0;
    this.#course = courseOf(this.#setup, snapshot, await this.#episode.observe());
  }

  /** Ends an episode that nobody went on with: it is never scored. */
  async abandon(why: string): Promise<void> {
    if (this.#course.end === null) await this.#finish('abandoned', [why]);
  }

  async close(): Promise<void> {
    await this.#episode.close();
  }

  async #copy(setup: EpisodeSetup): Promise<TaskEpisode> {
    const episode = await openTask({ ...setup, task: { ...plainOf(setup.task), setup: [] } });
    await episode.restore(this.#course.state);
    return new TaskEpisode(setup, episode, { ...this.#course });
  }

  get #eyes(): Eyes | null {
    return ownEyes(this.#episode) ?? this.#setup.eyes ?? null;
  }

  /** The page as it stands; views of it and the next move look at the same one. */
  #scene(): Scene {
    const { state, start } = this.#course;
    const { world } = this.#setup.clone;
    if (this.#seen?.state !== state) this.#seen = { state, scene: state === start ? startScene(world, state) : sceneOf(world, state) };
    return this.#seen.scene;
  }

  async #do(move: Move): Promise<void> {
    const { pending } = this.#course;
    this.#looks = move.move === 'look' ? this.#looks + 1 : 0;
    if (this.#looks > mostLooks) return this.#refuse(lookedEnough);
    if (pending !== null && (move.move === 'act' || move.move === 'say')) {
      return this.#refuse(`The dialog ${JSON.stringify(pending.message)} waits: answer it first.`);
    }
    switch (move.move) {
      case 'refused':
        return this.#refuse(move.reason);
      case 'look':
        return;
      case 'say':
        this.#course = { ...this.#course, said: move.text };
        return this.#use(1);
      case 'dialog':
        return this.#answerDialog(move);
      case 'end': {
        if (move.answer !== undefined) this.#course = { ...this.#course, said: move.answer };
        return this.#finish(move.ending);
      }
      case 'act':
        return this.#doAll(move.acts);
    }
  }

  async #doAll(acts: readonly Act[]): Promise<void> {
    for (const act of acts) {
      const scene = this.#scene();
      const spot = await spotOf(scene, act, this.#looking());
      const grounded = 'refused' in spot ? spot : ground(scene, act, spot);
      if ('refused' in grounded) return this.#refuse(grounded.refused);
      if (act.kind === 'scroll') this.#scroll(act.by ?? top);
      if (grounded.actions.length === 0) await this.#use(1);
      for (const action of grounded.actions) await this.#perform(action);
      this.#course = { ...this.#course, hands: grounded.hands };
      if (this.#course.end !== null || this.#course.pending !== null || this.#news.refused !== undefined) return;
    }
  }

  #looking(): Looking {
    const { hands, state, scroll } = this.#course;
    const eyes = this.#eyes;
    return { hands, keyAt: eyes && ((point) => eyes.at(state, { scroll }, point)) };
  }

  async #perform(action: Action): Promise<void> {
    const { play, clone } = this.#setup;
    const { state } = this.#course;
    if (play?.holdDialogs === true && action.dialog === undefined) {
      const [dialog] = stepText(clone.world, state, action).dialogs;
      if (dialog !== undefined) {
        this.#course = { ...this.#course, pending: { action, type: dialog.type, message: dialog.message } };
        return this.#use(1);
      }
    }
    this.#watch?.(state, action);
    const result = await this.#episode.act(action);
    await this.#note(action, result);
  }

  async #note(action: Action, result: ActResult): Promise<void> {
    const { task, play } = this.#setup;
    const { refused, decision, explanation } = result;
    this.#news = newsOf(result);
    this.#course = afterAction(this.#setup, this.#course, { action, result, state: await this.#episode.state() });
    if (refused !== undefined && decision?.verb === 'end') return this.#finish('stopped', [refused]);
    if (play?.strict === true && explanation.certainty === 'unseen') return this.#finish('out_of_model', [leftTheModel]);
    if (play?.endOnSuccess === true && verify(task.verifier, spanOf(this.#setup, this.#course)).reward === 1) return this.#finish('done');
    return this.#use(1);
  }

  async #answerDialog({ accepted, text }: Move & { move: 'dialog' }): Promise<void> {
    const { pending } = this.#course;
    if (pending === null) return this.#refuse('No dialog waits for an answer.');
    this.#course = { ...this.#course, pending: null };
    const type = pending.type as 'alert' | 'confirm' | 'prompt';
    return this.#perform({
      ...pending.action,
      dialog: { type, message: pending.message, accepted, ...(text === undefined ? {} : { text }) },
    });
  }

  async #refuse(reason: string): Promise<void> {
    this.#news = { refused: reason };
    return this.#use(1);
  }

  async #use(steps: number): Promise<void> {
    const used = this.#course.used + steps;
    this.#course = { ...this.#course, used };
    const { play } = this.#setup;
    if (used >= limitOf(this.#setup)) await this.#finish('step_limit');
    else if (play?.maxMs !== undefined && this.#course.cost.ms >= play.maxMs) await this.#finish('over_budget');
  }

  #scroll({ x, y }: Point): void {
    const { scroll } = this.#course;
    this.#course = { ...this.#course, scroll: { x: Math.max(0, scroll.x + x), y: Math.max(0, scroll.y + y) } };
  }

  async #finish(ending: Ending, why?: readonly string[]): Promise<void> {
    if (this.#course.end !== null) return;
    const { task, onEnd } = this.#setup;
    const end = judge(this.#setup, this.#course, { ending, why });
    this.#course = ended(this.#setup, this.#course, end);
    await onEnd?.({ task, end, steps: this.#course.steps, earned: this.#course.earned });
  }

  async #outcome(gain: number | null, forms: readonly ViewForm[] = this.#setup.play?.views ?? defaultViews): Promise<Outcome> {
    const { end } = this.#course;
    const isRewarded = gain !== null && this.#setup.play?.reward !== 'none' && (end === null || end.score !== null);
    const observation = await this.#view(forms);
    const info = infoOf(this.#setup, this.#course, this.#news);
    return { observation, reward: isRewarded ? gain : null, ...overOf(this.#course), info };
  }

  async #view(forms: readonly ViewForm[]): Promise<View> {
    const { observation, pending, shown, end } = this.#course;
    const scene = this.#scene();
    const views = textViews(forms, { observation, scene, last: shown });
    // A browser that was lost shows nothing any more.
    if (end?.ending !== 'infra_error') {
      for (const form of forms) if (pictureForms.has(form)) views[form] = await this.#picture(scene, form === 'marks');
    }
    if (forms.includes('changes') || forms.includes('refs')) this.#course = { ...this.#course, shown: views.refs ?? refsView(scene) };
    const { url, title } = observation;
    const dialog = pending === null ? observation.dialog : { type: pending.type, message: pending.message };
    return { instruction: this.#setup.task.instruction, url, title, dialog, views };
  }

  async #picture(scene: Scene, withMarks: boolean): Promise<string> {
    const { eyes } = this.#setup;
    if (eyes === undefined)
      throw new EpisodeError('Nothing sees this page as pixels: ask for another view, or play where there is a browser.');
    const { state, scroll } = this.#course;
    const png = await eyes.picture(state, withMarks ? { scroll, marks: marksOf(scene) } : { scroll });
    return Buffer.from(png).toString('base64');
  }
}

const lookedEnough = `The page was looked at ${mostLooks} times in a row and does not change by itself: each further look costs a step.`;
const leftTheModel = 'The last action led to where nothing was learned: the episode is not scored.';

/** The task with nothing to be done to its surroundings: an episode that is then put into a state. */
const plainOf = ({ id, instruction, account }: Task): Pick<Task, 'id' | 'instruction' | 'account'> => ({ id, instruction, account });
