import type { DomElement } from '@backlot/protocol';
import type { Signal } from '../rrweb/timeline.ts';
import type { Draft } from './draft.ts';
import { isTabbable, isTextField } from './elements.ts';
import { countText, placeOf, placesOf } from './places.ts';
import { REACTION_MS } from './reading.ts';
import type { Reading } from './reading.ts';

/** What a key does to the page shows within this many milliseconds. */
const EFFECT_MS = 100;

/** The Tab key takes the focus from one element and gives it to the next at once. */
const TAB_MS = 15;

/** The focus arrives somewhere: by the Tab key where no pointer brought it, and it went to the next element in turn. */
export function onFocus(reading: Reading, index: number): void {
  const { node, at, root } = reading.signal(index);
  const blur = precedingBlur(reading, index);
  reading.focus = node;
  if (blur === null || reading.hasKeys || at - reading.pointerAt <= 5 * REACTION_MS) return;
  const left = reading.signal(blur);
  // A script that has just moved the focus moves it on; or the element that had it is gone.
  if (left.at - focusedAt(reading, blur) <= REACTION_MS || placeOf(root, left.node) === null) return;
  if (left.root === null || pointerFollows(reading, index)) return;
  const from = placeOf(left.root, left.node)?.element;
  const direction = from === undefined ? 0 : tabDirection(reading, left, node);
  if (from === undefined || direction === 0) return;
  reading.add({ kind: 'press', begin: blur, element: from, value: direction > 0 ? 'Tab' : 'Shift+Tab' }).last = index;
}

/** The focus leaves: where nothing takes it and the page changes, a key ended the edit. */
export function onBlur(reading: Reading, index: number): void {
  const signal = reading.signal(index);
  const field = placeOf(signal.root, signal.node)?.element;
  reading.focus = null;
  if (field === undefined || !isTextField(field) || reading.hasKeys || signal.at - reading.pointerAt <= EFFECT_MS) return;
  for (let i = index + 1; ; i += 1) {
    const next = reading.signals[i];
    if (next === undefined || next.kind === 'load' || next.at - signal.at > EFFECT_MS) break;
    if (next.kind === 'focus' || next.kind === 'down' || next.kind === 'click') return;
  }
  const begin = effectBegin(reading, index);
  if (changesNear(reading, begin, index)) endEdit(reading, begin, field);
}

/** The page changes: where the focused field goes with it and no pointer was used, a key ended the edit. */
export function onMutation(reading: Reading, index: number): void {
  const signal = reading.signal(index);
  if (reading.hasKeys || typeof reading.focus !== 'number' || signal.at - reading.pointerAt <= EFFECT_MS) return;
  const field = reading.focused(signal);
  if (field === null || !isTextField(field) || placeOf(reading.rootAfter(index), reading.focus) !== null) return;
  reading.focus = null;
  endEdit(reading, index, field);
}

/**
 * A script that empties a field just filled, and shows what was in it elsewhere, answers Enter.
 * True where that is so; the action is then added.
 */
export function commitByClearing(reading: Reading, index: number, fill: Draft): boolean {
  const value = (fill.value ?? '').trim();
  if (reading.hasKeys || value === '' || fill.element === null) return false;
  const begin = effectBegin(reading, index);
  const end = effectEnd(reading, index);
  const before = countText(reading.signal(begin).root, value);
  if (countText(reading.rootAfter(end), value) <= before) return false;
  reading.add({ kind: 'press', begin, element: fill.element, value: 'Enter' }).last = index;
  return true;
}

/** Enter or Escape: what was typed is kept, or it is given up. */
function endEdit(reading: Reading, begin: number, field: DomElement): void {
  const signal = reading.signal(begin);
  const last = reading.lastIn(signal);
  // A page that arranges itself after a load ends no edit: there is none.
  if (last === undefined) return;
  if (last.kind === 'press' && signal.at - reading.signal(last.last).at <= EFFECT_MS) {
    last.last = begin;
    return;
  }
  const isFilled = last.kind === 'fill' && last.element?.id === field.id;
  const value = (isFilled ? last.value : field.attrs['value'])?.trim() ?? '';
  const end = effectEnd(reading, begin);
  const isKept = value === '' || countText(reading.rootAfter(end), value) > countText(isFilled ? last.root : null, value);
  const element = placeOf(signal.root, field.id ?? 0)?.element ?? field;
  reading.add({ kind: 'press', begin, element, value: isKept && isFilled ? 'Enter' : 'Escape' });
}

/** The first of the changes that go together with a signal, after anything the user was seen to do. */
function effectBegin(reading: Reading, index: number): number {
  const { at } = reading.signal(index);
  let begin = index;
  while (begin > 0) {
    const previous = reading.signal(begin - 1);
    if (previous.kind !== 'mutation' || at - previous.at > REACTION_MS / 2 || previous.at <= lastTypedAt(reading) + REACTION_MS / 6) break;
    begin -= 1;
  }
  return begin;
}

function lastTypedAt(reading: Reading): number {
  const last = reading.drafts.at(-1);
  return last === undefined ? Number.NEGATIVE_INFINITY : reading.signal(last.last).at;
}

function effectEnd(reading: Reading, index: number): number {
  const { at } = reading.signal(index);
  let end = index;
  for (let i = index + 1; i < reading.signals.length; i += 1) {
    const { kind, at: when } = reading.signal(i);
    if (when - at > EFFECT_MS || /^(down|click|load)$/.test(kind)) break;
    if (kind === 'mutation') end = i;
  }
  return end;
}

function changesNear(reading: Reading, begin: number, index: number): boolean {
  return begin < index || reading.signal(effectEnd(reading, index)).kind === 'mutation';
}

function precedingBlur(reading: Reading, index: number): number | null {
  const { at } = reading.signal(index);
  for (let i = index - 1; i >= 0; i -= 1) {
    const signal = reading.signal(i);
    if (signal.kind === 'blur') return at - signal.at <= TAB_MS ? i : null;
    if (signal.kind !== 'mutation' && signal.kind !== 'input') return null;
  }
  return null;
}

/** When the focus arrived where it was before a signal. */
function focusedAt(reading: Reading, index: number): number {
  for (let i = index - 1; i >= 0; i -= 1) {
    const { kind, at } = reading.signal(i);
    if (kind === 'focus') return at;
    if (kind === 'load') break;
  }
  return Number.NEGATIVE_INFINITY;
}

/** Hovering may move the focus just before the pointer goes down. */
function pointerFollows(reading: Reading, index: number): boolean {
  const { at } = reading.signal(index);
  for (let i = index + 1; i < reading.signals.length; i += 1) {
    const { kind, at: when } = reading.signal(i);
    if (when - at > REACTION_MS) return false;
    if (kind === 'down') return true;
  }
  return false;
}

/** 1 where `to` comes next in the order of the Tab key, -1 where it came before, 0 where something visible stands between. */
function tabDirection(reading: Reading, left: Signal, to: number): -1 | 0 | 1 {
  const { root } = left;
  const from = placeOf(root, left.node);
  const target = placeOf(root, to);
  if (root === null || from === null || target === null || from === target) return 0;
  const low = Math.min(from.order, target.order);
  const high = Math.max(from.order, target.order);
  const between = placesOf(root).slice(low + 1, high);
  const inner = low === from.order ? from : target;
  const blocked = between.some((place) => isTabbable(place.element) && place !== inner && !reading.evidence.isHidden(root, place.element));
  if (blocked) return 0;
  return target.order > from.order ? 1 : -1;
}
