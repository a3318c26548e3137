import { dialogOutcomeSchema } from '@backlot/protocol';
import type { DomElement } from '@backlot/protocol';
import { isTextField } from './elements.ts';
import { placeOf } from './places.ts';
import { resolve } from './address-history.ts';
import type { Reading } from './reading.ts';

/** Keys that show in the text of a field, or do nothing by themselves. */
const silent = /^(.|Backspace|Delete|Shift|Control|Alt|AltGraph|Meta|CapsLock|Dead|Process|Unidentified|Home|End|ArrowLeft|ArrowRight)$/u;

/** Events that the recorder adds to rrweb's own: `backlot.key`, `backlot.dialog`, `backlot.url`. */
export function onCustom(reading: Reading, index: number): void {
  const { text } = reading.signal(index);
  if (text === 'backlot.key') onKey(reading, index);
  else if (text === 'backlot.dialog') onDialog(reading, index);
  else if (text === 'backlot.url') onAddress(reading, index);
}

function onKey(reading: Reading, index: number): void {
  const { payload, root } = reading.signal(index);
  const { key, id } = payload;
  if (typeof key !== 'string') return;
  const node = typeof id === 'number' ? id : reading.focus;
  const element = typeof node === 'number' ? (placeOf(root, node)?.element ?? null) : null;
  if (!isSilent(key, element)) reading.add({ kind: 'press', begin: index, element, value: key === ' ' ? 'Space' : key });
}

/** True for keys whose effect, if any, shows in a field's text. */
function isSilent(key: string, element: DomElement | null): boolean {
  if (element !== null && isTextField(element)) return silent.test(key) || (key === 'Enter' && element.tag === 'textarea');
  return key !== ' ' && silent.test(key) && !key.startsWith('Arrow');
}

function onDialog(reading: Reading, index: number): void {
  const outcome = dialogOutcomeSchema.safeParse(reading.signal(index).payload);
  const last = reading.drafts.at(-1);
  if (outcome.success && last !== undefined) last.dialog = outcome.data;
}

/** The address changed without a document being loaded. Where nobody acted, the user went back or forward. */
function onAddress(reading: Reading, index: number): void {
  const signal = reading.signal(index);
  const { href, kind } = signal.payload;
  const { history } = reading;
  const target = typeof href === 'string' ? resolve(href, history.current || reading.evidence.baseURL) : null;
  if (target === null || target === history.current) return;
  const isTravel = kind === 'popstate' || kind === 'traverse';
  if (isTravel && target === history.previousWithin) travel(reading, index, 'back');
  else if (isTravel && target === history.nextWithin) travel(reading, index, 'forward');
  else if (kind === 'replace') history.replace(target);
  else history.push(target);
  reading.move(index, target);
}

function travel(reading: Reading, index: number, kind: 'back' | 'forward'): void {
  reading.history[kind]();
  reading.add({ kind, begin: index });
}
