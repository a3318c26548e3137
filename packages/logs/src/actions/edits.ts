import type { DomElement } from '@backlot/protocol';
import type { Draft } from './draft.ts';
import { isTextField } from './elements.ts';
import { countText, placeOf } from './places.ts';
import { REACTION_MS } from './reading.ts';
import type { Reading } from './reading.ts';

/** What a key does to the page shows within this many milliseconds. */
const EFFECT_MS = 100;

/** The recorder tells of a value that a script set only after the script has ended, and later on a busy machine. */
const LATE_MS = 300;

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
  if (begin < index || reading.signal(effectEnd(reading, index)).kind === 'mutation') endEdit(reading, begin, field);
}

/** Where the focused field goes with a change of the page and no pointer was used, a key ended the edit. True where that is so. */
export function endsEdit(reading: Reading, index: number): boolean {
  const signal = reading.signal(index);
  if (reading.hasKeys || typeof reading.focus !== 'number' || signal.at - reading.pointerAt <= EFFECT_MS) return false;
  const field = reading.focused(signal);
  if (field === null || !isTextField(field) || placeOf(reading.rootAfter(index), reading.focus) !== null) return false;
  reading.focus = null;
  endEdit(reading, index, field);
  return true;
}

/**
 * A script that empties or trims a field just filled answers Enter, if it shows elsewhere what was in the field, or had
 * changed the page already; so does one that changes the page and fills a field just emptied. True where that is so; the
 * action is then added.
 */
export function isCommitted(reading: Reading, index: number, fill: Draft): boolean {
  const { text } = reading.signal(index);
  const value = (fill.value ?? '').trim();
  if (reading.hasKeys || fill.element === null) return false;
  const begin = effectBegin(reading, index);
  if (fill.value === '' && begin < index && text.length > 1) return commit(reading, { begin, index }, fill);
  if (value === '' || (text !== '' && (text !== value || text === fill.value))) return false;
  const shown = countText(reading.rootAfter(effectEnd(reading, index)), value);
  if (begin === index && shown <= countText(reading.signal(begin).root, value)) return false;
  return commit(reading, { begin, index }, fill);
}

function commit(reading: Reading, { begin, index }: { begin: number; index: number }, { element }: Draft): true {
  reading.add({ kind: 'press', begin, element, value: 'Enter' }).last = index;
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
  const isKept = last.kind === 'fill' && last.element?.id === field.id && isShownAfter(reading, begin, last);
  reading.add({ kind: 'press', begin, element: field, value: isKept ? 'Enter' : 'Escape' });
}

/** True where the page shows what was filled in; an empty text shows by what it leaves out. */
function isShownAfter(reading: Reading, begin: number, fill: Draft): boolean {
  const value = fill.value?.trim() ?? '';
  return value === '' || countText(reading.rootAfter(effectEnd(reading, begin)), value) > countText(fill.root, value);
}

/** The first change that goes together with a signal, and is no answer to what the user was last seen to do. */
function effectBegin(reading: Reading, index: number): number {
  const { at } = reading.signal(index);
  const last = reading.drafts.at(-1)?.last ?? -1;
  const after = last < 0 ? Number.NEGATIVE_INFINITY : reading.signal(last).at + REACTION_MS;
  let begin = index;
  for (let i = index - 1; i > last; i -= 1) {
    const signal = reading.signal(i);
    if (at - signal.at > LATE_MS || signal.at <= after || !/^(mutation|input|blur)$/.test(signal.kind)) break;
    begin = i;
  }
  return begin;
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
