import type { DomElement } from '@backlot/protocol';
import { isSubmitter, withoutHash } from '@backlot/world';
import type { Draft } from './draft.ts';
import { actionableOf } from './actionable.ts';
import { resolve } from './address-history.ts';
import { isBox, isLink, isTextField } from './elements.ts';
import type { Signal } from '../rrweb/timeline.ts';
import { isWithin, placeOf } from './places.ts';
import type { Place } from './places.ts';
import { REACTION_MS } from './reading.ts';
import type { Reading } from './reading.ts';
import { leave } from './travel.ts';

/** Clicks further apart are no double click. */
const DOUBLE_MS = 1500;

/** A pointer goes down: the beginning of a click, if one follows. */
export function onDown(reading: Reading, index: number): void {
  const { at, node, root } = reading.signal(index);
  reading.pressed = { signal: index, node, clicked: false };
  reading.pointerAt = at;
  const element = root === null ? null : actionableOf(root, node, reading.evidence.perception);
  if (element !== null && isTextField(element)) reading.focus = element.id;
}

/** A click: by the pointer, by a key, or by a script in the wake of either. */
export function onClick(reading: Reading, index: number): void {
  const { pressed } = reading;
  const signal = reading.signal(index);
  if (pressed !== null && !pressed.clicked && reading.signal(pressed.signal).load === signal.load) {
    pressed.clicked = true;
    reading.pointerAt = signal.at;
    pointerClick(reading, pressed.signal, index);
    return;
  }
  const last = reading.lastIn(signal);
  if (last !== undefined && isTabJustNow(last, { reading, signal })) {
    reading.drafts.pop();
    keyClick(reading, index);
    return;
  }
  if (last !== undefined && signal.at - reading.signal(last.last).at <= REACTION_MS && last.kind !== 'fill') {
    last.last = index;
    return;
  }
  keyClick(reading, index);
}

interface Moment {
  readonly reading: Reading;
  readonly signal: Signal;
}

/** True where the focus came by Tab a moment before a key in it made a click: nobody is that fast, a tool that presses the key moved it. */
function isTabJustNow(last: Draft, { reading, signal }: Moment): boolean {
  const isTab = last.kind === 'press' && /^(Shift\+)?Tab$/.test(last.value ?? '');
  const clicked = placeOf(signal.root, signal.node);
  const focused = reading.focused(signal);
  if (!isTab || clicked === null || focused === null || signal.at - reading.signal(last.last).at > REACTION_MS) return false;
  return isWithin(clicked, focused) || (isTextField(focused) && isSubmitter(clicked.element));
}

/** A pointer goes up: where the page answers by taking away what was pressed, no click follows to tell of it. */
export function onUp(reading: Reading, index: number): void {
  const { pressed } = reading;
  const { node, load } = reading.signal(index);
  if (pressed === null || pressed.clicked || pressed.node !== node || reading.signal(pressed.signal).load !== load) return;
  if (goesAway(reading, index)) onClick(reading, index);
}

/** True where the node is taken off the page in answer to a signal, and no click on it comes first. */
function goesAway(reading: Reading, index: number): boolean {
  const { at, node, load } = reading.signal(index);
  for (let i = index + 1; i < reading.signals.length; i += 1) {
    const next = reading.signal(i);
    if (next.at - at > REACTION_MS || next.load !== load || next.kind === 'click' || next.kind === 'down') return false;
    if (placeOf(reading.rootAfter(i), node) === null) return true;
  }
  return false;
}

/** Two clicks on one thing that the browser counts as a double click. */
export function onDblclick(reading: Reading, index: number): void {
  const signal = reading.signal(index);
  let first: Draft | undefined;
  for (let taken = 0; taken < 2; taken += 1) {
    const last = reading.lastIn(signal);
    if (last === undefined || !/^(click|check|uncheck)$/.test(last.kind) || signal.at - last.at > DOUBLE_MS) break;
    first = reading.drafts.pop();
  }
  const begin = first?.begin ?? index;
  const { root } = reading.signal(begin);
  const element = first?.element ?? (root === null ? null : actionableOf(root, signal.node, reading.evidence.perception));
  reading.add({ kind: 'dblclick', begin, element }).last = index;
}

