import type { Expr, Value } from '@backlot/protocol';
import type { Scope } from '@backlot/world';
import { evaluate, parseAddress } from '@backlot/world';
import { call } from '../call.ts';
import { learnExpr } from '../explain/learn-expr.ts';
import { rowName } from '../state/belief.ts';
import { partsOf } from '../state/address-parts.ts';
import { learnLookup } from './lookups.ts';
import type { QueryChange } from './query-choices.ts';
import { choiceInQuery } from './query-choices.ts';
import type { Occasion, Terms } from './terms.ts';
import { actedTables } from './terms.ts';

/** Where a script led from where: an address, and what was known before. */
interface Trip {
  readonly scope: Scope;
  readonly from: string;
  readonly to: string;
}

/** Share of trips that an address must lead to. */
const enough = 0.8;
/** More parameters than this do not change at once. */
const mostNames = 4;

/** What the record says that the action was done to. */
function recordCells({ occasions, tables }: Terms): readonly Expr[] {
  return actedTables(occasions, tables).flatMap((table) => table.columns.map(({ name }): Expr => ({ col: name, of: rowName(table) })));
}

/** What an address may be made of: where one is, what the action was given, the record it was done to. */
function wholeTerms(terms: Terms): readonly Expr[] {
  return [{ loc: 'href' }, { loc: 'previous' }, ...recordCells(terms), ...terms.inputs];
}

/** An address as a whole: always the same, the one before, the record's own. */
function wholeAddress(trips: readonly Trip[], terms: readonly Expr[]): Expr | null {
  const given = trips.map(({ scope, to }) => ({ scope, value: to }));
  const learned = learnExpr(given, { terms, tests: [], depth: 0, slack: 0 });
  return learned?.expr ?? null;
}

function queryChange({ scope, from, to }: Trip): QueryChange | null {
  const [was, is] = [parseAddress(from), parseAddress(to)];
  if (was.path !== is.path) return null;
  const names = new Set([...Object.keys(was.query), ...Object.keys(is.query)]);
  const changed = [...names].filter((name) => was.query[name] !== is.query[name]);
  return { scope, changed: new Map(changed.map((name) => [name, { was: was.query[name] ?? '', is: is.query[name] ?? '' }])) };
}

/** The address with other parameters: another page, order or choice of the same. */
function changedQuery(trips: readonly Trip[], terms: Terms): Expr | null {
  const changes = trips.map(queryChange);
  if (changes.includes(null)) return null;
  const known = changes as readonly QueryChange[];
  const choice = choiceInQuery(known, recordCells(terms));
  if (choice) return choice;
  const names = [...new Set(known.flatMap(({ changed }) => [...changed.keys()]))].sort();
  if (names.length === 0 || names.length > mostNames) return null;
  const here: Expr = { loc: 'href' };
  return names.reduce<Expr | null>((address, name) => {
    const value = address && parameterValue(name, known, terms);
    return value && call('withQuery', address, { lit: name }, value);
  }, here);
}

function parameterValue(name: string, changes: readonly QueryChange[], terms: Terms): Expr | null {
  const own = call('queryValue', { loc: 'href' }, { lit: name });
  const given = changes.map(({ scope, changed }) => ({ scope, value: changed.get(name)?.is ?? (evaluate(own, scope) as Value) }));
  const steps = [1, -1].map((by) => call('text', call('add', call('number', own), { lit: by })));
  const inputs = [...wholeTerms(terms).slice(2), ...steps, own];
  const plain = learnExpr(given, { terms: inputs, tests: [], depth: 0, slack: 0 });
  if (plain) return plain.expr;
  const lookup = learnLookup(given, terms.inputs);
  if (lookup) return lookup;
  return learnExpr(given, { terms: inputs, tests: terms.tests, depth: 2, slack: 1 - enough })?.expr ?? null;
}

const dash: Expr = { lit: '-' };

/** How what is known is spelled in a part of an address. */
const spelled = (term: Expr): readonly Expr[] => [
  term,
  call('encodeQuery', term),
  call('encode', term),
  call('slug', term, dash),
  call('slugBare', term, dash),
];

