import type { DomElement, Rule, State, Then, UiEvent, Value } from '@backlot/protocol';
import type { Course } from './course.ts';
import { holds, note, scopeAt, withState, worse } from './course.ts';
import { applyEffects } from './effects.ts';
import type { Scope } from './evaluate.ts';
import { currentUrl, evaluate } from './evaluate.ts';
import { formData, toQuery } from './forms.ts';
import { toText } from './functions.ts';
import { indexOf, matchingPages, uiRuleKey } from './page-index.ts';
import { anchorOf, currentPage, pageScope } from './render.ts';
import { isOutside, isSameDocument, matchPath, matchQuery, parseAddress, resolveAddress, withoutHash } from './route.ts';
import { forgetPage } from './state.ts';

/** Where a rule that fired leads, with what it saw. */
export interface Lead {
  readonly then: Then;
  readonly scope: Scope;
  readonly rule: Rule;
}

export function fire(course: Course, rule: Rule, scope: Scope): { course: Course; lead: Lead } {
  const page = currentPage(course.world, course.state).page?.id;
  const outcome = applyEffects(rule.do, scope, { world: course.world, page });
  let next: Course = {
    ...course,
    state: outcome.state,
    fired: [...course.fired, rule.id],
    certainty: worse(course.certainty, rule.certainty),
  };
  for (const request of outcome.emitted) next = send(next, request);
  return { course: next, lead: { then: rule.then, scope, rule } };
}

/** An event on its way up from an element. */
export interface UiOccasion {
  readonly path: readonly DomElement[];
  readonly event: UiEvent;
  readonly args?: Readonly<Record<string, Value>>;
}

/** Lets the event bubble from its element to the root; the first element with a rule that holds takes it. Null: none did. */
export function fireUi(course: Course, occasion: UiOccasion): { course: Course; lead: Lead } | null {
  const page = currentPage(course.world, course.state).page;
  if (!page) return null;
  const ofEvent = indexOf(course.world).uiRules.get(uiRuleKey(page.id, occasion.event));
  if (ofEvent === undefined) return null;
  const args = occasion.args ?? {};
  for (const element of occasion.path.toReversed()) {
    if (element.key === undefined) continue;
    const rules = ofEvent.get(anchorOf(element.key));
    if (rules === undefined) continue;
    const scope = scopeAt(course, element.key, args);
    for (const rule of rules) {
      const key = 'ui' in rule.on ? rule.on.ui.key : undefined;
      if ((key === undefined || key === args['key']) && holds(rule, scope)) return fire(course, rule, scope);
    }
  }
  return null;
}

export function follow(course: Course, lead: Lead): Course {
  const { then, scope, rule } = lead;
  if (then === 'default' || then === 'stay') return course;
  if (then === 'back') return goBack(course, -1);
  if (then === 'redirectBack') return load(course, currentUrl(course.state), 'replace');
  if ('go' in then)
    return then.soft === true ? travel(course, toText(evaluate(then.go, scope)), true) : arrive(course, toText(evaluate(then.go, scope)));
  const { type, message } = then.dialog;
  const bindings = Object.fromEntries(Object.entries(scope.rows).map(([name, row]) => [name, row.id]));
  const dialog = { type, message: toText(evaluate(message, scope)), rule: rule.id, bindings, args: scope.args };
  return withState(course, { ...course.state, dialog });
}

/** Opens the address that a rule leads to: what was learned of it is where the way ended, so no other request is made. */
function arrive(course: Course, href: string, mode: 'push' | 'replace' = 'push'): Course {
  const from = currentUrl(course.state);
  const url = resolveAddress(from, href);
  if (isOutside(url)) return note(course, `The address ${url} is outside the world.`);
  return load(course, url, withoutHash(url) === withoutHash(from) ? 'replace' : mode);
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
  const { then } = fired.lead;
  // A page that leads on by itself leaves no trace in the history.
  const isLedOn = typeof then === 'object' && 'go' in then && then.soft !== true;
  return isLedOn ? arrive(fired.course, toText(evaluate(then.go, scope)), 'replace') : follow(fired.course, fired.lead);
}

/** A document to show. */
interface Document {
  readonly url: string;
  readonly mode: 'push' | 'replace';
  /** Fields that a form sent for it. */
  readonly posted?: Readonly<Record<string, string>>;
}

function show(course: Course, { url, mode, posted }: Document): Course {
  if (course.hops <= 0) return note(course, `The address ${url} redirects for ever.`, 'unseen');
  if (matchingPages(course.world, url, posted).length === 0)
    return note(course, `No page was learned for the address ${url}; nothing changes.`, 'unseen');
  const state = push(forgetPage(course.world, course.state), url, mode);
  return settlePage({ ...course, state: posted ? { ...state, posted } : state, hops: course.hops - 1 });
}

