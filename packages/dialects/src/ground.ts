import type { Action, DomElement } from '@backlot/protocol';
import { findAll, isTextField, optionLabel, optionLabelled, optionValue, textOf } from '@backlot/world';
import { keyName } from './keys.ts';
import type { Act } from './move.ts';
import type { Scene } from './scene.ts';

/** What an agent's hands remember from one act to the next. */
export interface Hands {
  /** Whether all that the focused field holds is selected. */
  readonly allSelected: boolean;
}

export const restingHands: Hands = { allSelected: false };

/** What an act is in a scene: actions of the world, none where it changes nothing there; or why it can't be done. */
export type Grounded = { readonly actions: readonly Action[]; readonly hands: Hands } | { readonly refused: string };

/** Where an act is done, once points were looked up. */
export interface Spot {
  /** The element; null where the act names none. */
  readonly element: DomElement | null;
  readonly hands: Hands;
}

const done = (...actions: readonly Action[]): Grounded => ({ actions, hands: restingHands });

/** Turns an act into actions of the world. Pure; the scene is the page as it stands just before the act. */
export function ground(scene: Scene, act: Act, spot: Spot): Grounded {
  const { kind } = act;
  switch (kind) {
    case 'scroll':
      return { actions: [], hands: spot.hands };
    case 'type':
      return type(scene, act, spot);
    case 'key':
      return key(scene, act, spot);
    case 'focus':
    case 'tripleclick':
      return intoField(scene, kind, spot);
    default:
      return done(plain(scene, { ...act, kind }, spot));
  }
}

/** A click that puts the cursor into a field; a triple one selects what it holds. */
function intoField(scene: Scene, kind: 'focus' | 'tripleclick', { element }: Spot): Grounded {
  if (element === null || (kind === 'focus' && !isField(element))) return { refused: `A ${kind} needs a field.` };
  const hands = { allSelected: kind === 'tripleclick' && isField(element) };
  return { actions: [{ kind: 'click', target: scene.targetOf(element) }], hands };
}

function plain(scene: Scene, { kind, place, value, dialog }: Act & { readonly kind: Action['kind'] }, { element }: Spot): Action {
  const named = place !== undefined && 'target' in place ? place.target : undefined;
  const target = named ?? (element === null ? undefined : scene.targetOf(element));
  return {
    kind,
    ...(target === undefined ? {} : { target }),
    ...(value === undefined ? {} : { value: kind === 'select' ? labelWanted(element, value) : value }),
    ...(dialog === undefined ? {} : { dialog: { type: 'confirm', message: '', ...dialog } }),
  };
}

const isField = (element: DomElement): boolean => isTextField(element) || 'contenteditable' in element.attrs;

/** What a text field holds. */
function heldBy(element: DomElement): string {
  return element.attrs['value'] ?? (element.tag === 'input' ? '' : textOf(element));
}

/** The field that typing goes to. */
function fieldOf(scene: Scene, { element }: Spot): DomElement | null {
  const field = element ?? scene.focused;
  return field !== null && isField(field) ? field : null;
}

const noField = { refused: 'No field that takes text has the focus: click one first.' };

function type(scene: Scene, { value = '' }: Act, spot: Spot): Grounded {
  const list = spot.element ?? scene.focused;
  // What is typed into a list that drops down chooses the option of that label.
  if (list?.tag === 'select') return done({ kind: 'select', target: scene.targetOf(list), value: labelWanted(list, value.trim()) });
  const field = fieldOf(scene, spot);
  if (field === null) return noField;
  return write(scene, field, (spot.hands.allSelected ? '' : heldBy(field)) + value);
}

function write(scene: Scene, field: DomElement, value: string): Grounded {
  return done({ kind: 'fill', target: scene.targetOf(field), value });
}

const selectAll = /^(?:Control|Meta|ControlOrMeta)\+a$/i;
const writing = /^(?:Shift\+)?([\x21-\x7e]|Space)$/;

function key(scene: Scene, { value = '' }: Act, spot: Spot): Grounded {
  const name = keyName(value);
  const field = fieldOf(scene, spot);
  const written = field === null ? null : keyInField(scene, name, { field, hands: spot.hands });
  if (written !== null) return written;
  const target = spot.element === null ? {} : { target: scene.targetOf(spot.element) };
  return done({ kind: 'press', ...target, value: name });
}

interface Writing {
  readonly field: DomElement;
  readonly hands: Hands;
}

/** A key that changes or selects what a field holds, the cursor standing at its end; null for keys that do something else. */
function keyInField(scene: Scene, name: string, { field, hands }: Writing): Grounded | null {
  if (selectAll.test(name)) return { actions: [], hands: { allSelected: true } };
  const held = hands.allSelected ? '' : heldBy(field);
  const written = writing.exec(name)?.[1];
  if (written !== undefined) return write(scene, field, held + (written === 'Space' ? ' ' : written));
  if (name === 'Backspace') return write(scene, field, [...held].slice(0, -1).join(''));
  if (name === 'Delete') return hands.allSelected ? write(scene, field, '') : done();
  return name === 'Enter' && field.tag === 'textarea' ? write(scene, field, `${held}\n`) : null;
}

/** Options are named by their labels; some dialects give their values. */
function labelWanted(element: DomElement | null, wanted: string): string {
  const options = element === null ? [] : findAll(element, ({ tag }) => tag === 'option');
  if (element !== null && optionLabelled(element, wanted)) return wanted;
  const byValue = options.find((option) => optionValue(option) === wanted);
  return byValue === undefined ? wanted : optionLabel(byValue);
}
