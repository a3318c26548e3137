import type { Certainty, DomElement, Explanation, Row, Rule, State, Then, UiEvent, Value, World, WorldEvent } from '@backlot/protocol';
import { applyEffects } from './effects.ts';
import type { Scope } from './evaluate.ts';
import { currentUrl, enterLoops, evaluate } from './evaluate.ts';
import { formData, isBox, isFocusable, isSubmitter, isTextField, labelledControl, toQuery } from './forms.ts';
import { toBoolean, toText } from './functions.ts';
import { indexOf, uiRuleKey } from './page-index.ts';
import type { Rendering } from './render.ts';
import { anchorOf, currentPage, pageScope, render } from './render.ts';
import { isOutside, isSameDocument, matchPath, matchQuery, parseAddress, resolveAddress } from './route.ts';
import { forgetPage } from './state.ts';
import { findAll, findElement, pathToKey } from './walk.ts';

/** A state on its way through one event, with what has been found out about it. */
interface Course {
  readonly world: World;
  readonly state: State;
  readonly fired: readonly string[];
  readonly certainty: Certainty;
  readonly notes: readonly string[];
  readonly refused?: string;
  /** Redirects still allowed: a learned loop ends here. */
  readonly hops: number;
}

const worse = (a: Certainty, b: Certainty): Certainty => (a === 'unseen' || b === 'unseen' ? 'unseen' : a === 'ambiguous' ? a : b);

function note(course: Course, text: string, certainty: Certainty = course.certainty): Course {
  return { ...course, notes: [...course.notes, text], certainty: worse(course.certainty, certainty) };
}

function withState(course: Course, state: State): Course {
  return { ...course, state };
}

/** What can be seen from an element: the rows around it, and the event's arguments. */
function scopeAt(course: Course, key: string, args: Readonly<Record<string, Value>>): Scope {
  const at = currentPage(course.world, course.state);
  const [anchor, ...ids] = key.split(':');
  const loops = at.page ? (indexOf(course.world).anchors.get(at.page.id)?.get(anchor as string)?.loops ?? []) : [];
  return enterLoops(loops, ids, { ...pageScope(course.world, course.state, at), args });
}

const holds = (rule: Rule, scope: Scope): boolean => !rule.when || toBoolean(evaluate(rule.when, scope));

interface Lead {
  readonly then: Then;
  readonly scope: Scope;
  readonly rule: Rule;
}

function fire(course: Course, rule: Rule, scope: Scope): { course: Course; lead: Lead } {
  const page = currentPage(course.world, course.state).page?.id;
  const outcome = applyEffects(rule.do, scope, { world: course.world, page });
  let next: Course = { ...course, state: outcome.state, fired: [...course.fired, rule.id], certainty: worse(course.certainty, rule.certainty) };
  for (const request of outcome.emitted) next = send(next, request.method, request.url, request.form);
  return { course: next, lead: { then: rule.then, scope, rule } };
}

interface UiOccasion {
  readonly path: readonly DomElement[];
  readonly event: UiEvent;
  readonly args?: Readonly<Record<string, Value>>;
}

/** Lets the event bubble from its element to the root; the first element with a rule that holds takes it. Null: none did. */
function fireUi(course: Course, occasion: UiOccasion): { course: Course; lead: Lead } | null {
  const page = currentPage(course.world, course.state).page;
  if (!page) return null;
  const args = occasion.args ?? {};
  for (const element of occasion.path.toReversed()) {
    if (element.key === undefined) continue;
    const rules = indexOf(course.world).uiRules.get(uiRuleKey(page.id, anchorOf(element.key), occasion.event)) ?? [];
    const scope = scopeAt(course, element.key, args);
    for (const rule of rules) {
      const key = 'ui' in rule.on ? rule.on.ui.key : undefined;
      if ((key === undefined || key === args['key']) && holds(rule, scope)) return fire(course, rule, scope);
    }
  }
  return null;
}

