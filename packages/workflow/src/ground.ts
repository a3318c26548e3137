import type { Action, DomElement, State, World } from '@backlot/protocol';
import { netChange } from '@backlot/reward';
import {
  accessiblePage,
  act,
  findAll,
  isReachable,
  optionValue,
  render,
  resolveAction,
  selectValue,
  textOf,
  transition,
} from '@backlot/world';
import { recordOf } from './abstract.ts';
import { effectTerms, isSameWork } from './effect.ts';
import { eligibleElements } from './eligible.ts';
import { leavingOf, showsMore } from './leaving.ts';
import type { AbstractAction, Workflow } from './model-schema.ts';
import type { Rng } from './rng.ts';
import { drawValue } from './values.ts';

/** Arguments of a workflow: the record of each slot, the text of each field. */
export interface Binding {
  readonly records: ReadonlyMap<number, string>;
  readonly values: ReadonlyMap<string, string>;
}

/** One grounded action: the element it is for, and the state it is done in. */
export interface GroundedStep {
  readonly action: Action;
  readonly abstract: AbstractAction;
  readonly element?: DomElement;
  readonly before: State;
}

/** A workflow carried out in the world from a state. */
export interface Grounded {
  readonly start: State;
  readonly end: State;
  readonly steps: readonly GroundedStep[];
  readonly binding: Binding;
}

/** What is to be grounded, and how: `keep` holds arguments that are given, `avoid` such as must not be chosen. */
export interface Grounding {
  readonly world: World;
  readonly workflow: Workflow;
  readonly actions: readonly AbstractAction[];
  /** What the actions change: see `effectTerms`. */
  readonly effect: readonly string[];
  readonly rng: Rng;
  readonly keep?: Partial<Binding>;
  readonly avoid?: Partial<Binding>;
}

/** Arguments as they are chosen on the way. */
interface Choices {
  readonly records: Map<number, string>;
  readonly values: Map<string, string>;
}

/**
 * Carries out a workflow's actions from a state with arguments drawn from what was learned. Null where some action finds no element,
 * is refused or not certain, or where the whole does not change what the workflow changes.
 */
export function ground(grounding: Grounding, start: State): Grounded | null {
  const { world, actions, keep } = grounding;
  const choices: Choices = { records: new Map(keep?.records), values: new Map(keep?.values) };
  const steps: GroundedStep[] = [];
  let state = start;
  const course = { grounding, choices };
  for (const [i, abstract] of actions.entries()) {
    const taken = takeStep(course, state, abstract);
    if (!taken) return null;
    const left = leaveField(course, taken, actions[i + 1]);
    steps.push(taken.step, ...(left ? [left.step] : []));
    state = (left ?? taken).state;
  }
  if (!isSameWork(effectTerms(netChange(world, start, state)), grounding.effect)) return null;
  return { start, end: state, steps, binding: choices };
}

interface Course {
  readonly grounding: Grounding;
  readonly choices: Choices;
}

interface Taken {
  readonly step: GroundedStep;
  readonly state: State;
}

function takeStep(course: Course, state: State, abstract: AbstractAction): Taken | null {
  const { world } = course.grounding;
  const step = groundStep(course, state, abstract);
  const done = step && act(world, state, step.action);
  if (!done || done.explanation.refused !== undefined || done.explanation.certainty !== 'certain') return null;
  return { step: done.events.length > 1 ? withDialog(world, step) : step, state: done.state };
}

/**
 * Leaves a filled field as people do, where that closes what it has opened over the page. Not where it takes away what was filled, or
 * what is used next.
 */
function leaveField(course: Course, { step, state }: Taken, next: AbstractAction | undefined): Taken | null {
  const { abstract, action } = step;
  if (action.kind !== 'fill' || next === undefined || next.anchor === abstract.anchor) return null;
  const { world, workflow } = course.grounding;
  const way = leavingOf(workflow, abstract);
  const left = way ? takeStep(course, state, way) : null;
  if (!left || !showsMore(world, state, left.state)) return null;
  const isKept = eligibleElements(world, left.state, abstract).some(({ attrs }) => attrs['value'] === action.value);
  const isUsable = eligibleElements(world, left.state, next).some(({ key }) => isReachable(world, left.state, key as string));
  return isKept && (next.anchor === null || isUsable) ? left : null;
}