export const load = (course: Course, url: string, mode: 'push' | 'replace'): Course => show(course, { url, mode });

/** Shows what answers a request at its own address. */
function answer(course: Course, { method, url, form = {} }: Request, mode: 'push' | 'replace'): Course {
  const posted = Object.fromEntries(Object.entries(form).map(([name, value]) => [name, toText(value)]));
  return show(course, { url, mode, ...(method === 'GET' ? {} : { posted }) });
}

export function travel(course: Course, href: string, soft = false): Course {
  const from = currentUrl(course.state);
  const url = resolveAddress(from, href);
  if (isOutside(url)) return note(course, `The address ${url} is outside the world.`);
  if (soft || isSameDocument(from, url)) {
    return url === from ? course : settlePage(withState(course, push(course.state, url, 'push')));
  }
  return send(course, { method: 'GET', url });
}

/** Goes to a typed address, learned or not: in a browser nothing keeps it from standing there. */
export function goTo(course: Course, url: string): Course {
  const from = currentUrl(course.state);
  if (isOutside(url) || isSameDocument(from, url)) return travel(course, url);
  const next = send(course, { method: 'GET', url });
  if (next.state !== course.state || matchingPages(course.world, url).length > 0) return next;
  const there = push(forgetPage(course.world, course.state), url, url === from ? 'replace' : 'push');
  return note(withState(course, there), `No page was learned for the address ${url}.`, 'unseen');
}

/** A request of the page; its address may be relative to the current one. */
interface Request {
  readonly method: string;
  readonly url: string;
  readonly form?: Readonly<Record<string, Value>>;
}

function requestRule(course: Course, { method, url, form = {} }: Request): { rule: Rule; scope: Scope } | null {
  const address = parseAddress(url);
  const said = { ...address.query, ...Object.fromEntries(Object.entries(form).map(([name, value]) => [name, toText(value)])) };
  const scope = pageScope(course.world, course.state, currentPage(course.world, course.state));
  for (const rule of indexOf(course.world).requestRules) {
    if (!('request' in rule.on) || rule.on.request.method !== method || !matchQuery(rule.on.request.query, said)) continue;
    const params = matchPath(rule.on.request.route, address.path);
    if (!params) continue;
    const bound = { ...scope, args: { ...address.query, ...params, ...form } };
    if (holds(rule, bound)) return { rule, scope: bound };
  }
  return null;
}

/** Carries out a request: by the rule learned for it, else as the browser does, which opens its address. */
function send(course: Course, request: Request): Course {
  const { method } = request;
  const url = resolveAddress(currentUrl(course.state), request.url);
  const found = requestRule(course, { ...request, url });
  if (found) {
    const fired = fire(course, found.rule, found.scope);
    return fired.lead.then === 'default' ? answer(fired.course, { ...request, url }, 'push') : follow(fired.course, fired.lead);
  }
  const next = answer(course, { ...request, url }, url === currentUrl(course.state) ? 'replace' : 'push');
  return method === 'GET' ? next : note(next, `No rule was learned for ${method} ${url}.`, 'unseen');
}

export function goBack(course: Course, by: -1 | 1): Course {
  const { entries, index } = course.state.history;
  const to = entries[index + by];
  if (to === undefined) return course;
  const moved = { ...course.state, history: { entries, index: index + by } };
  const soft = isSameDocument(entries[index] ?? '', to) || withoutHash(entries[index] ?? '') === withoutHash(to);
  return settlePage(withState(course, soft ? moved : forgetPage(course.world, moved)));
}

export function submit(course: Course, path: readonly DomElement[], submitter?: DomElement): Course {
  const form = path.findLast((element) => element.tag === 'form');
  if (!form) return course;
  const data = formData(form, submitter);
  const upTo = path.slice(0, path.indexOf(form) + 1);
  const fired = fireUi(course, { path: upTo, event: 'submit', args: data });
  if (fired && fired.lead.then !== 'default') return follow(fired.course, fired.lead);
  const method = (submitter?.attrs['formmethod'] ?? form.attrs['method'] ?? 'get').toUpperCase();
  const action = submitter?.attrs['formaction'] ?? form.attrs['action'] ?? '';
  const after = fired?.course ?? course;
  if (method !== 'GET') return send(after, { method, url: action, form: data });
  return send(after, { method, url: `${action.split(/[?#]/)[0]}?${toQuery(data)}`, form: data });
}