function follow(course: Course, lead: Lead): Course {
  const { then, scope, rule } = lead;
  if (then === 'default' || then === 'stay') return course;
  if (then === 'back') return goBack(course, -1);
  if (then === 'redirectBack') return load(course, currentUrl(course.state), 'replace');
  if ('go' in then) return travel(course, toText(evaluate(then.go, scope)), then.soft === true);
  const { type, message } = then.dialog;
  const bindings = Object.fromEntries(Object.entries(scope.rows).map(([name, row]) => [name, row.id]));
  const dialog = { type, message: toText(evaluate(message, scope)), rule: rule.id, bindings, args: scope.args };
  return withState(course, { ...course.state, dialog });
}

function push(state: State, url: string, mode: 'push' | 'replace'): State {
  const { entries, index } = state.history;
  const kept = entries.slice(0, mode === 'push' ? index + 1 : index);
  return { ...state, history: { entries: [...kept, url], index: kept.length } };
}

function settlePage(course: Course): Course {
  const at = currentPage(course.world, course.state);
  if (!at.page) return note(course, `No page was learned for the address ${currentUrl(course.state)}.`, 'unseen');
  const rules = indexOf(course.world).openRules.get(at.page.id) ?? [];
  const scope = pageScope(course.world, course.state, at);
  const rule = rules.find((candidate) => holds(candidate, scope));
  if (!rule) return course;
  const fired = fire(course, rule, scope);
  return follow(fired.course, fired.lead);
}

function load(course: Course, url: string, mode: 'push' | 'replace'): Course {
  if (course.hops <= 0) return note(course, `The address ${url} redirects for ever.`, 'unseen');
  const state = push(forgetPage(course.world, course.state), url, mode);
  return settlePage({ ...course, state, hops: course.hops - 1 });
}

function travel(course: Course, href: string, soft = false): Course {
  const from = currentUrl(course.state);
  const url = resolveAddress(from, href);
  if (isOutside(url)) return note(course, `The address ${url} is outside the world.`);
  if (soft || isSameDocument(from, url)) {
    return url === from ? course : settlePage(withState(course, push(course.state, url, 'push')));
  }
  return send(course, 'GET', url, {});
}

function requestRule(course: Course, method: string, url: string, scope: Scope): { rule: Rule; scope: Scope } | null {
  const address = parseAddress(url);
  for (const rule of indexOf(course.world).requestRules) {
    if (!('request' in rule.on) || rule.on.request.method !== method || !matchQuery(rule.on.request.query, address.query)) continue;
    const params = matchPath(rule.on.request.route, address.path);
    if (!params) continue;
    const bound = { ...scope, args: { ...address.query, ...params, ...scope.args } };
    if (holds(rule, bound)) return { rule, scope: bound };
  }
  return null;
}

function send(course: Course, method: string, href: string, form: Readonly<Record<string, Value>>): Course {
  const url = resolveAddress(currentUrl(course.state), href);
  const at = currentPage(course.world, course.state);
  const found = requestRule(course, method, url, { ...pageScope(course.world, course.state, at), args: form });
  if (found) {
    const fired = fire(course, found.rule, found.scope);
    return fired.lead.then === 'default' ? load(fired.course, url, 'push') : follow(fired.course, fired.lead);
  }
  const next = load(course, url, url === currentUrl(course.state) ? 'replace' : 'push');
  return method === 'GET' ? next : note(next, `No rule was learned for ${method} ${url}.`, 'unseen');
}

function goBack(course: Course, by: -1 | 1): Course {
  const { entries, index } = course.state.history;
  const to = entries[index + by];
  if (to === undefined) return course;
  const moved = { ...course.state, history: { entries, index: index + by } };
  const soft = isSameDocument(entries[index] ?? '', to) || (entries[index] ?? '').split('#')[0] === to.split('#')[0];
  return settlePage(withState(course, soft ? moved : forgetPage(course.world, moved)));
}

function submit(course: Course, path: readonly DomElement[], submitter?: DomElement): Course {
  const form = path.findLast((element) => element.tag === 'form');
  if (!form) return course;
  const data = formData(form, submitter);
  const upTo = path.slice(0, path.indexOf(form) + 1);
  const fired = fireUi(course, { path: upTo, event: 'submit', args: data });
  if (fired && fired.lead.then !== 'default') return follow(fired.course, fired.lead);
  const method = (submitter?.attrs['formmethod'] ?? form.attrs['method'] ?? 'get').toUpperCase();
  const action = submitter?.attrs['formaction'] ?? form.attrs['action'] ?? '';
  const after = fired?.course ?? course;
  if (method !== 'GET') return send(after, method, action, data);
  return send(after, 'GET', `${action.split(/[?#]/)[0]}?${toQuery(data)}`, data);
}

