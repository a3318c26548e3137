import type { Action, DomElement, Explanation, State, World, WorldEvent } from '@backlot/protocol';
import { isHidden } from './aria/hidden.ts';
import { pageModel } from './aria/page-model.ts';
import { accessiblePage } from './aria/targets.ts';
import type { Interaction } from './css/index.ts';
import { isBox, labelledControl, optionLabel, optionLabelled, optionValue } from './forms.ts';
import { render } from './render.ts';
import { transition } from './transition.ts';
import { findAll, pathToKey } from './walk.ts';

/** An action that can't be carried out here, and why. */
export interface Refusal {
  readonly refused: string;
}

/** How long a `wait` lasts that names no time, in milliseconds. */
const defaultWait = 1000;

/**
 * The event that an action means in a state. Its target is looked for among the visible elements first, then among the hidden
 * ones; a hidden one counts only if it shows when the pointer is over what surrounds it, or if a visible label stands for it.
 * A `wait` takes its milliseconds from `value`. The answer to a dialog is no part of the event: see `act`.
 */
export function resolveAction(world: World, state: State, action: Action): WorldEvent | Refusal {
  switch (action.kind) {
    case 'goto':
      return action.value === undefined ? { refused: 'A goto needs the address in "value".' } : { type: 'goto', url: action.value };
    case 'back':
    case 'forward':
    case 'reload':
      return { type: action.kind };
    case 'wait':
      return { type: 'advance', ms: Number(action.value ?? defaultWait) || defaultWait };
    case 'press':
      if (action.value === undefined) return { refused: 'A press needs the name of the key in "value".' };
      if (!action.target) return { type: 'press', name: action.value };
      break;
    default:
  }
  const element = locate(world, state, action);
  return 'refused' in element ? element : elementEvent(action, element);
}

/** What came of an action: the events that carried it out, the state after them, and how it was explained. */
export interface Act {
  readonly state: State;
  readonly events: readonly WorldEvent[];
  readonly explanation: Explanation;
}

/**
 * Carries out an action: resolves it, moves the world and answers the dialog that it opens, if any, as `action.dialog` says
 * (a dialog that it doesn't speak of is accepted). A refused action leaves the state as it was.
 */
export function act(world: World, state: State, action: Action): Act {
  const event = resolveAction(world, state, action);
  if ('refused' in event) {
    return { state, events: [], explanation: { rules: [], certainty: 'certain', refused: event.refused, note: event.refused } };
  }
  const first = transition(world, state, event);
  if (first.state.dialog === null || state.dialog !== null) return { ...first, events: [event] };
  const accept = action.dialog?.accepted ?? true;
  const text = action.dialog?.text;
  const reply: WorldEvent = { type: 'dialog', accept, ...(text === undefined ? {} : { text }) };
  const second = transition(world, first.state, reply);
  const { rules, certainty, note } = second.explanation;
  const explanation = {
    ...first.explanation,
    rules: [...first.explanation.rules, ...rules],
    certainty: first.explanation.certainty === 'certain' ? certainty : first.explanation.certainty,
    note: `${first.explanation.note} ${note}`,
  };
  return { state: second.state, events: [event, reply], explanation };
}

/**
 * True where a user could act on the element with that key: it is visible, or shows when the pointer is over what surrounds it, or is a
 * box that a visible label stands for.
 */
export function isReachable(world: World, state: State, key: string): boolean {
  return isReachableIn({ world, state, root: render(world, state).root }, key);
}

/** A state with its page. */
interface Scene {
  readonly world: World;
  readonly state: State;
  readonly root: DomElement;
}

const interactionOf = ({ hover, focus }: State): Interaction => ({ hover, focus });

function isReachableIn({ world, state, root }: Scene, key: string): boolean {
  const hides = (each: DomElement, pointer: Interaction): boolean => {
    const page = pageModel(root, world.styles, pointer);
    const styled = page.document.of(each);
    return styled === undefined || isHidden(page, styled);
  };
  const interaction = interactionOf(state);
  const path = pathToKey(root, key);
  const element = path.at(-1);
  if (!element) return false;
  if (!hides(element, interaction)) return true;
  const over = path.slice(0, -1).findLast((each) => !hides(each, interaction))?.key;
  if (over !== undefined && !hides(element, { ...interaction, hover: over })) return true;
  if (!isBox(element)) return false;
  const labels = findAll(root, (each) => each.tag === 'label');
  return labels.some((label) => labelledControl(root, label) === element && !hides(label, interaction));
}

function locate(world: World, state: State, action: Action): DomElement | Refusal {
  const { target } = action;
  if (!target) return { refused: `A ${action.kind} needs a target.` };
  const { root } = render(world, state);
  const element = accessiblePage(root, world.styles, interactionOf(state)).find(target);
  const place = target.nth === 0 ? '' : `, number ${target.nth + 1}`;
  if (!element?.key) return { refused: `The page shows no ${target.role} named "${target.name}"${place}.` };
  if (isReachableIn({ world, state, root }, element.key)) return element;
  return { refused: `The ${target.role} named "${target.name}"${place} is hidden.` };
}

function elementEvent(action: Action, element: DomElement): WorldEvent | Refusal {
  const key = element.key as string;
  switch (action.kind) {
    case 'click':
    case 'dblclick':
    case 'hover':
      return { type: action.kind, key };
    case 'fill':
      return { type: 'fill', key, value: action.value ?? '' };
    case 'check':
    case 'uncheck':
      return checkEvent(element, action.kind === 'check');
    case 'select':
      return selectEvent(element, action.value ?? '');
    case 'press':
      return { type: 'press', key, name: action.value ?? '' };
    default:
      return { refused: `A ${action.kind} takes no target.` };
  }
}

/** Boxes that are no form fields say their state in ARIA, and change by a click. */
function checkEvent(element: DomElement, checked: boolean): WorldEvent {
  const key = element.key as string;
  const aria = element.attrs['aria-checked'];
  if (isBox(element) || aria === undefined) return { type: 'check', key, checked };
  return (aria === 'true') === checked ? { type: 'advance', ms: 0 } : { type: 'click', key };
}

function selectEvent(element: DomElement, label: string): WorldEvent | Refusal {
  const option = optionLabelled(element, label);
  if (option) return { type: 'select', key: element.key as string, value: optionValue(option) };
  const options = findAll(element, (each) => each.tag === 'option');
  const known = options.map((each) => `"${optionLabel(each)}"`).join(', ');
  return { refused: `There is no option "${label}"; there are: ${known || 'none'}.` };
}
