import type { DomElement, Explanation, Row, State, World, WorldEvent } from '@backlot/protocol';
import type { Course } from './course.ts';
import { holds, note, withState } from './course.ts';
import type { Scope } from './evaluate.ts';
import { currentUrl } from './evaluate.ts';
import { choose, clickAt, defaultKey, fill, press } from './input.ts';
import { fire, fireUi, follow, goBack, goTo, load } from './navigation.ts';
import type { Rendering } from './render.ts';
import { currentPage, pageScope, render } from './render.ts';
import { resolveAddress } from './route.ts';
import { onTrial } from './trial.ts';
import { pathToKey } from './walk.ts';

function answer(course: Course, event: Extract<WorldEvent, { type: 'dialog' }>): Course {
  const open = course.state.dialog;
  if (!open) return { ...course, refused: 'No dialog is open.' };
  const closed = withState(course, { ...course.state, dialog: null });
  const rule = course.world.rules.find((candidate) => candidate.id === open.rule);
  if (!event.accept || !rule || typeof rule.then === 'string' || !('dialog' in rule.then)) return closed;
  const rows: Record<string, Row> = {};
  for (const rowsOfTable of Object.values(closed.state.tables)) {
    for (const [name, id] of Object.entries(open.bindings)) {
      const row = rowsOfTable.find((candidate) => candidate.id === id);
      if (row) rows[name] = row;
    }
  }
  const innermost = Object.values(rows).at(-1);
  const base = pageScope(closed.world, closed.state, currentPage(closed.world, closed.state));
  const scope: Scope = { ...base, rows, ...(innermost ? { row: innermost } : {}), args: { ...open.args, text: event.text ?? '' } };
  const { accept, then } = rule.then.dialog;
  const fired = fire(closed, { ...rule, do: accept, then }, scope);
  return follow(fired.course, fired.lead);
}

function advance(course: Course, ms: number): Course {
  const until = course.state.clock + Math.max(0, ms);
  let now = course;
  for (let guard = 0; guard < 1000; guard++) {
    const due = now.state.timers.filter((timer) => timer.due <= until).toSorted((a, b) => a.due - b.due)[0];
    if (!due) break;
    const timers = now.state.timers.filter((timer) => timer !== due);
    now = withState(now, { ...now.state, timers, clock: Math.max(now.state.clock, due.due) });
    const rule = now.world.rules.find((r) => 'timer' in r.on && r.on.timer === due.name);
    const scope = pageScope(now.world, now.state, currentPage(now.world, now.state));
    if (rule && holds(rule, scope)) {
      const fired = fire(now, rule, scope);
      now = follow(fired.course, fired.lead);
    }
  }
  return withState(now, { ...now.state, clock: until });
}

type ElementEvent = Extract<WorldEvent, { type: 'click' | 'dblclick' | 'hover' | 'fill' | 'select' | 'check' | 'press' }>;

/** What is to be done at an element, given the way to it. */
type Deed = (course: Course, path: readonly DomElement[]) => Course;

/** The way to an element as the page now is; empty where it is gone, or where a dialog keeps the user from it. */
function stillReached({ world, state }: Course, key: string): readonly DomElement[] {
  return state.dialog ? [] : pathToKey(render(world, state).root, key);
}

const point: Deed = (course, path) => {
  const fired = fireUi(course, { path, event: 'hover' });
  return fired ? follow(fired.course, fired.lead) : course;
};

/** A double click that no rule takes is two clicks, the second where the element still is. */
const clickTwice: Deed = (course, path) => {
  const fired = fireUi(course, { path, event: 'dblclick' });
  if (fired) return follow(fired.course, fired.lead);
  const once = clickAt(course, path);
  const again = stillReached(once, path.at(-1)?.key ?? '');
  const isSamePage = currentPage(once.world, once.state).page === currentPage(course.world, course.state).page;
  return again.length > 0 && isSamePage ? clickAt(once, again) : once;
};

function actOn(course: Course, path: readonly DomElement[], event: ElementEvent): Course {
  switch (event.type) {
    case 'click':
    case 'check':
      return clickAt(course, path);
    case 'dblclick':
      return clickTwice(course, path);
    case 'hover':
      return point(course, path);
    case 'fill':
      return fill(course, path, event.value);
    case 'select':
      return choose(course, path, event.value);
    case 'press':
      return press(course, path, event.name);
  }
}

