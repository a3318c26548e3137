import type { DomElement } from '@backlot/protocol';
import { EventType, Mouse, Source, isObject } from './events.ts';
import type { Json, RrwebEvent } from './events.ts';
import type { Interner } from './interner.ts';
import { Mirror } from './mirror.ts';
import { Notices } from './notices.ts';

export type SignalKind = 'load' | 'down' | 'up' | 'click' | 'dblclick' | 'focus' | 'blur' | 'input' | 'mutation' | 'custom';

/** Something that happened, with the page as it stood just before. */
export interface Signal {
  readonly kind: SignalKind;
  /** Index of the log event. */
  readonly event: number;
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** Counts page loads: the load that the page before belongs to; -1 before the first. */
  readonly load: number;
  /** Recorder id of the node concerned; 0 where there is none, or the focus goes to one that is not on the page yet. */
  readonly node: number;
  /** The page just before; null before the first load. */
  readonly root: DomElement | null;
  /** Input: the field's new text. Load: the new address. Custom: the tag. */
  readonly text: string;
  readonly checked: boolean;
  /** Input: false where a script set the value, as far as the log tells; undefined where it does not. */
  readonly byUser: boolean | undefined;
  /** Custom: what the event carries. Load: `same`, true where the snapshot repeats the page that stood before. */
  readonly payload: Json;
}

/** All that happened in one session, in order. */
export interface Timeline {
  readonly signals: readonly Signal[];
  /** The page at the end; null where no page was ever loaded. */
  readonly root: DomElement | null;
  readonly events: number;
  readonly endAt: number;
  readonly viewport: { readonly width: number; readonly height: number } | null;
  readonly notices: Notices;
}

const mouseKinds = new Map<unknown, SignalKind>([
  [Mouse.up, 'up'],
  [Mouse.down, 'down'],
  [Mouse.click, 'click'],
  [Mouse.dblclick, 'dblclick'],
  [Mouse.focus, 'focus'],
  [Mouse.blur, 'blur'],
]);

/** Builds a timeline from events given one by one, so that a log need never be held as a whole. */
export class TimelineBuilder {
  readonly #signals: Signal[] = [];
  readonly #notices = new Notices();
  readonly #mirror: Mirror;
  #index = -1;
  #at = 0;
  #load = -1;
  #href: string | null = null;
  #viewport: Timeline['viewport'] = null;

  constructor(interner: Interner) {
    this.#mirror = new Mirror(interner, (reason) => this.#notices.add(reason, this.#index));
  }

  /** Takes the next event; `index` is its place in the log. */
  push(event: RrwebEvent, index: number): void {
    this.#index = index;
    this.#at = event.timestamp;
    const { data } = event;
    if (event.type === EventType.meta) this.#meta(data);
    else if (event.type === EventType.fullSnapshot) this.#snapshot(data);
    else if (event.type === EventType.custom && typeof data['tag'] === 'string') this.#custom(data['tag'], data['payload']);
    else if (event.type === EventType.incremental) this.#incremental(data);
  }

  /** Counts something that the log of events cannot tell by itself. */
  notice(reason: string, index: number): void {
    this.#notices.add(reason, index);
  }

  /** What was understood so far. */
  finish(): Timeline {
    const { events, endAt } = { events: this.#index + 1, endAt: this.#at };
    return { signals: this.#signals, root: this.#mirror.root(), events, endAt, viewport: this.#viewport, notices: this.#notices };
  }

  #meta(data: Json): void {
    const { href, width, height } = data;
    if (typeof href === 'string') this.#href = href;
    if (typeof width === 'number' && typeof height === 'number') this.#viewport ??= { width, height };
  }

  #snapshot(data: Json): void {
    const before = this.#mirror.root();
    const href = this.#href;
    const loaded = this.#mirror.load(data['node']);
    if (!loaded) {
      this.#notices.add('a full snapshot without a document, which is passed over', this.#index);
      return;
    }
    // A recorder may repeat full snapshots of the page that stands already.
    const same = before !== null && sameTree(before, this.#mirror.root());
    if (href === null && same) return;
    this.#href = null;
    this.#signals.push({ ...this.#signal('load'), root: before, text: href ?? '', payload: { same } });
    this.#load += 1;
  }

  #custom(tag: string, payload: unknown): void {
    if (tag === 'backlot.tab') this.#notices.add('a second tab, which is not recorded', this.#index);
    if (!tag.startsWith('backlot.')) return;
    this.#signals.push({ ...this.#signal('custom'), text: tag, payload: isObject(payload) ? payload : {} });
  }

  #incremental(data: Json): void {
    const { source } = data;
    if (source === Source.canvas) this.#notices.add('a drawing on a canvas, which is not read', this.#index);
    else if (source === Source.adoptedStyleSheet) this.#notices.add('an adopted style sheet, which is not read', this.#index);
    else if (source === Source.drag) this.#notices.add('a drag, which is not read as an action', this.#index);
    else if (source === Source.mouseInteraction) this.#mouse(data);
    else if (this.#load >= 0) this.#change(source, data);
  }

  #mouse(data: Json): void {
    const kind = mouseKinds.get(data['type']);
    const node = Number(data['id']);
    if (kind === undefined || this.#load < 0) return;
    const isKnown = this.#mirror.has(node);
    if (!isKnown && kind === 'blur') return;
    // A script gives the focus to an element that it just made before the recorder knows it.
    if (!isKnown && kind === 'focus') this.#signals.push(this.#signal(kind));
    else if (!isKnown) this.#notices.add(`a ${kind} on a node that the page does not hold, which is passed over`, this.#index);
    else this.#signals.push({ ...this.#signal(kind), node });
  }

  #change(source: unknown, data: Json): void {
    if (source === Source.mutation) {
      const before = this.#signal('mutation');
      this.#mirror.mutate(data);
      this.#signals.push(before);
    } else if (source === Source.input) {
      const { id, text, isChecked, userTriggered } = data;
      const before = this.#signal('input');
      const byUser = typeof userTriggered === 'boolean' ? userTriggered : undefined;
      const changed = this.#mirror.input(data);
      if (changed) this.#signals.push({ ...before, node: Number(id), text: String(text ?? ''), checked: isChecked === true, byUser });
    } else if (source === Source.styleSheetRule) this.#mirror.insertRules(data);
  }

  #signal(kind: SignalKind): Signal {
    const place = { kind, event: this.#index, at: this.#at, load: this.#load };
    return { ...place, node: 0, root: this.#mirror.root(), text: '', checked: false, byUser: undefined, payload: {} };
  }
}

/** True where two trees are equal in everything, the recorder's numbers too. */
function sameTree(a: DomElement, b: DomElement | null): boolean {
  if (b === null || a.id !== b.id || a.tag !== b.tag || a.attrs !== b.attrs || a.children.length !== b.children.length) return false;
  return a.children.every((child, i) => {
    const other = b.children[i];
    if (other === undefined || child.id !== other.id) return false;
    if ('tag' in child) return 'tag' in other && sameTree(child, other);
    return 'text' in other && child.text === other.text;
  });
}
