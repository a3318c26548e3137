import { clickableRoles, createRng, phrase, wordsOf, type Rng } from '@backlot/agents';
import type { DomElement, State, World, WorldEvent } from '@backlot/protocol';
import { findAll, isBox, isReachable, isTextField, optionValue, render, textOf, transition } from '@backlot/world';

/** How a walk goes. */
export interface Walk {
  readonly steps: number;
  /** Decides all of its chance. */
  readonly seed: string;
  /** What it may type besides the words on the page. */
  readonly instruction: string;
}

/** Draws at one step for something that can be done. */
const mostDraws = 8;

/**
 * Where chance leads: at every step one of the things that the page offers, all equally likely (an element to click, a field to fill with
 * words from the page or the instruction or to press Enter in, an option to choose), or back. What the random agent does, without the
 * page being put into words for it first.
 */
export function randomWalk(world: World, start: State, { steps, seed, instruction }: Walk): State {
  const drawing = { rng: createRng(seed), instruction };
  let state = start;
  for (let step = 0; step < steps; step++) state = randomStep(world, state, drawing);
  return state;
}

function randomStep(world: World, state: State, drawing: Drawing): State {
  const { root } = render(world, state);
  const all = offers(root);
  for (let draw = 0; draw < mostDraws; draw++) {
    const element = all[drawing.rng.int(all.length + 1)];
    const event: WorldEvent = element === undefined ? { type: 'back' } : eventOn(element, root, drawing);
    const { state: next, explanation } = transition(world, state, event);
    if (explanation.refused !== undefined) continue;
    // Whether a control can be seen costs more than to use it, and does not matter where that led nowhere.
    if (element === undefined || !leads(state, next) || isReachable(world, state, element.key as string)) return settled(world, next);
  }
  return state;
}

const leads = (from: State, to: State): boolean =>
  from.tables !== to.tables || from.registers !== to.registers || from.history !== to.history || to.dialog !== null;

const mostDialogs = 10;

/** Dialogs are accepted, and the pointer does not stay. */
function settled(world: World, after: State): State {
  let state = after;
  for (let i = 0; state.dialog !== null && i < mostDialogs; i++) state = transition(world, state, { type: 'dialog', accept: true }).state;
  return state.hover === null ? state : { ...state, hover: null };
}

interface Drawing {
  readonly rng: Rng;
  readonly instruction: string;
}

const known = new WeakMap<DomElement, readonly DomElement[]>();

/** Elements that something can be done to, each as often as there are things to do. */
function offers(root: DomElement): readonly DomElement[] {
  const usable = known.get(root);
  if (usable !== undefined) return usable;
  const found = findAll(root, (element) => element.key !== undefined && waysOf(element) > 0).flatMap((element) =>
    Array.from({ length: waysOf(element) }, () => element),
  );
  known.set(root, found);
  return found;
}

const clickable = new Set(['button', 'summary']);

function waysOf(element: DomElement): number {
  const { tag, attrs } = element;
  if ('disabled' in attrs) return 0;
  if (tag === 'select') return optionsOf(element).length;
  if (isTextField(element)) return 2;
  const isClickable = isBox(element) || clickable.has(tag) || (tag === 'a' && 'href' in attrs) || clickableRoles.has(attrs['role'] ?? '');
  return isClickable || (tag === 'input' && ['submit', 'button', 'image', 'reset'].includes(attrs['type'] ?? '')) ? 1 : 0;
}

const optionsOf = (element: DomElement): readonly DomElement[] => findAll(element, ({ tag }) => tag === 'option');

function eventOn(element: DomElement, root: DomElement, { rng, instruction }: Drawing): WorldEvent {
  const key = element.key as string;
  if (element.tag === 'select') return { type: 'select', key, value: optionValue(rng.pick(optionsOf(element)) as DomElement) };
  if (!isTextField(element)) return { type: 'click', key };
  return rng.next() < 0.5
    ? { type: 'press', key, name: 'Enter' }
    : { type: 'fill', key, value: phrase([...wordsOf(instruction), ...wordsIn(root)], rng) };
}

const words = new WeakMap<DomElement, readonly string[]>();

function wordsIn(root: DomElement): readonly string[] {
  const all = words.get(root) ?? wordsOf(textOf(root));
  words.set(root, all);
  return all;
}
