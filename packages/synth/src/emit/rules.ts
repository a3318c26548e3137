import type { Effect, Expr, Rule, Then } from '@backlot/protocol';
import { isSubmitter, resolveAddress } from '@backlot/world';
import type { Explained } from '../explain/site-holes.ts';
import type { Occasion } from '../rules/terms.ts';
import type { Outcome } from '../rules/decide.ts';
import { draftEffects } from '../rules/drafts.ts';
import { addressArgument } from '../rules/leads.ts';
import type { LearnedAction, LearnedActions } from '../rules/learn.ts';

const maxEvidence = 200;

function linkTarget(occasion: Occasion): string | null {
  const { origin, before } = occasion.of;
  const node = origin.element.nodes.get(origin.instance);
  const href = node?.tag === 'a' ? node.attrs['href'] : undefined;
  return href === undefined ? null : resolveAddress(before.view.url, href);
}

/** Where an outcome leads: the browser's own way where that explains the address, else the address seen. */
function thenOf(action: LearnedAction, outcome: Outcome): Then | null {
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

const withoutHash = (url: string): string => url.split('#')[0] as string;

/** An address in which an argument of the request stands: `/list?tag=` + tag. Null where no argument explains all answers. */
function addressTerm(outcome: Outcome): Expr | null {
  const names = Object.keys(outcome.explained[0]?.scope.args ?? {}).sort();
  for (const name of names) {
    const frames = outcome.explained.map(({ of, scope }) => {
      const value = encodeURIComponent(String(scope.args[name] ?? ''));
      const at = value === '' ? -1 : withoutHash(of.after.view.url).indexOf(value);
      return at < 0
        ? null
        : JSON.stringify([withoutHash(of.after.view.url).slice(0, at), withoutHash(of.after.view.url).slice(at + value.length)]);
    });
    if (frames[0] === null || frames[0] === undefined || frames.some((frame) => frame !== frames[0])) continue;
    const [before, after] = JSON.parse(frames[0]) as [string, string];
    return { fn: 'concat', args: [{ lit: before }, { fn: 'encode', args: [{ arg: name }] }, { lit: after }] };
  }
  return null;
}

/** Where the answer to a request leads: the address asked for, back to the page before, or the address that most answers led to. */
function leadOf(outcome: Outcome): Then {
  const total = outcome.explained.length;
  const most = (test: (occasion: Occasion) => boolean): boolean => outcome.explained.filter(test).length * 2 > total;
  if (most(({ of }) => withoutHash(of.after.view.url) === withoutHash(of.request?.url ?? ''))) return 'default';
  const named = outcome.explained.map(({ of, scope }) => addressArgument(scope.args, of.after.view.url));
  if (named[0] && named.every((name) => name === named[0])) return { go: { fn: 'localAddress', args: [{ arg: named[0] }] } };
  const counts = new Map<string, number>();
  for (const { of } of outcome.explained) counts.set(withoutHash(of.after.view.url), (counts.get(withoutHash(of.after.view.url)) ?? 0) + 1);
  const [url, count] = [...counts].sort((a, b) => b[1] - a[1])[0] as [string, number];
  const term = addressTerm(outcome);
  if (term && count < total) return { go: term };
  const back = outcome.explained.filter(({ of }) => withoutHash(of.after.view.url) === withoutHash(of.before.view.url)).length;
  return back >= count ? 'redirectBack' : { go: { lit: url } };
}

function requestRules(
  action: LearnedAction,
  request: { readonly method: string; readonly route: string },
  number: () => number,
): readonly Rule[] {
  return action.decision.outcomes.flatMap((outcome): Rule[] => {
    const then = leadOf(outcome);
    if (then === 'default' && outcome.effects.length === 0 && action.decision.outcomes.length === 1) return [];
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
}

function rulesOf(action: LearnedAction, explained: Explained, number: () => number): readonly Rule[] {
  if (action.request) return requestRules(action, action.request, number);
  const total = action.occasions.length;
  const on: Rule['on'] = {
    ui: { page: action.page, anchor: action.anchor, event: action.event, ...(action.key === undefined ? {} : { key: action.key }) },
  };
  const ends = action.decision.outcomes.map((outcome) => ({
    outcome,
    effects: [...outcome.effects, ...draftEffects(outcome.explained, explained)],
    then: thenOf(action, outcome),
  }));
  if (ends.every(({ effects, then }) => isPlain(action, effects, then))) return [];
  const rules: Rule[] = [];
  for (const { outcome, effects, then } of ends) {
    const base = { on, evidence: evidenceOf(outcome.explained), then: then ?? ('default' as const) };
    const blank = blankGuard(effects, outcome);
    if (blank) {
      const alternatives = ['Blank text adds a row like any other: record the action with an empty field to decide.'];
      rules.push({ ...base, id: `r${number()}`, when: blank, do: [], then: 'stay', certainty: 'ambiguous', probability: 1, alternatives });
    }
    rules.push({
      ...base,
      id: `r${number()}`,
      ...(outcome.when ? { when: outcome.when } : {}),
      do: effects,
      certainty: outcome.explained.length >= 2 ? 'certain' : 'ambiguous',
      probability: total === 0 ? 1 : Math.min(1, outcome.explained.length / Math.max(1, total - othersOf(action, outcome))),
    });
  }
  return rules;
}

function othersOf(action: LearnedAction, outcome: Outcome): number {
  return action.decision.outcomes.filter((other) => other !== outcome).reduce((sum, other) => sum + other.explained.length, 0);
}

/** Writes learned actions as rules of the world, in a fixed order. */
export function emitRules(actions: LearnedActions, explained: Explained): readonly Rule[] {
  let next = 0;
  const number = (): number => next++;
  return [...actions.keys()].sort().flatMap((name) => rulesOf(actions.get(name) as LearnedAction, explained, number));
}
