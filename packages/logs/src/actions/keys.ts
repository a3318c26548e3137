import type { Signal } from '../rrweb/timeline.ts';
import { isTabbable, isTextField } from './elements.ts';
import { placeOf, placesOf } from './places.ts';
import { REACTION_MS } from './reading.ts';
import type { Reading } from './reading.ts';

/** The Tab key takes the focus from one element and gives it to the next at once. */
const TAB_MS = 15;

/** A script may move the focus this long after a click. */
const CLICK_MS = 300;

/** The focus arrives somewhere: by the Tab key where no pointer brought it, and it went to the next element in turn. */
export function onFocus(reading: Reading, index: number): void {
  const { node, at, root } = reading.signal(index);
  const blur = precedingBlur(reading, index);
  reading.focus = node === 0 ? coming(reading, index) : node;
  if (blur === null || reading.hasKeys || at - reading.pointerAt <= CLICK_MS) return;
  const left = reading.signal(blur);
  // A script that has just moved the focus moves it on; or the element that had it is gone.
  if (left.at - focusedAt(reading, blur) <= REACTION_MS || placeOf(root, left.node) === null) return;
  if (left.root === null || pointerFollows(reading, index)) return;
  const from = placeOf(left.root, left.node)?.element;
  const direction = from === undefined ? 0 : tabDirection(reading, left, node);
  if (from === undefined || direction === 0) return;
  reading.add({ kind: 'press', begin: blur, element: from, value: direction > 0 ? 'Tab' : 'Shift+Tab' }).last = index;
}

/** The field that takes the focus as it comes onto the page, where it is the only one that comes; undefined where that is open. */
function coming(reading: Reading, index: number): number | undefined {
  const { at, root } = reading.signal(index);
  for (let i = index + 1; i < reading.signals.length; i += 1) {
    const signal = reading.signal(i);
    if (signal.at - at > REACTION_MS || !/^(mutation|input)$/.test(signal.kind)) break;
    const after = reading.rootAfter(i);
    const fields =
      after === null ? [] : placesOf(after).filter(({ element }) => isTextField(element) && placeOf(root, element.id ?? 0) === null);
    if (fields.length > 0) return fields.length === 1 ? fields[0]?.element.id : undefined;
  }
  return undefined;
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
  const blocked = between.some(
    (place) => isTabbable(place.element) && place !== inner && !reading.evidence.perception.isHidden(root, place.element),
  );
  if (blocked) return 0;
  return target.order > from.order ? 1 : -1;
}
