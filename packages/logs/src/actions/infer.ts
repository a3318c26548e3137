import type { Signal } from '../rrweb/timeline.ts';
import type { Evidence, Inferred } from './draft.ts';
import { onCustom } from './customs.ts';
import { onInput } from './fields.ts';
import { endsEdit, onBlur } from './edits.ts';
import { onFocus } from './keys.ts';
import { travelsWithin } from './travel.ts';
import { onLoad } from './loads.ts';
import { onClick, onDblclick, onDown, onUp } from './pointer.ts';
import { Reading } from './reading.ts';
import { revealMasked } from './masked.ts';
import { followScripts, withReturns } from './scripted-addresses.ts';

type Handler = (reading: Reading, index: number) => void;

const handlers: Readonly<Record<Signal['kind'], Handler | null>> = {
  load: onLoad,
  down: onDown,
  up: onUp,
  click: onClick,
  dblclick: onDblclick,
  focus: onFocus,
  blur: onBlur,
  input: onInput,
  mutation: onMutation,
  custom: onCustom,
};

function onMutation(reading: Reading, index: number): void {
  if (!endsEdit(reading, index)) travelsWithin(reading, index);
}

/** What the user did, inferred from what happened. */
export function inferActions(evidence: Evidence): Inferred {
  const reading = new Reading(evidence);
  for (const [index, { kind }] of reading.signals.entries()) handlers[kind]?.(reading, index);
  revealMasked(reading);
  const addresses = withReturns(reading, followScripts(reading));
  return { drafts: reading.drafts, addresses };
}