/** The pointer goes where it clicks: rules for pointing come first, unless it was there already. */
function pointFirst(course: Course, path: readonly DomElement[], event: ElementEvent): Course {
  const away = withState(course, { ...course.state, hover: null });
  const clicks = event.type === 'click' || event.type === 'dblclick' || event.type === 'check';
  const key = path.at(-1)?.key ?? '';
  const pointed = clicks && course.state.hover !== key ? point(away, path) : away;
  if (pointed === away) return actOn(away, path, event);
  const again = stillReached(pointed, key);
  return again.length > 0 ? actOn(pointed, again, event) : note(pointed, 'The element went away when the pointer came to it.');
}

function onElement(course: Course, event: ElementEvent, rendering: Rendering): Course {
  const key = event.type === 'press' ? (event.key ?? course.state.focus ?? undefined) : event.key;
  if (key === undefined) return event.type === 'press' ? defaultKey(course, [rendering.root], event.name) : course;
  const path = pathToKey(rendering.root, key);
  const target = path.at(-1);
  if (!target) return { ...course, refused: `The page shows no element ${key}.` };
  if ('disabled' in target.attrs) return { ...course, refused: `The element ${key} is disabled.` };
  if (event.type === 'hover') return actOn(withState(course, { ...course.state, hover: key }), path, event);
  const isDone = event.type === 'check' && 'checked' in target.attrs === event.checked;
  return isDone ? withState(course, { ...course.state, hover: null }) : pointFirst(course, path, event);
}

function dispatch(course: Course, event: WorldEvent): Course {
  if (course.state.dialog && event.type !== 'dialog') return { ...course, refused: `A dialog waits: "${course.state.dialog.message}".` };
  switch (event.type) {
    case 'goto':
      return goTo(course, resolveAddress(currentUrl(course.state), event.url));
    case 'back':
      return goBack(course, -1);
    case 'forward':
      return goBack(course, 1);
    case 'reload':
      return load(course, currentUrl(course.state), 'replace');
    case 'dialog':
      return answer(course, event);
    case 'advance':
      return advance(course, event.ms);
    default:
      return onElement(course, event, render(course.world, course.state));
  }
}

/** What is no longer shown has no focus any more, and nothing that was typed into it: a field that comes back is a new one. */
function withoutGone(world: World, state: State): State {
  const keys = Object.keys(state.drafts);
  if (state.focus === null && keys.length === 0) return state;
  const { root } = render(world, state);
  const isGone = (key: string): boolean => pathToKey(root, key).length === 0;
  const gone = keys.filter(isGone);
  const isUnfocused = state.focus !== null && isGone(state.focus);
  if (gone.length === 0 && !isUnfocused) return state;
  const drafts = gone.length === 0 ? state.drafts : Object.fromEntries(Object.entries(state.drafts).filter(([key]) => !gone.includes(key)));
  return { ...state, drafts, focus: isUnfocused ? null : state.focus };
}

/** What one event leads to. */
export interface Transition {
  readonly state: State;
  readonly explanation: Explanation;
}

/**
 * Pure: the same world, state and event give the same transition. A refused event (no such element, disabled, a dialog waits)
 * leaves the state as it was and says why in `explanation.refused`.
 */
export function transition(world: World, state: State, event: WorldEvent): Transition {
  const end = dispatch({ world, state, fired: [], certainty: 'certain', notes: [], hops: 8 }, event);
  const said = end.notes.join(' ') || (end.fired.length > 0 ? `Rules ${end.fired.join(', ')}.` : 'The browser’s own behaviour.');
  if (end.refused !== undefined) {
    return { state, explanation: { rules: [], certainty: 'certain', refused: end.refused, note: end.refused } };
  }
  const reached = end.state === state ? state : withoutGone(world, end.state);
  const explanation = { rules: end.fired, certainty: end.certainty, note: said };
  return { state: reached, explanation: onTrial(world, { before: state, event, state: reached, explanation }) };
}