const freshPath = (course: Course, key: string): readonly DomElement[] => pathToKey(render(course.world, course.state).root, key);

/** Moves the focus; the field that loses it hears `change` (if it was edited) and `blur`. */
function moveFocus(course: Course, to: string | null): Course {
  const from = course.state.focus;
  if (from === to) return course;
  let next = withState(course, { ...course.state, focus: to });
  if (from !== null) {
    const path = freshPath(course, from);
    const value = course.state.drafts[from];
    const args = { value: value ?? path.at(-1)?.attrs['value'] ?? '' };
    const fired = path.length > 0 ? (fireUi(next, { path, event: 'blur', args }) ?? fireUi(next, { path, event: 'change', args })) : null;
    if (fired) next = follow(fired.course, fired.lead);
  }
  return next;
}

function toggle(course: Course, path: readonly DomElement[]): Course {
  const box = path.at(-1) as DomElement;
  const key = box.key as string;
  const radio = box.attrs['type'] === 'radio';
  const checked = radio ? true : !('checked' in box.attrs);
  const drafts: Record<string, string | boolean> = { ...course.state.drafts, [key]: checked };
  if (radio) {
    const root = path[0] as DomElement;
    for (const peer of findAll(root, (e) => isBox(e) && e.attrs['type'] === 'radio' && e.attrs['name'] === box.attrs['name'])) {
      if (peer.key !== undefined && peer.key !== key) drafts[peer.key] = false;
    }
  }
  return withState(course, { ...course.state, drafts });
}

/** What a click does where no rule prevents it. */
function defaultClick(course: Course, path: readonly DomElement[]): Course {
  const at = path.findLastIndex((e) => isBox(e) || isSubmitter(e) || (e.tag === 'a' && 'href' in e.attrs) || e.tag === 'label' || e.tag === 'summary');
  const element = path[at];
  if (!element) return note(course, 'Nothing was learned of a click here; nothing changes.', 'unseen');
  const upTo = path.slice(0, at + 1);
  if (isSubmitter(element)) return submit(course, upTo, element);
  if (element.tag === 'a') return travel(course, element.attrs['href'] ?? '');
  if (element.tag === 'label') {
    const control = labelledControl(path[0] as DomElement, element);
    return control?.key !== undefined && !path.includes(control) ? click(course, freshPath(course, control.key)) : course;
  }
  return course;
}

function click(course: Course, path: readonly DomElement[]): Course {
  const target = path.at(-1) as DomElement;
  const box = isBox(target);
  const checked = !('checked' in target.attrs);
  const occasion: UiOccasion = { path, event: 'click', args: box ? { checked } : {} };
  const fired = fireUi(course, occasion) ?? (box ? fireUi(course, { ...occasion, event: 'change' }) : null);
  if (!fired) return box ? toggle(course, path) : defaultClick(course, path);
  return fired.lead.then === 'default' ? defaultClick(fired.course, path) : follow(fired.course, fired.lead);
}

function clickAt(course: Course, path: readonly DomElement[]): Course {
  const focusable = path.findLast(isFocusable);
  const moved = moveFocus(course, focusable?.key ?? null);
  const key = path.at(-1)?.key as string;
  const now = freshPath(moved, key);
  return now.length === 0 ? note(moved, 'The element went away before the click reached it.') : click(moved, now);
}

function fill(course: Course, path: readonly DomElement[], value: string): Course {
  const field = path.at(-1) as DomElement;
  if (!isTextField(field) && !('contenteditable' in field.attrs)) return { ...course, refused: `<${field.tag}> takes no text.` };
  const key = field.key as string;
  const focused = moveFocus(course, key);
  const typed = withState(focused, { ...focused.state, drafts: { ...focused.state.drafts, [key]: value } });
  const fired = fireUi(typed, { path, event: 'input', args: { value } });
  return fired ? follow(fired.course, fired.lead) : typed;
}

