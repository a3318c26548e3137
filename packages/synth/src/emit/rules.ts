import type { DomElement, Effect, Expr, Rule, Then } from '@backlot/protocol';
import { isBox, isSubmitter, withoutHash } from '@backlot/world';
import type { Explained } from '../explain/site-holes.ts';
import type { Occasion } from '../rules/terms.ts';
import type { Outcome } from '../rules/decide.ts';
import type { SignIn } from '../rules/sign-in.ts';
import type { PageModel } from '../pages/page-model.ts';
import type { TableModel } from '../state/tables.ts';
import { draftEffects } from '../rules/drafts.ts';
import { wrongPassword } from './credentials.ts';
import { signInRules } from './sign-in.ts';
import { pathTerm } from './path-term.ts';
import type { View } from '../views.ts';
import { visitRules } from './visits.ts';
import { addressArgument, linkTarget } from '../rules/leads.ts';
import type { LearnedAction, LearnedActions } from '../rules/learn.ts';
import { holdsText } from '../template/document-parts.ts';
import { maxEvidence } from './max-evidence.ts';

/** A script leads to an address, in the document that is there or to another. */
function ledTo(to: Expr, { explained }: Outcome): Then {
  const soft = explained.filter(({ of }) => of.before.view.load === of.after.view.load).length * 2 > explained.length;
  return { go: to, ...(soft ? { soft: true } : {}) };
}

/** Where an outcome leads: the browser's own way where that explains the address, else the address seen. */
function thenOf(outcome: Outcome): Then | null {
  if (outcome.to) return ledTo(outcome.to, outcome);
  const moved = outcome.explained.filter(
    ({ of }) => of.before.view.url !== of.after.view.url && of.before.view.load === of.after.view.load,
  );
  const loaded = outcome.explained.filter(({ of }) => of.before.view.load !== of.after.view.load);
  if (loaded.length * 2 > outcome.explained.length) return 'default';
  if (moved.length * 2 <= outcome.explained.length - loaded.length)
    return outcome.explained.some((occasion) => linkTarget(occasion) !== null) ? 'default' : 'stay';
  if (moved.every((occasion) => linkTarget(occasion) === occasion.of.after.view.url)) return 'default';
  const urls = new Set(moved.map(({ of }) => of.after.view.url));
  return urls.size === 1 ? { go: { lit: [...urls][0] as string }, soft: true } : null;
}

/** True for what would lead away if nothing kept it from doing so: a link, a button that sends a form. */
function leads({ occasions }: LearnedAction): boolean {
  return occasions.some(({ of: { origin } }) => {
    const node = origin.element.nodes.get(origin.instance);
    return node !== undefined && ((node.tag === 'a' && 'href' in node.attrs) || isSubmitter(node));
  });
}

/** What the browser does by itself needs no rule. */
function isPlain(action: LearnedAction, effects: readonly Effect[], then: Then | null): boolean {
  if (effects.length > 0) return false;
  if (action.event === 'input' || action.event === 'hover') return true;
  if (then === 'stay' && !leads(action)) return true;
  return then === 'default' || then === null;
}

/** A row is added from typed text: blank text was never seen to add one, and applications refuse it. */
function blankGuard(effects: readonly Effect[], outcome: Outcome): Expr | null {
  if (outcome.when) return null;
  const inserts = effects.filter((effect) => 'insert' in effect);
  for (const insert of inserts) {
    for (const expr of Object.values(insert.row)) {
      if ('fn' in expr && expr.fn === 'trim') return { fn: 'isBlank', args: expr.args };
    }
  }
  return null;
}

function evidenceOf(occasions: readonly Occasion[]): Rule['evidence'] {
  return occasions.slice(0, maxEvidence).map((occasion) => occasion.of.evidence);
}

/** What stands before and after a text in an address, however the application encodes it. */
function frameOf(url: string, text: string): string | null {
  for (const spelled of [encodeURIComponent(text), text]) {
    const at = spelled === '' ? -1 : url.indexOf(spelled);
    if (at >= 0) return JSON.stringify([url.slice(0, at), url.slice(at + spelled.length)]);
  }
  return null;
}

/** An address in which an argument of the request stands: `/list?tag=` + tag. Null where no argument explains all answers. */
function addressTerm(outcome: Outcome): Expr | null {
  const names = Object.keys(outcome.explained[0]?.scope.args ?? {}).sort();
  for (const name of names) {
    const frames = outcome.explained.map(({ of, scope }) => frameOf(withoutHash(of.after.view.url), String(scope.args[name] ?? '')));
    if (frames[0] === null || frames[0] === undefined || frames.some((frame) => frame !== frames[0])) continue;
    const [before, after] = JSON.parse(frames[0]) as [string, string];
    return { fn: 'concat', args: [{ lit: before }, { fn: 'encode', args: [{ arg: name }] }, { lit: after }] };
  }
  return null;
}

