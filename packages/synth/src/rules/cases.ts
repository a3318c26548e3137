import type { DomElement, Evidence, Step, UiEvent, Value } from '@backlot/protocol';
import type { Scope } from '@backlot/world';
import { optionLabelled, optionValue, textOf } from '@backlot/world';
import { holdsText } from '../template/document-parts.ts';
import type { ElementPattern, Place } from '../template/pattern.ts';
import type { Belief } from '../state/belief.ts';
import { keyOf, nodesIn, scopeOf } from '../state/belief.ts';
import type { SessionViews } from '../views.ts';
import { pathToId } from '../node-path.ts';
import type { UiOrigin } from './origin.ts';
import type { SentRequest } from './requests.ts';
import { requestOf } from './requests.ts';

/** One occasion of an action, with all that is believed of the world before and after it. */
export interface Case {
  readonly evidence: Evidence;
  readonly step: Step;
  readonly session: number;
  readonly origin: UiOrigin;
  readonly before: Belief;
  readonly after: Belief;
  readonly scope: Scope;
  /** The document that the action asked for, if it did. */
  readonly request?: SentRequest;
  /** Element that had the focus, where the action took it away. */
  readonly blurred?: UiOrigin;
  readonly blurredScope?: Scope;
}

/** Name of an event at an element. */
export function actionName({ anchor, event, key }: Pick<UiOrigin, 'event' | 'key' | 'anchor'>): string {
  return `${anchor} ${event} ${key ?? ''}`.trimEnd();
}

/** Name under which a case is learned: its request, else its event. */
export function caseName(of: Case): string {
  if (!of.request) return actionName(of.origin);
  const { method, route, query } = of.request;
  return `request ${method} ${route}${query ? `?${JSON.stringify(query)}` : ''}`;
}

const events: Partial<Record<Step['action']['kind'], UiEvent>> = {
  click: 'click',
  check: 'click',
  uncheck: 'click',
  dblclick: 'dblclick',
  fill: 'input',
  select: 'change',
  press: 'key',
  hover: 'hover',
};

/** Where a node stands that is part of written text: the element that holds the text. */
function placeAround({ page, view }: Belief, id: number): Place | undefined {
  const path = pathToId(view.root, id);
  return path
    .toReversed()
    .reduce<Place | undefined>(
      (found, node) => found ?? (node.id === undefined ? undefined : page.pattern.placeOf(view, node.id)),
      undefined,
    );
}

/** What a click inside written text was at, in words. */
function clickedText(step: Step, { view }: Belief): string {
  const node = step.node === undefined ? undefined : pathToId(view.root, step.node).at(-1);
  return node ? textOf(node).trim() : '';
}

/** Where a step's action took place; undefined for actions without an element and for elements that the page model lost. */
function originOf(step: Step, before: Belief): UiOrigin | undefined {
  const event = events[step.action.kind];
  if (!event || step.node === undefined) return undefined;
  const place = before.page.pattern.placeOf(before.view, step.node) ?? placeAround(before, step.node);
  if (!place) return undefined;
  const key = step.action.kind === 'press' ? step.action.value : undefined;
  const { pattern: element, instance } = place;
  const anchor = before.page.shared.common.get(element.anchor) ?? element.anchor;
  return { page: before.page.id, element, anchor, instance, event, ...(key === undefined ? {} : { key }) };
}

const wordings = new WeakMap<ElementPattern, boolean>();

/** True for an element that does not always say the same. */
function saysDifferentThings(element: ElementPattern): boolean {
  let differs = wordings.get(element);
  if (differs === undefined) {
    differs = new Set([...element.nodes.values()].map((node) => textOf(node).trim())).size > 1;
    wordings.set(element, differs);
  }
  return differs;
}

/** What a field holds once an option is chosen: people choose words, fields hold values. */
function chosenValue(label: string, { element, instance }: UiOrigin): string {
  const select = element.nodes.get(instance);
  const option = select && optionLabelled(select, label);
  return option ? optionValue(option) : label;
}

