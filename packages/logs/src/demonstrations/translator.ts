import { EventType, Mouse, Source } from '../rrweb/events.ts';
import type { RrwebEvent } from '../rrweb/events.ts';
import { keyName } from './key-name.ts';
import { nodesOf, Numbering, toSnapshot } from './numbered-page.ts';
import type { NumberedNode } from './numbered-page.ts';
import type { RecordedEvent, RecordedState } from './recorded-state.ts';

const numbers = { document: 1, html: 2, first: 3 } as const;

const mouse = new Map<string, number>([
  ['mousedown', Mouse.down],
  ['mouseup', Mouse.up],
  ['click', Mouse.click],
  ['dblclick', Mouse.dblclick],
]);

/** An event with the index of the record that tells it. */
export interface Translated {
  readonly event: RrwebEvent;
  readonly index: number;
}

/** The part of the page that people saw, in the format's own pixels. */
const viewport = { width: 160, height: 210 };

/**
 * Turns the records of one demonstration, given one by one, into the rrweb events that tell the same. What differs between two
 * records is the answer to the first of them; what the user did in a record that no other follows has an answer that nobody
 * saw, so it is not told.
 */
export class DemonstrationTranslator {
  readonly #href: string;
  readonly #numbering = new Numbering(numbers.first);
  #page: NumberedNode | null = null;
  #last: RecordedState | null = null;
  #held: Translated[] = [];

  /** `href`: the address that the page is given, as the format has none. */
  constructor(href: string) {
    this.#href = href;
  }

  /** The events that the next record completes. */
  translate(state: RecordedState, index: number): Translated[] {
    const page = this.#numbering.number(state.dom, this.#page);
    const change = this.#page === null ? this.#load(page, state.time) : this.#change(this.#page, page, state);
    const events = [...this.#held, ...change.map((event) => ({ event, index }))];
    this.#page = page;
    this.#last = state;
    this.#held = happened(page, state).map((event) => ({ event, index }));
    return events;
  }

  /** The index of the last record, where the user did something in it whose answer was not recorded; else null. */
  get unanswered(): number | null {
    return this.#held[0]?.index ?? null;
  }

  #load(body: NumberedNode, timestamp: number): RrwebEvent[] {
    const html = { type: 2, id: numbers.html, tagName: 'html', attributes: {}, childNodes: [toSnapshot(body)] };
    const node = { type: 0, id: numbers.document, childNodes: [html] };
    return [
      { type: EventType.meta, timestamp, data: { href: this.#href, ...viewport } },
      { type: EventType.fullSnapshot, timestamp, data: { node } },
    ];
  }

  #change(before: NumberedNode, page: NumberedNode, state: RecordedState): RrwebEvent[] {
    const timestamp = Math.min(state.time, (this.#last?.time ?? state.time) + 1);
    const inputs = changedFields(before, page).map((field) => ({
      type: EventType.incremental,
      timestamp,
      data: { source: Source.input, ...field, userTriggered: this.#isByUser(field, state) },
    }));
    const [old, now] = [toSnapshot(before), toSnapshot(page)];
    if (JSON.stringify(old) === JSON.stringify(now)) return inputs;
    const data = {
      source: Source.mutation,
      removes: [{ parentId: numbers.html, id: before.number }],
      adds: [{ parentId: numbers.html, nextId: null, node: now }],
    };
    return [...inputs, { type: EventType.incremental, timestamp, data }];
  }

  /** True for a text after a key, and a box or list after anything: else a script set the value. */
  #isByUser({ isText }: ChangedField, state: RecordedState): boolean {
    return !isText || isKey(state.event) || isKey(this.#last?.event ?? null);
  }
}

interface ChangedField {
  readonly id: number;
  readonly text: string;
  readonly isChecked: boolean;
  readonly isText: boolean;
}

function changedFields(before: NumberedNode, page: NumberedNode): ChangedField[] {
  const values = new Map([...nodesOf(before)].map(({ number, node }) => [number, node.value]));
  return [...nodesOf(page)].flatMap(({ number, node: { tag, value } }) => {
    const old = values.get(number);
    if (value === undefined || old === undefined || value === old) return [];
    const isText = typeof value === 'string' && !/^select/i.test(tag);
    return [{ id: number, text: typeof value === 'string' ? value : '', isChecked: value === true, isText }];
  });
}

function isKey(event: RecordedEvent | null): boolean {
  return event?.type.startsWith('key') === true;
}

/** What the user was seen to do: told once, on the event's way down. */
function happened(page: NumberedNode, { time: timestamp, event }: RecordedState): RrwebEvent[] {
  const id = [...nodesOf(page)].find(({ node }) => node.target)?.number;
  if (event === null || event.phase > 2 || id === undefined) return [];
  const type = mouse.get(event.type);
  if (type !== undefined) return [{ type: EventType.incremental, timestamp, data: { source: Source.mouseInteraction, type, id } }];
  const key = event.type === 'keydown' ? keyName(event.keyCode) : null;
  return key === null ? [] : [{ type: EventType.custom, timestamp, data: { tag: 'backlot.key', payload: { key, id } } }];
}