function groundStep(course: Course, state: State, abstract: AbstractAction): GroundedStep | null {
  const { kind, constant } = abstract;
  const value = constant === undefined ? {} : { value: constant };
  if (abstract.anchor === null) {
    const needsElement = kind !== 'press' && !['goto', 'back', 'forward', 'reload', 'wait'].includes(kind);
    return needsElement ? null : { action: { kind, ...value }, abstract, before: state };
  }
  const element = chooseElement(course, state, abstract);
  if (!element) return null;
  const filled = abstract.field === undefined ? value : chooseValue(course, { state, element, field: abstract.field });
  if (!filled) return null;
  const action = actionOn(course.grounding.world, state, { element, kind, value: filled, dialog: abstract.dialog });
  return action && { action, abstract, element, before: state };
}

function chooseElement({ grounding, choices }: Course, state: State, abstract: AbstractAction): DomElement | undefined {
  const { world, workflow, rng, avoid } = grounding;
  const elements = eligibleElements(world, state, abstract);
  const { slot } = abstract;
  if (slot === null) return elements[0];
  const bound = choices.records.get(slot);
  if (bound !== undefined) return elements.find((element) => recordOf(element.key as string) === bound);
  const taken = new Set([avoid?.records?.get(slot), ...choices.records.values()]);
  const free = elements.map((element, place) => ({ element, place })).filter(({ element }) => !taken.has(recordOf(element.key as string)));
  const counts = new Map(workflow.positions[slot]?.map(({ place, count }) => [place, count]));
  // A half occurrence for every place keeps records possible that nobody happened to choose.
  const chosen = rng.weighted(free, ({ place }) => (counts.get(place) ?? 0) + 0.5)?.element;
  if (chosen) choices.records.set(slot, recordOf(chosen.key as string));
  return chosen;
}

interface Field {
  readonly state: State;
  readonly element: DomElement;
  readonly field: string;
}

function chooseValue({ grounding, choices }: Course, { state, element, field }: Field): { value: string } | null {
  const { workflow, rng, avoid } = grounding;
  const kept = choices.values.get(field);
  if (kept !== undefined) return { value: kept };
  const model = workflow.values[field];
  if (!model) return null;
  const away = avoid?.values?.get(field);
  const context = {
    state,
    account: state.account,
    avoid: [...(away === undefined ? [] : [away]), ...presentValues(element)],
    ...optionsOf(element),
  };
  const value = drawValue(model, context, rng);
  if (value === null) return null;
  choices.values.set(field, value);
  return { value };
}

const collapse = (text: string): string => text.trim().replace(/\s+/g, ' ');
const optionsIn = (element: DomElement): readonly DomElement[] =>
  element.tag === 'select' ? findAll(element, (each) => each.tag === 'option' && !('disabled' in each.attrs)) : [];

function optionsOf(element: DomElement): { options?: readonly string[] } {
  return element.tag === 'select' ? { options: optionsIn(element).map((option) => collapse(option.attrs['label'] ?? textOf(option))) } : {};
}

/** What a field says already: giving it again would do nothing. An empty field may stay empty. */
function presentValues(element: DomElement): readonly string[] {
  if (element.tag !== 'select') return element.attrs['value'] ? [element.attrs['value']] : [];
  const value = selectValue(element);
  return optionsIn(element)
    .filter((option) => optionValue(option) === value)
    .map((option) => collapse(option.attrs['label'] ?? textOf(option)));
}

interface Deed {
  readonly element: DomElement;
  readonly kind: Action['kind'];
  readonly value: { readonly value?: string };
  readonly dialog: Action['dialog'];
}

/** The action by role, name and place. Null where these don't lead back to the element. */
function actionOn(world: World, state: State, { element, kind, value, dialog }: Deed): Action | null {
  const { root } = render(world, state);
  const own = findAll(root, (each) => each.key === element.key)[0];
  if (!own) return null;
  const { role, name, nth } = accessiblePage(root, world.styles, { hover: state.hover, focus: state.focus }).describe(own);
  const action: Action = { kind, target: { role, name, nth }, ...value, ...(dialog ? { dialog } : {}) };
  const event = resolveAction(world, state, action);
  return 'refused' in event || ('key' in event && event.key !== element.key) ? null : action;
}

/** The step with what its dialog says. */
function withDialog(world: World, step: GroundedStep): GroundedStep {
  const event = resolveAction(world, step.before, step.action);
  const open = 'refused' in event ? null : transition(world, step.before, event).state.dialog;
  if (!open) return step;
  const dialog = { accepted: true, ...step.action.dialog, type: open.type, message: open.message };
  return { ...step, action: { ...step.action, dialog } };
}