/** Where the answer to a request leads: the address asked for, back to the page before, or the address that most answers led to. */
function leadOf(outcome: Outcome, tables: readonly TableModel[]): Then {
  const total = outcome.explained.length;
  const most = (test: (occasion: Occasion) => boolean): boolean => outcome.explained.filter(test).length * 2 > total;
  if (most(({ of }) => withoutHash(of.after.view.url) === withoutHash(of.request?.url ?? ''))) return 'default';
  const named = outcome.explained.map(({ of, scope }) => addressArgument(scope.args, of.after.view.url));
  if (named[0] && named.every((name) => name === named[0])) return { go: { fn: 'localAddress', args: [{ arg: named[0] }] } };
  const counts = new Map<string, number>();
  for (const { of } of outcome.explained) counts.set(withoutHash(of.after.view.url), (counts.get(withoutHash(of.after.view.url)) ?? 0) + 1);
  const [url, count] = [...counts].sort((a, b) => b[1] - a[1])[0] as [string, number];
  const term = addressTerm(outcome) ?? pathTerm(outcome, tables);
  if (term && count < total) return { go: term };
  const back = outcome.explained.filter(({ of }) => withoutHash(of.after.view.url) === withoutHash(of.before.view.url)).length;
  return back >= count ? 'redirectBack' : { go: { lit: url } };
}

interface Refused {
  readonly action: LearnedAction;
  readonly when: Expr;
  readonly id: string;
}

/** Sends a wrong password back to where it was given: what is told there was never seen. */
function refusal({ action, when, id }: Refused): Rule {
  return {
    id,
    on: { request: action.request as NonNullable<LearnedAction['request']> },
    when,
    do: [],
    then: 'redirectBack',
    evidence: evidenceOf(action.occasions),
    certainty: 'ambiguous',
    probability: 1,
    alternatives: ['Any password passes: record an attempt with a wrong one to decide, and to see what it is told.'],
  };
}

function requestRules(action: LearnedAction, request: NonNullable<LearnedAction['request']>, number: () => number): readonly Rule[] {
  const wrong = wrongPassword(action);
  const refused = wrong ? [refusal({ action, when: wrong, id: `r${number()}` })] : [];
  const learned = action.decision.outcomes.flatMap((outcome): Rule[] => {
    const then = leadOf(outcome, action.tables);
    const isPlain = then === 'default' && outcome.effects.length === 0 && action.decision.outcomes.length === 1;
    // A kind of request that does nothing must not be taken for another of its address.
    if (isPlain && !request.query) return [];
    return [
      {
        id: `r${number()}`,
        on: { request },
        ...(outcome.when ? { when: outcome.when } : {}),
        do: outcome.effects,
        then,
        evidence: evidenceOf(outcome.explained),
        certainty: outcome.explained.length >= 2 ? 'certain' : 'ambiguous',
        probability: outcome.explained.length / Math.max(1, action.occasions.length - othersOf(action, outcome)),
      },
    ];
  });
  return [...refused, ...learned];
}

/** More things than this in written text are a choice rather than controls of the page. */
const mostControls = 8;

/** True for what was done in written text. */
const isInText = ([first]: LearnedAction['occasions']): boolean => first !== undefined && holdsText(first.of.origin.element);

/** In written text an action belongs to the words that it was taken at, if they come back: what else stands there are links and the like. */
function atWords({ event, occasions }: LearnedAction, when: Expr | undefined): Expr | undefined {
  if (event !== 'click' || !isInText(occasions)) return when;
  const words = [...new Set(occasions.map(({ scope }) => scope.args['text'] ?? ''))];
  if (words.length > mostControls || (words.length > 1 && words.length * 2 > occasions.length)) return when;
  const tests = words.map((word): Expr => ({ fn: 'eq', args: [{ arg: 'text' }, { lit: word }] }));
  const isThere = tests.reduce((a, b): Expr => ({ fn: 'or', args: [a, b] }));
  return when ? { fn: 'and', args: [isThere, when] } : isThere;
}

/** An element of a page at which an action takes place, with the page's own names for what it shares with others. */
interface Site {
  readonly page: string;
  readonly anchor: string;
  readonly own: ReadonlyMap<string, string>;
}

