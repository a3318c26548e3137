import type { DomElement, Effect, Expr } from '@backlot/protocol';
import { findAll } from '@backlot/world';
import type { RegisterModel } from '../explain/registers.ts';
import type { PageModel, Site } from '../pages/page-model.ts';
import { pathOf } from '../pages/routes.ts';
import type { SessionViews, View } from '../views.ts';
import type { Case } from './cases.ts';
import { caseName } from './cases.ts';
import type { LearnedAction, LearnedActions } from './learn.ts';
import { isPassword } from './password-tests.ts';

/** Pages that are shown to those who have signed in, and lead everybody else to where one does. */
export interface SignIn {
  /** Register that holds whether one has signed in. */
  readonly register: string;
  /** What it held at the views that tell. */
  readonly values: ReadonlyMap<View, boolean>;
  readonly pages: readonly PageModel[];
  /** Where the others are led, told from the address that they asked for. */
  readonly to: Expr;
  /** Views to which somebody was led. */
  readonly seen: readonly View[];
}

/** Turned away in fewer sessions than this, people may have gone there themselves. */
const fewestSessions = 2;

/** A document that was asked for, and what came. */
interface Trip {
  readonly session: number;
  readonly method: string;
  readonly asked: string;
  readonly from: View;
  readonly landed: View;
  /** Name of the action that asked; undefined for addresses that were typed. */
  readonly name?: string;
}

const asksPassword = (root: DomElement): boolean => findAll(root, ({ tag, attrs }) => tag === 'input' && isPassword(attrs)).length > 0;

function tripsOf(sessions: readonly SessionViews[], cases: readonly Case[]): readonly Trip[] {
  const byStep = new Map(cases.map((of) => [of.step, of]));
  return sessions.flatMap(({ session, before, after }, number) =>
    session.steps.flatMap((step, i): Trip[] => {
      const [from, landed] = [before[i] as View, after[i] as View];
      const trip = { session: number, from, landed };
      if (step.action.kind === 'goto') return [{ ...trip, method: 'GET', asked: step.action.value ?? '' }];
      const of = byStep.get(step);
      return of?.request ? [{ ...trip, method: of.request.method, asked: of.request.url, name: caseName(of) }] : [];
    }),
  );
}

/** Where people are asked for their password instead of what they asked for; what they asked for was shown at other times. */
function turnedAway(trips: readonly Trip[]): readonly Trip[] {
  const shown = new Set(trips.map(({ landed }) => pathOf(landed.url)));
  const away = trips.filter(
    ({ method, asked, landed }) =>
      method === 'GET' && pathOf(asked) !== pathOf(landed.url) && shown.has(pathOf(asked)) && asksPassword(landed.root),
  );
  const [most = []] = [...Map.groupBy(away, ({ landed }) => pathOf(landed.url)).values()].toSorted((a, b) => b.length - a.length);
  return new Set(most.map(({ session }) => session)).size >= fewestSessions ? most : [];
}

/** What is known of the door before its pages are. */
interface Door {
  readonly trips: readonly Trip[];
  readonly away: ReadonlySet<Trip>;
  /** Path at which one signs in. */
  readonly at: string;
  /** Paths from which people were turned away. */
  readonly behind: ReadonlySet<string>;
}

const isOpening = ({ at }: Door, { method, from, landed }: Trip): boolean =>
  method !== 'GET' && pathOf(from.url) === at && pathOf(landed.url) !== at;

/** Names of what was done after something behind the door was last seen, and before somebody was turned away again. */
function closersOf(door: Door): ReadonlySet<string> {
  const [closing, kept] = [new Set<string>(), new Set<string>()];
  for (const mine of Map.groupBy(door.trips, ({ session }) => session).values()) {
    let since: string[] | null = null;
    for (const trip of mine) {
      if (door.away.has(trip)) {
        for (const name of since ?? []) closing.add(name);
        since = null;
      } else if (isOpening(door, trip)) since = [];
      else if (since && door.behind.has(pathOf(trip.landed.url))) {
        for (const name of since) kept.add(name);
        since = [];
      } else if (since && trip.name !== undefined) since.push(trip.name);
    }
  }
  return new Set([...closing].filter((name) => !kept.has(name)));
}