function argsOf(step: Step, origin: UiOrigin, before: Belief): Readonly<Record<string, Value>> {
  const held = before.live.get(keyOf(origin.element, before.rowsOf(origin.instance)));
  if (step.action.kind === 'fill') return { value: step.action.value ?? '' };
  if (step.action.kind === 'select') return { value: chosenValue(step.action.value ?? '', origin) };
  if (origin.event === 'key') return { key: origin.key ?? '', value: held ?? '' };
  if (typeof held === 'boolean') return { checked: !held };
  if (origin.event !== 'click') return {};
  if (holdsText(origin.element)) return { text: clickedText(step, before) };
  return saysDifferentThings(origin.element) ? { text: textOf(origin.element.nodes.get(origin.instance) as DomElement).trim() } : {};
}

interface Focused {
  readonly origin: UiOrigin;
  readonly load: number;
}

function refocus(focused: Focused, before: Belief): UiOrigin | undefined {
  if (before.view.load !== focused.load || before.page.id !== focused.origin.page) return undefined;
  const was = focused.origin.element.nodes.get(focused.origin.instance);
  const here = nodesIn(focused.origin.element, before.view).find(([, node]) => node.id !== undefined && node.id === was?.id);
  return here && { ...focused.origin, instance: here[0], event: 'blur' };
}

export interface CaseInputs {
  readonly belief: (view: Belief['view']) => Belief | undefined;
  /** Path pattern of an address. */
  readonly routeOf: (url: string, method: string) => string;
}

interface Acted {
  readonly step: Step;
  readonly origin: UiOrigin;
  readonly before: Belief;
  readonly after: Belief;
}

function actedOn(session: SessionViews, i: number, inputs: CaseInputs): Acted | undefined {
  const step = session.session.steps[i] as Step;
  const before = inputs.belief(session.before[i] as Belief['view']);
  const after = inputs.belief(session.after[i] as Belief['view']);
  const origin = before && after ? originOf(step, before) : undefined;
  return before && after && origin && { step, origin, before, after };
}

function caseOf(acted: Acted, left: UiOrigin | undefined, routeOf: CaseInputs['routeOf']): Omit<Case, 'evidence' | 'session'> {
  const { step, origin, before } = acted;
  const request = requestOf(step, { origin, before, routeOf });
  // A request knows what it was sent, not the row that sent it.
  const scope = request ? scopeOf(before, null, request.args) : scopeOf(before, origin.instance, argsOf(step, origin, before));
  return { ...acted, scope, ...(request ? { request } : {}), ...(left ? { blurred: left, blurredScope: blurScope(before, left) } : {}) };
}

/** The field that has the focus after an action: the one typed in; a click elsewhere takes it away. */
function focusAfter({ origin, after }: Acted, focused: Focused | null): Focused | null {
  if (origin.event === 'input' || origin.event === 'key') return { origin, load: after.view.load };
  return origin.event === 'click' ? null : focused;
}

/** All occasions of one session on which an element was acted on. */
export function casesOf(session: SessionViews, number: number, inputs: CaseInputs): readonly Case[] {
  const cases: Case[] = [];
  let focused: Focused | null = null;
  for (const i of session.session.steps.keys()) {
    const acted = actedOn(session, i, inputs);
    if (!acted) {
      focused = null;
      continue;
    }
    const lost: UiOrigin | undefined = focused ? refocus(focused, acted.before) : undefined;
    const left = lost && lost.element !== acted.origin.element ? lost : undefined;
    const evidence = { session: session.session.id, step: acted.step.index };
    cases.push({ ...caseOf(acted, left, inputs.routeOf), evidence, session: number });
    focused = focusAfter(acted, focused);
  }
  return cases;
}

function blurScope(before: Belief, origin: UiOrigin): Scope {
  const held = before.live.get(keyOf(origin.element, before.rowsOf(origin.instance)));
  return scopeOf(before, origin.instance, { value: held ?? '' });
}