function choose(course: Course, path: readonly DomElement[], value: string): Course {
  const field = path.at(-1) as DomElement;
  if (field.tag !== 'select') return { ...course, refused: `<${field.tag}> has no options.` };
  const key = field.key as string;
  const focused = moveFocus(course, key);
  const chosen = withState(focused, { ...focused.state, drafts: { ...focused.state.drafts, [key]: value } });
  const fired = fireUi(chosen, { path, event: 'change', args: { value } });
  return fired ? follow(fired.course, fired.lead) : chosen;
}

function tabStop(course: Course, from: string | null): string | null {
  const stops = findAll(render(course.world, course.state).root, (e) => isFocusable(e) && e.attrs['tabindex'] !== '-1' && e.attrs['type'] !== 'hidden');
  const at = stops.findIndex((e) => e.key === from);
  return stops[at + 1]?.key ?? null;
}

function defaultKey(course: Course, path: readonly DomElement[], name: string): Course {
  const target = path.at(-1) as DomElement;
  if (name === 'Tab') return moveFocus(course, tabStop(course, course.state.focus));
  if (name === ' ' || name === 'Space') return isBox(target) || target.tag === 'button' ? click(course, path) : course;
  if (name !== 'Enter') return course;
  if (isTextField(target) && target.tag !== 'textarea') {
    const changed = fireUi(course, { path, event: 'change', args: { value: target.attrs['value'] ?? '' } });
    if (changed) return follow(changed.course, changed.lead);
    const form = path.findLast((element) => element.tag === 'form');
    return form ? submit(course, path, findElement(form, isSubmitter)) : note(course, 'Nothing was learned of Enter here.', 'unseen');
  }
  return isBox(target) ? course : click(course, path);
}

function press(course: Course, path: readonly DomElement[], name: string): Course {
  const target = path.at(-1) as DomElement;
  const focused = target.key !== undefined && isFocusable(target) ? moveFocus(course, target.key) : course;
  const args = { key: name, value: target.attrs['value'] ?? '' };
  const fired = fireUi(focused, { path, event: 'key', args });
  if (!fired) return defaultKey(focused, path, name);
  return fired.lead.then === 'default' ? defaultKey(fired.course, path, name) : follow(fired.course, fired.lead);
}

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

function actOn(course: Course, path: readonly DomElement[], event: ElementEvent): Course {
  switch (event.type) {
    case 'click':
      return clickAt(course, path);
    case 'dblclick': {
      const fired = fireUi(course, { path, event: 'dblclick' });
      return fired ? follow(fired.course, fired.lead) : note(course, 'Nothing was learned of a double click here.', 'unseen');
    }
    case 'hover': {
      const fired = fireUi(course, { path, event: 'hover' });
      return fired ? follow(fired.course, fired.lead) : course;
    }
    case 'fill':
      return fill(course, path, event.value);
    case 'select':
      return choose(course, path, event.value);
    case 'check':
      return 'checked' in (path.at(-1) as DomElement).attrs === event.checked ? course : clickAt(course, path);
    case 'press':
      return press(course, path, event.name);
  }
}

function onElement(course: Course, event: ElementEvent, rendering: Rendering): Course {
  const key = event.type === 'press' ? (event.key ?? course.state.focus ?? undefined) : event.key;
  if (key === undefined) return event.type === 'press' ? defaultKey(course, [rendering.root], event.name) : course;
  const path = pathToKey(rendering.root, key);
  const target = path.at(-1);
  if (!target) return { ...course, refused: `The page shows no element ${key}.` };
  if ('disabled' in target.attrs) return { ...course, refused: `The element ${key} is disabled.` };
  const hover = event.type === 'hover' ? key : null;
  return actOn(withState(course, { ...course.state, hover }), path, event);
}

function dispatch(course: Course, event: WorldEvent): Course {
  if (course.state.dialog && event.type !== 'dialog') return { ...course, refused: `A dialog waits: "${course.state.dialog.message}".` };
  switch (event.type) {
    case 'goto':
      return send(course, 'GET', event.url, {});
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
  return { state: end.state, explanation: { rules: end.fired, certainty: end.certainty, note: said } };
}