/** Whether one had signed in, at each view from which on it is known. */
function valuesOf(door: Door, closers: ReadonlySet<string>, sessions: readonly SessionViews[]): ReadonlyMap<View, boolean> {
  const told = new Map<View, boolean>();
  for (const trip of door.trips) {
    if (door.away.has(trip) || (trip.name !== undefined && closers.has(trip.name))) told.set(trip.landed, false);
    else if (isOpening(door, trip)) told.set(trip.landed, true);
  }
  const values = new Map<View, boolean>();
  for (const { before, after } of sessions) {
    let isIn: boolean | undefined;
    for (const [i, view] of after.entries()) {
      if (isIn !== undefined) values.set(before[i] as View, isIn);
      isIn = told.get(view) ?? isIn;
      if (isIn !== undefined) values.set(view, isIn);
    }
  }
  return values;
}

/** Pages that were only ever seen by those who had signed in. */
function pagesBehind(site: Site, at: string, values: ReadonlyMap<View, boolean>): readonly PageModel[] {
  return site.pages.filter(
    ({ views }) =>
      views.some((view) => values.get(view) === true) && views.every((view) => values.get(view) === true && pathOf(view.url) !== at),
  );
}

const spellings: readonly (readonly [(text: string) => string, (term: Expr) => Expr])[] = [
  [encodeURIComponent, (term) => ({ fn: 'encode', args: [term] })],
  [(text) => text, (term) => term],
];

/** The address to which people are led: what they asked for stands in it, or it is always the same. */
function addressOf(away: readonly Trip[]): Expr {
  const [
    {
      asked,
      landed: { url },
    },
  ] = away as readonly [Trip, ...Trip[]];
  for (const [spell, termOf] of spellings) {
    const at = asked === '' ? -1 : url.indexOf(spell(asked));
    if (at < 0) continue;
    const [head, tail] = [url.slice(0, at), url.slice(at + spell(asked).length)];
    if (away.every((trip) => trip.landed.url === head + spell(trip.asked) + tail))
      return { fn: 'concat', args: [{ lit: head }, termOf({ loc: 'href' }), { lit: tail }] };
  }
  return { lit: url };
}

/** Finds the pages that are shown to those who have signed in alone; null where nobody was turned away from one. */
export function findSignIn(site: Site, sessions: readonly SessionViews[], cases: readonly Case[]): SignIn | null {
  const trips = tripsOf(sessions, cases);
  const away = turnedAway(trips);
  if (away.length === 0) return null;
  const at = pathOf((away[0] as Trip).landed.url);
  const door: Door = { trips, away: new Set(away), at, behind: new Set(away.map(({ asked }) => pathOf(asked))) };
  const values = valuesOf(door, closersOf(door), sessions);
  const pages = pagesBehind(site, at, values);
  return pages.length === 0 ? null : { register: 'signed', values, pages, to: addressOf(away), seen: away.map(({ landed }) => landed) };
}

/** The register: nobody has signed in at first. */
export const signInRegister = ({ register, values }: SignIn): RegisterModel => ({
  name: register,
  holes: new Map(),
  initial: false,
  scope: 'browser',
  values,
});

/** What an action did to the register on some of its occasions; undefined where it did nothing, or now this and now that. */
function setTo({ register, values }: SignIn, occasions: LearnedAction['occasions']): Effect | undefined {
  const turns = occasions.map(({ of }) => [values.get(of.before.view), values.get(of.after.view)] as const);
  const [isIn] = turns.map(([, is]) => is);
  const isTelling = turns.length > 0 && isIn !== undefined && turns.every(([, is]) => is === isIn) && turns.some(([was, is]) => was !== is);
  return isTelling ? { set: register, to: { lit: isIn } } : undefined;
}

/** Actions, with those by which one signs in and out. */
export function withSignIn(actions: LearnedActions, signIn: SignIn): LearnedActions {
  return new Map(
    [...actions].map(([name, action]): [string, LearnedAction] => {
      const { decision } = action;
      const outcomes = decision.outcomes.map((outcome) => {
        const effect = setTo(signIn, outcome.explained);
        return effect ? { ...outcome, effects: [...outcome.effects, effect] } : outcome;
      });
      return [name, { ...action, decision: { ...decision, outcomes } }];
    }),
  );
}
