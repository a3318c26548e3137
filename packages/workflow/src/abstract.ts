import type { Action, DomElement, State, Target, World } from '@backlot/protocol';
import { anchorOf, currentPage, findElement, indexOf, render } from '@backlot/world';
import type { AbstractAction } from './model-schema.ts';
import type { ReplayedStep } from './replay.ts';

/** A step without its arguments, and the arguments. */
export interface Abstracted {
  readonly action: AbstractAction;
  /** Text or option label that the step gave. */
  readonly value?: string;
  readonly element?: DomElement;
}

/** The records around an element, as its key names them: `a1`, or `a1:b2` where one lies inside the other; empty outside records. */
export function recordOf(key: string): string {
  return key.slice(anchorOf(key).length + 1);
}

/** The table that an element's innermost record belongs to. */
export function recordTable(world: World, page: string, anchor: string): string | undefined {
  const loop = indexOf(world).anchors.get(page)?.get(anchor)?.loops.at(-1);
  return loop && 'from' in loop ? loop.from : undefined;
}

/** Name of a field's value model: its page and anchor. */
function fieldOf(page: string | null, anchor: string): string {
  return `${page ?? ''} ${anchor}`;
}

/** The element that a replayed step acted on, as it was before. */
function actedElement(world: World, step: ReplayedStep): DomElement | undefined {
  const key = step.events.map((event) => ('key' in event ? event.key : undefined)).find((each) => each !== undefined);
  return key === undefined ? undefined : findElement(render(world, step.before).root, (element) => element.key === key);
}

/** Takes the arguments out of the steps of one piece of work: records become slots, numbered as they first occur. */
export function abstractSteps(world: World, steps: readonly ReplayedStep[]): readonly Abstracted[] {
  const slots: string[] = [];
  return steps.map((step) => {
    const element = actedElement(world, step);
    const record = element?.key === undefined ? '' : recordOf(element.key);
    if (record !== '' && !slots.includes(record)) slots.push(record);
    return abstractStep(world, step, { element, slot: record === '' ? null : slots.indexOf(record) });
  });
}

function abstractStep(world: World, step: ReplayedStep, at: { element: DomElement | undefined; slot: number | null }): Abstracted {
  const { action, before } = step;
  const page = pageOf(world, before);
  const anchor = at.element?.key === undefined ? null : anchorOf(at.element.key);
  const takesValue = action.kind === 'fill' || action.kind === 'select';
  const constant = takesValue ? undefined : action.value;
  const abstract: AbstractAction = {
    kind: action.kind,
    page,
    anchor,
    slot: at.slot,
    ...(takesValue && anchor !== null ? { field: fieldOf(page, anchor) } : {}),
    ...(constant === undefined ? {} : { constant }),
    ...(action.dialog ? { dialog: plainDialog(action.dialog) } : {}),
  };
  return { action: abstract, ...(takesValue ? { value: action.value ?? '' } : {}), ...(at.element ? { element: at.element } : {}) };
}

/** Digits in a name count something or date it: they don't make another element. */
const plainName = (name: string): string => name.replace(/\d+/g, '#');

/** An abstract action as one symbol. An element that the world doesn't know goes by its role and name. */
export function tokenOf({ kind, page, anchor, constant }: AbstractAction, target?: Target): string {
  const box = kind === 'check' || kind === 'uncheck' ? 'click' : kind;
  const at = anchor ?? (target ? `${target.role} ${plainName(target.name)}` : '');
  return [box, page ?? '', at, box === 'press' ? (constant ?? '') : ''].join(' ').trim();
}

/** A dialog's message may name a record: the world says it anew when the dialog opens. */
function plainDialog(dialog: NonNullable<Action['dialog']>): NonNullable<Action['dialog']> {
  return { ...dialog, message: '' };
}

/** Id of the page that a state shows. */
export function pageOf(world: World, state: State): string | null {
  return currentPage(world, state).page?.id ?? null;
}
