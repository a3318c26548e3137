import type { DomElement } from '@backlot/protocol';
import type { Signal } from '../rrweb/timeline.ts';
import { inputType, isBox, isTextField } from './elements.ts';
import { isCommitted } from './edits.ts';
import { placeOf, textOf } from './places.ts';
import { REACTION_MS } from './reading.ts';
import type { Reading } from './reading.ts';

/** A field's live state changed: by the user, or by a script. */
export function onInput(reading: Reading, index: number): void {
  const signal = reading.signal(index);
  const element = placeOf(signal.root, signal.node)?.element;
  if (element === undefined || signal.byUser === false) return;
  if (isBox(element)) onBox(reading, index, element);
  else if (element.tag === 'select') onSelect(reading, index, element);
  else if (isTextField(element) && isTyped(reading, signal, element)) onText(reading, index, element);
}

function onBox(reading: Reading, index: number, element: DomElement): void {
  const signal = reading.signal(index);
  const kind = signal.checked ? 'check' : 'uncheck';
  const last = reading.lastIn(signal);
  if (last !== undefined && signal.at - reading.signal(last.last).at <= REACTION_MS) {
    if (last.element?.id !== element.id || (last.kind !== 'click' && last.value !== 'Space')) return;
    last.kind = kind;
    last.value = undefined;
    return;
  }
  // A radio button that goes off has a peer that goes on.
  if (reading.focus !== element.id || (inputType(element) === 'radio' && !signal.checked)) return;
  reading.add({ kind, begin: index, element });
}

function onSelect(reading: Reading, index: number, element: DomElement): void {
  const signal = reading.signal(index);
  const last = reading.lastIn(signal);
  const isOwn = last !== undefined && last.element?.id === element.id;
  if (!isOwn && signal.at - reading.pointerAt <= REACTION_MS) return;
  if (signal.root === null || reading.evidence.perception.isHidden(signal.root, element)) return;
  const value = chosenLabels(placeOf(reading.rootAfter(index), signal.node)?.element ?? element, signal.text);
  if (isOwn && last.kind === 'click') last.kind = 'select';
  const draft = isOwn && last.kind === 'select' ? last : reading.add({ kind: 'select', begin: index, element });
  draft.value = value;
  draft.last = index;
}

function chosenLabels(select: DomElement, value: string): string {
  const options = optionsOf(select);
  const chosen = options.filter((option) => 'selected' in option.attrs);
  const shown = chosen.length > 0 ? chosen : options.filter((option) => option.attrs['value'] === value);
  if (shown.length === 0) return value;
  return shown.map((option) => option.attrs['label'] ?? textOf(option)).join(', ');
}

function optionsOf(element: DomElement): DomElement[] {
  return element.children.flatMap((child) => ('tag' in child ? (child.tag === 'option' ? [child] : optionsOf(child)) : []));
}

/** True where the text came from the keyboard, as far as can be told: the field has the focus. */
function isTyped(reading: Reading, signal: Signal, element: DomElement): boolean {
  if (signal.byUser === true) return true;
  const last = reading.lastIn(signal);
  const isOwn = last !== undefined && last.element?.id === element.id;
  // A script answers a click on something else.
  if (!isOwn && signal.at - reading.pointerAt <= REACTION_MS) return false;
  if (reading.focus !== undefined) return reading.focus === element.id;
  return isOwn || Math.abs(signal.text.length - (element.attrs['value'] ?? '').length) <= 1;
}

/** True where the last click took away the field that was filled before it: it was meant to end that edit. */
function endedEdit(reading: Reading, { root, load }: Signal): boolean {
  const before = reading.drafts.at(-2);
  if (root === null || before?.kind !== 'fill' || before.load !== load || before.element?.id === undefined) return false;
  const field = placeOf(root, before.element.id);
  return field === null || reading.evidence.perception.isHidden(root, field.element);
}

function onText(reading: Reading, index: number, element: DomElement): void {
  const signal = reading.signal(index);
  const last = reading.lastIn(signal);
  const { pressed } = reading;
  if (
    last !== undefined &&
    last.element?.id === element.id &&
    (last.kind === 'fill' || (last.kind === 'click' && !endedEdit(reading, signal)))
  ) {
    if (last.kind === 'fill' && isCommitted(reading, index, last)) return;
    last.kind = 'fill';
    last.value = signal.text;
    last.last = index;
    return;
  }
  const dragged = pressed !== null && !pressed.clicked && placeOf(signal.root, pressed.node)?.element.id === element.id;
  const draft = reading.add({ kind: 'fill', begin: dragged ? pressed.signal : index, element, value: signal.text });
  draft.last = index;
}
