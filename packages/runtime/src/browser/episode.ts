import type { Explanation, State, World, WorldEvent } from '@backlot/protocol';
import { reset, transition } from '@backlot/world';
import type { Backlot, Change } from './api.ts';
import { land, steps } from './arrival.ts';
import { askDialog } from './ask-dialog.ts';
import type { DocumentView } from './document-view.ts';
import type { HistoryMirror } from './history-mirror.ts';
import { createHistoryMirror, placeOf } from './history-mirror.ts';
import type { Store } from './storage.ts';
import type { Timekeeper } from './timekeeper.ts';
import { createTimekeeper } from './timekeeper.ts';

/** What an episode in a document stands on. */
export interface EpisodeParts {
  readonly world: World;
  readonly store: Store;
  readonly view: DocumentView;
}

const hereUrl = (): string => window.location.href.slice(window.location.origin.length);

/** One episode in this document. Nothing is shown before `arrive`. */
export class Episode implements Backlot {
  readonly world: World;
  readonly #store: Store;
  readonly #view: DocumentView;
  readonly #timekeeper: Timekeeper;
  readonly #listeners = new Set<(change: Change) => void>();
  #state: State;
  readonly #mirror: HistoryMirror = createHistoryMirror();
  #changes: Change[] = [];
  #last: Explanation | null = null;
  #run = 0;
  #held = false;

  constructor({ world, store, view }: EpisodeParts) {
    this.world = world;
    this.#store = store;
    this.#view = view;
    this.#state = reset(world);
    this.#timekeeper = createTimekeeper((ms) => this.dispatchAll([{ type: 'advance', ms }]));
  }

  state(): State {
    return this.#state;
  }

  explanation(): Explanation | null {
    return this.#last;
  }

  dispatch(event: WorldEvent): Explanation {
    return this.dispatchAll([event]) ?? transition(this.world, this.#state, event).explanation;
  }

  /** Carries out several events as one: document, address and storage follow once, at the end. Answers why the last came out as it did. */
  dispatchAll(events: readonly WorldEvent[]): Explanation | null {
    const changes: Change[] = [];
    let next = this.#state;
    for (const event of events) {
      const { state, explanation } = transition(this.world, next, event);
      next = state;
      changes.push({ event, explanation, state });
    }
    const onlyTime = events.every((event) => event.type === 'advance');
    this.#commit(next, !onlyTime || next.focus !== this.#state.focus);
    for (const change of changes) this.#note(change);
    const explanation = changes.at(-1)?.explanation ?? null;
    const answer = askDialog(next);
    if (answer && this.#state === next) this.dispatchAll([answer]);
    return explanation;
  }

  /** Puts an event in place of all that happened since a state, where a rule fires for it there: a double click for its two clicks. */
  amend(since: State, event: WorldEvent): void {
    if (transition(this.world, since, event).explanation.rules.length === 0) return;
    this.#changes = this.#changes.slice(0, this.#changes.findLastIndex((change) => change.state === since) + 1);
    this.#state = since;
    this.dispatchAll([event]);
  }

  restore(state: State): void {
    this.#run += 1;
    this.#changes = [];
    this.#last = null;
    this.#mirror.begin(this.#run, 0);
    this.#commit(state, true);
    const answer = askDialog(state);
    if (answer) this.dispatchAll([answer]);
  }

  reset(account: string = this.#state.account): State {
    this.restore(reset(this.world, account));
    return this.#state;
  }

  drain(): readonly Change[] {
    const changes = this.#changes;
    this.#changes = [];
    return changes;
  }

  on(listener: (change: Change) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  holdTime(held: boolean): void {
    this.#held = held;
    this.#timekeeper.hold(held);
    this.#store.write(this.#state, { run: this.#run, held });
  }

  /** The document is shown, by a load or again from the browser's cache: takes up the kept state as its address and history entry say. */
  arrive(account: string): void {
    const kept = this.#store.read(account);
    this.#run = kept.run;
    this.#held = kept.held;
    this.#timekeeper.hold(kept.held);
    this.#begin(land(kept, { url: hereUrl(), entry: placeOf(window.history.state, kept.run) }));
  }

  /** The browser moved to another entry of its history, or a fragment was typed. */
  popped(mark: unknown): void {
    const entry = this.#mirror.placeOf(mark);
    const { index } = this.#state.history;
    if (this.#mirror.moved(entry) || entry === index) {
      this.#mirror.follow(this.#state);
    } else if (entry !== null) {
      this.dispatchAll(steps(index, entry));
    } else {
      const kept = { found: 'tab', state: this.#state, run: this.#run, held: this.#held } as const;
      this.#begin(land(kept, { url: hereUrl(), entry }));
    }
  }

  /** Another tab changed the shared data. */
  refresh(): void {
    this.#state = this.#store.refresh(this.#state);
    this.#view.show(this.#state, { focus: false });
  }

  #begin({ state, events, at }: ReturnType<typeof land>): void {
    this.#mirror.begin(this.#run, at);
    this.#state = state;
    this.dispatchAll(events);
  }

  #commit(next: State, focus: boolean): void {
    this.#state = next;
    this.#store.write(next, { run: this.#run, held: this.#held });
    this.#view.show(next, { focus });
    this.#mirror.follow(next);
    this.#timekeeper.arm(next);
  }

  #note(change: Change): void {
    this.#last = change.explanation;
    this.#changes.push(change);
    for (const listener of this.#listeners) listener(change);
  }
}