/** An address whose parts are constants and what the action knew, one by one; a part that is made up is the last one seen. */
function inParts(trips: readonly Trip[], terms: readonly Expr[], slack = 0): Expr | null {
  const split = trips.map(({ to }) => partsOf(to));
  const length = split[0]?.length ?? 0;
  if (trips.length < 2 || length < 2 || split.some((parts) => parts.length !== length)) return null;
  const inputs = terms.flatMap(spelled);
  let made = 0;
  const args: Expr[] = [];
  for (let p = 0; p < length; p++) {
    const given = trips.map(({ scope }, i) => ({ scope, value: (split[i] as readonly string[])[p] as string }));
    const learned = learnExpr(given, { terms: inputs, tests: [], depth: 0, slack });
    if (!learned && (made++ > 0 || new Set(given.map(({ value }) => value)).size < trips.length)) return null;
    args.push(learned?.expr ?? { lit: given.at(-1)?.value ?? '' });
  }
  return call('concat', ...args);
}

const pathOf = (address: string): string => address.split('?')[0] as string;
const searchOf = (address: string): string => address.slice(pathOf(address).length);

/** True for an address that is the same wherever an action takes place. */
const isFixed = (address: Expr): boolean => 'lit' in address || ('fn' in address && address.args.every((arg) => 'lit' in arg));

const rightOf = (address: Expr, trips: readonly Trip[]): number => trips.filter(({ scope, to }) => evaluate(address, scope) === to).length;

/** An address as a whole, where a few trips may have led elsewhere: back to the one before. */
function mostlyWhole(trips: readonly Trip[], terms: readonly Expr[]): Expr | null {
  const [best] = terms
    .map((term) => ({ term, right: rightOf(term, trips) }))
    .filter(({ right }) => right >= enough * trips.length)
    .toSorted((a, b) => b.right - a.right);
  return best?.term ?? null;
}

/** The path alone in parts, where what the address asks for stays as it was; a few trips may have led elsewhere. */
function mostlyInParts(trips: readonly Trip[], terms: readonly Expr[]): Expr | null {
  const kept = trips.filter(({ from, to }) => searchOf(from) === searchOf(to)).map((trip) => ({ ...trip, to: pathOf(trip.to) }));
  const byLength = Map.groupBy(kept, ({ to }) => partsOf(to).length);
  const [most = []] = [...byLength.values()].toSorted((a, b) => b.length - a.length);
  const path = inParts(most, terms, 1 - enough);
  if (path === null || isFixed(path) || rightOf(path, most) < enough * trips.length) return null;
  if (most.every(({ from }) => searchOf(from) === '')) return path;
  const search: Expr = { loc: 'search' };
  return call('concat', path, call('if', call('isBlank', search), { lit: '' }, call('concat', { lit: '?' }, search)));
}

/** A choice between a few addresses. */
function chosenAddress(trips: readonly Trip[], { tests }: Terms): Expr | null {
  const given = trips.map(({ scope, to }) => ({ scope, value: to }));
  const learned = learnExpr(given, { terms: [], tests, depth: 2, slack: 1 - enough });
  return learned && learned.size < trips.length ? learned.expr : null;
}

/** The address that a page's script leads to on these occasions, in terms of what was known before; null where it can't be told. */
export function destinationOf(occasions: readonly Occasion[], all: Terms): Expr | null {
  const trips = occasions.map(({ of, scope }): Trip => ({ scope, from: of.before.view.url, to: of.after.view.url }));
  const terms = { ...all, occasions };
  const whole = wholeTerms(terms);
  const always = wholeAddress(trips, whole);
  // What asks the same page for something else does so on other pages too: a fixed address would lead away from them.
  if (always && !('lit' in always)) return always;
  return (
    changedQuery(trips, terms) ??
    always ??
    inParts(trips, whole) ??
    mostlyWhole(trips, whole) ??
    mostlyInParts(trips, whole) ??
    chosenAddress(trips, terms)
  );
}