/** The pages that have the element of an action. */
function sitesOf({ page, anchor, occasions }: LearnedAction, pages: readonly PageModel[]): readonly Site[] {
  const isWritten = isInText(occasions);
  const sites = pages.flatMap(({ id, shared: { own }, pattern }): Site[] => {
    const here = own.get(anchor);
    const element = pattern.elements.get(here ?? '');
    const isOther = isWritten && !(element && holdsText(element));
    return here === undefined || isOther ? [] : [{ page: id, anchor: here, own }];
  });
  if (sites.length > 0) return sites;
  return [{ page, anchor, own: pages.find(({ id }) => id === page)?.shared.own ?? new Map<string, string>() }];
}

/** Anchors of fields as a page calls them. */
function inPage<T>(part: T, own: Site['own']): T {
  const visit = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(visit);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([name, inner]) => [
        name,
        (name === 'field' || name === 'draft' || name === 'focus') && typeof inner === 'string' ? (own.get(inner) ?? inner) : visit(inner),
      ]),
    );
  };
  return visit(part) as T;
}

/** True for a box that no rule ticks: nothing tells whether it is ticked but what was done to it. */
function ticksItself({ page, occasions }: LearnedAction, { pages, explained }: RuleInputs): boolean {
  const element = occasions[0]?.of.origin.element;
  if (!element || !isBox([...element.nodes.values()][0] as DomElement)) return false;
  const holes = pages.find(({ id }) => id === page)?.holes.filter(({ pattern, name }) => pattern === element && name === 'checked') ?? [];
  return holes.every((hole) => 'lit' in (explained.exprs.get(hole) ?? { lit: false }));
}

interface End {
  readonly outcome: Outcome;
  readonly effects: readonly Effect[];
  readonly then: Then | null;
}

function rulesOf(action: LearnedAction, inputs: RuleInputs, number: () => number): readonly Rule[] {
  if (action.request) return requestRules(action, action.request, number);
  const staying = ticksItself(action, inputs) ? 'default' : 'stay';
  const ends = action.decision.outcomes.map((outcome): End => {
    const then = thenOf(outcome);
    return {
      outcome,
      effects: [...outcome.effects, ...draftEffects(outcome.explained, inputs.explained)],
      then: then === 'stay' ? staying : then,
    };
  });
  if (ends.every(({ effects, then }) => isPlain(action, effects, then))) return [];
  return sitesOf(action, inputs.pages).flatMap((site) => rulesAt(site, { action, ends }, number));
}

interface Learned {
  readonly action: LearnedAction;
  readonly ends: readonly End[];
}

function rulesAt(site: Site, { action, ends }: Learned, number: () => number): readonly Rule[] {
  const total = action.occasions.length;
  const key = action.key === undefined ? {} : { key: action.key };
  const on: Rule['on'] = { ui: { page: site.page, anchor: site.anchor, event: action.event, ...key } };
  const rules: Rule[] = [];
  for (const { outcome, effects, then } of ends) {
    const base = { on, evidence: evidenceOf(outcome.explained), then: inPage(then ?? ('default' as const), site.own) };
    const blank = blankGuard(effects, outcome);
    if (blank) {
      const alternatives = ['Blank text adds a row like any other: record the action with an empty field to decide.'];
      const when = inPage(blank, site.own);
      rules.push({ ...base, id: `r${number()}`, when, do: [], then: 'stay', certainty: 'ambiguous', probability: 1, alternatives });
    }
    const when = atWords(action, outcome.when);
    rules.push({
      ...base,
      id: `r${number()}`,
      ...(when ? { when: inPage(when, site.own) } : {}),
      do: inPage(effects, site.own),
      certainty: outcome.explained.length >= 2 ? 'certain' : 'ambiguous',
      probability: total === 0 ? 1 : Math.min(1, outcome.explained.length / Math.max(1, total - othersOf(action, outcome))),
    });
  }
  return rules;
}

function othersOf(action: LearnedAction, outcome: Outcome): number {
  return action.decision.outcomes.filter((other) => other !== outcome).reduce((sum, other) => sum + other.explained.length, 0);
}

/** What rules are written from besides the actions. */
export interface RuleInputs {
  readonly explained: Explained;
  readonly pages: readonly PageModel[];
  readonly evidenceOf: (view: View) => Rule['evidence'][number];
  readonly signIn: SignIn | null;
}

/** Writes learned actions as rules of the world, in a fixed order: for every page that has the element acted on. */
export function emitRules(actions: LearnedActions, inputs: RuleInputs): readonly Rule[] {
  let next = 0;
  const number = (): number => next++;
  const learned = [...actions.keys()].sort().flatMap((name) => rulesOf(actions.get(name) as LearnedAction, inputs, number));
  const guards = inputs.signIn ? signInRules(inputs.signIn, inputs.evidenceOf, number) : [];
  return [...learned, ...guards, ...visitRules(inputs.explained.visits, inputs.evidenceOf, number)];
}
