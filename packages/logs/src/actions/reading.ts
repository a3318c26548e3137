import type { ActionKind, DomElement } from '@backlot/protocol';
import type { Signal } from '../rrweb/timeline.ts';
import { AddressHistory, resolve } from './address-history.ts';
import type { AddressChange, Draft, Evidence } from './draft.ts';
import { placeOf } from './places.ts';

/** The clocks of page and network differ by no more than this. */
export const CLOCK_MS = 5;

/** Script reacts to a user within this many milliseconds; what comes later has another cause. */
export const REACTION_MS = 60;

/** A page that changes this many milliseconds after the last action, and the last answer, changes for another reason. */
export const IDLE_MS = 1000;

/** A pressed pointer. */
export interface Pressed {
  readonly signal: number;
  readonly node: number;
  clicked: boolean;
}

/** What a new draft is made of. */
export interface DraftParts {
  readonly kind: ActionKind;
  readonly begin: number;
  readonly element?: DomElement | null;
  readonly value?: string;
}

/** Where the reading of a session stands. */
export class Reading {
  readonly evidence: Evidence;
  readonly signals: readonly Signal[];
  readonly drafts: Draft[] = [];
  readonly addresses: AddressChange[] = [];
  readonly history = new AddressHistory();
  /** True where the log tells of keys: then nothing about keys is guessed. */
  readonly hasKeys: boolean;
  /** True where the log tells of pressed pointers: a click without one then comes from a key or a script. */
  readonly hasPointers: boolean;
  /** True where the log tells of addresses set without a page load: then none is guessed. */
  readonly hasAddresses: boolean;
  /** How the links were marked when an address was left. */
  readonly marks = new Map<string, string>();
  pressed: Pressed | null = null;
  /** Node with the focus; null for none, undefined where the log has not told yet. */
  focus: number | null | undefined;
  /** When a pointer was last used. */
  pointerAt = Number.NEGATIVE_INFINITY;

  constructor(evidence: Evidence) {
    this.evidence = evidence;
    this.signals = evidence.timeline.signals;
    this.hasKeys = this.signals.some(({ kind, text }) => kind === 'custom' && text === 'backlot.key');
    this.hasAddresses = this.signals.some(({ kind, text }) => kind === 'custom' && text === 'backlot.url');
    this.hasPointers = this.signals.some(({ kind }) => kind === 'down');
  }

  signal(index: number): Signal {
    const signal = this.signals[index];
    if (signal === undefined) throw new Error(`There is no signal ${index}.`);
    return signal;
  }

  /** The page right after a signal. */
  rootAfter(index: number): DomElement | null {
    return this.signals[index + 1]?.root ?? this.evidence.timeline.root;
  }

  /** The last action, where it belongs to the page load of the signal. */
  lastIn(signal: Signal): Draft | undefined {
    const last = this.drafts.at(-1);
    return last !== undefined && last.load === signal.load ? last : undefined;
  }

  add(parts: DraftParts): Draft {
    const draft = this.#draft(parts);
    this.drafts.push(draft);
    return draft;
  }

  /** Adds an action found when all others were read already. */
  addBetween(parts: DraftParts): Draft {
    const draft = this.#draft(parts);
    this.drafts.splice(this.drafts.findLastIndex(({ begin }) => begin <= draft.begin) + 1, 0, draft);
    return draft;
  }

  #draft({ kind, begin, element = null, value }: DraftParts): Draft {
    const { at, load, root } = this.signal(begin);
    // The element as it stood on the page before.
    const known = element === null ? null : (placeOf(root, element.id ?? 0)?.element ?? null);
    return { kind, begin, last: begin, at, load, root, element: known, value, dialog: undefined };
  }

  /** The element with the focus on the page before a signal. */
  focused(signal: Signal): DomElement | null {
    return typeof this.focus === 'number' ? (placeOf(signal.root, this.focus)?.element ?? null) : null;
  }

  /** Notes a new address from a signal on. */
  move(signal: number, href: string, isGuess = false): void {
    const absolute = resolve(href, this.history.current || this.evidence.baseURL);
    if (absolute !== null) this.addresses.push({ signal, href: absolute, ...(isGuess ? { isGuess } : {}) });
  }
}