function pointerClick(reading: Reading, down: number, index: number): void {
  const { root, node } = reading.signal(down);
  if (root === null) return;
  const clicked = reading.signal(index).node;
  // Where the pointer went down on one thing and up on another, their common ancestor is clicked.
  const place = placeOf(root, node);
  const outer = placeOf(root, clicked)?.element;
  const meant = place !== null && (outer === undefined || isWithin(place, outer)) ? node : clicked;
  const element = actionableOf(root, meant, reading.evidence.perception);
  const last = reading.lastIn(reading.signal(index));
  // A slider is dragged: the inputs came first.
  if (last !== undefined && last.kind === 'fill' && last.begin === down) {
    last.last = index;
    return;
  }
  if (element !== null) pointAt(reading, down, element);
  reading.add({ kind: 'click', begin: down, element }).last = index;
  if (element !== null) followWithin(reading, index, element);
}

/** What only the pointer shows was clicked, so the pointer had come to rest on what surrounds it. */
function pointAt(reading: Reading, down: number, element: DomElement): void {
  const signal = reading.signal(down);
  const last = reading.lastIn(signal);
  const isSecond = last?.kind === 'click' && last.element?.id === element.id && signal.at - last.at <= DOUBLE_MS;
  const around = signal.root === null || isSecond ? null : reading.evidence.perception.revealedBy(signal.root, element);
  if (around !== null) reading.add({ kind: 'hover', begin: down, element: around });
}

/** A link that loads no document changes the address, be it that a script follows it, and no event tells. */
function followWithin(reading: Reading, index: number, element: DomElement): void {
  const href = element.attrs['href'];
  if (!isLink(element) || href === undefined || (element.attrs['target'] ?? '_self') !== '_self') return;
  const { current } = reading.history;
  const target = resolve(href, current);
  // A bare "#" is how a link says that a script does the work.
  if (reading.hasAddresses || target === null || target.endsWith('#') || !isFollowedWithin(reading, index, target)) return;
  const { root } = reading.signal(index);
  if (root !== null) leave(reading, root);
  reading.history.push(target);
  reading.move(index, target, withoutHash(target) !== withoutHash(current));
}

/** A document comes within this many milliseconds, if it comes. */
const DOCUMENT_MS = 2500;

/** True where a link leads to another place of the document, or a script showed what it leads to: the page changed and no document came. */
function isFollowedWithin(reading: Reading, index: number, target: string): boolean {
  const { current } = reading.history;
  if (withoutHash(target) === withoutHash(current)) return target !== current || target.includes('#');
  if (new URL(target).origin !== new URL(current).origin) return false;
  const { at } = reading.signal(index);
  const soon = (time: number): boolean => time >= at && time <= at + DOCUMENT_MS;
  const after = reading.signals.slice(index + 1);
  const isChanged = after.find(({ kind }) => kind === 'mutation' || kind === 'down' || kind === 'load')?.kind === 'mutation';
  const isLeft = after.some(({ kind, at: time }) => kind === 'load' && soon(time));
  return isChanged && !isLeft && !reading.evidence.entries.some(({ isDocument, exchange }) => isDocument && soon(exchange.at));
}

/** A click that no pointer made: Enter or Space on what has the focus, or Enter in a form, which clicks its button. */
function keyClick(reading: Reading, index: number): void {
  const signal = reading.signal(index);
  const clicked = placeOf(signal.root, signal.node);
  if (signal.root === null || clicked === null) return;
  const source = reading.hasPointers ? keyedElement(reading, signal, clicked) : null;
  if (source === null) {
    const draft = reading.add({
      kind: 'click',
      begin: index,
      element: actionableOf(signal.root, signal.node, reading.evidence.perception),
    });
    if (draft.element !== null) followWithin(reading, index, draft.element);
  } else if (!reading.hasKeys) reading.add({ kind: 'press', begin: index, element: source, value: isBox(source) ? 'Space' : 'Enter' });
}

/** The element on which a key was pressed that made a click; null where no key can have. */
function keyedElement(reading: Reading, signal: Signal, clicked: Place): DomElement | null {
  const last = reading.lastIn(signal);
  const filled = last?.kind === 'fill' ? last.element : null;
  const focused = reading.focused(signal);
  if (focused !== null && (isTextField(focused) || isWithin(clicked, focused))) return focused;
  return filled;
}
