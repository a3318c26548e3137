import { describeTask } from './demonstrations/task.ts';
import type { Task } from './demonstrations/task.ts';
import { isRecordedState, readState } from './demonstrations/recorded-state.ts';
import { DemonstrationTranslator } from './demonstrations/translator.ts';
import { unpackEvent } from './files/unpack.ts';
import { readEvent } from './rrweb/events.ts';
import type { Interner } from './rrweb/interner.ts';
import { TimelineBuilder } from './rrweb/timeline.ts';
import type { Timeline } from './rrweb/timeline.ts';

/**
 * Takes the elements of a file of events one by one, whatever its format: rrweb, plain, packed or grouped into lists, or a
 * MiniWoB++ demonstration. Its content tells which.
 */
export class EventsReader {
  readonly #builder: TimelineBuilder;
  readonly #bad: (index: number, why: string) => void;
  #head = '';
  #index = -1;
  #demonstration: { readonly task: Task; readonly translator: DemonstrationTranslator } | null = null;

  /** `bad` is told of what is no event. */
  constructor(interner: Interner, bad: (index: number, why: string) => void) {
    this.#builder = new TimelineBuilder(interner);
    this.#bad = bad;
  }

  /** Takes how the file begins: some formats say there what the recording is of. */
  head(text: string): void {
    this.#head = text;
  }

  take(value: unknown): void {
    if (Array.isArray(value)) value.forEach((each) => this.#takeOne(each));
    else this.#takeOne(value);
  }

  finish(): Timeline {
    const last = this.#demonstration?.translator.unanswered ?? null;
    if (last !== null) this.#builder.notice('a last event whose answer was not recorded, which is left out', last);
    return this.#builder.finish();
  }

  /** What the recording is of, where its format is one that says so. */
  get task(): Task | null {
    return this.#demonstration?.task ?? null;
  }

  #takeOne(value: unknown): void {
    this.#index += 1;
    if (this.#demonstration !== null || isRecordedState(value)) this.#takeState(value);
    else {
      const event = readEvent(typeof value === 'string' ? unpack(value) : value);
      if (typeof event === 'string') this.#bad(this.#index, event);
      else this.#builder.push(event, this.#index);
    }
  }

  #takeState(value: unknown): void {
    const state = readState(value);
    if (typeof state === 'string') return this.#bad(this.#index, state);
    if (this.#demonstration === null) {
      const task = describeTask(this.#head);
      this.#demonstration = { task, translator: new DemonstrationTranslator(task.href) };
    }
    for (const { event, index } of this.#demonstration.translator.translate(state, this.#index)) this.#builder.push(event, index);
  }
}

function unpack(packed: string): unknown {
  try {
    return unpackEvent(packed);
  } catch {
    return packed;
  }
}
