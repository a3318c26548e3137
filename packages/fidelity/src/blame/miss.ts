import { alignBy } from '@backlot/logs';
import type { World } from '@backlot/protocol';
import type { PredictedStep } from '../clone/predict-steps.ts';
import { isExact } from '../clone/score.ts';
import { partId, placesOf, type Part } from './parts.ts';
import { placedPage, type PlacedPage } from './placed-lines.ts';
import { rulesInPlay } from './rules-in-play.ts';
import { isUndone } from './undone.ts';

/**
 * What was in play in one step, and what of it may be at fault. `weight` says how well the fault fits what is known: where the world,
 * given the real page after, shows it exactly, templates can say it and a rule is at fault, as it is where the real page undoes what the
 * step wrote; else it is the template, or a query in it.
 */
export interface Verdict {
  readonly exact: boolean;
  /** Ids of the parts that took part and said nothing wrong here. */
  readonly right: readonly Part[];
  readonly suspected: readonly { readonly part: Part; readonly weight: number }[];
  /** Lines that differ from the real page, in order: lacking (`-`) and too many (`+`). */
  readonly lines: readonly string[];
}

/**
 * Finds out what had a part in a step, and what of it may be at fault. Differing lines that are `excused`, written as in the verdict,
 * speak against nobody.
 */
export function judgeStep(world: World, step: PredictedStep, excused: ReadonlySet<string> = new Set()): Verdict {
  const rules = [...rulesInPlay(world, step)].map((rule): Part => ({ kind: 'rule', rule }));
  const said = placedPage(world, step.states.predicted, step.want);
  if (isExact(step) && step.refused === undefined) {
    return { exact: true, right: [...rules, ...partsOf(world, said)], suspected: [], lines: [] };
  }
  const real = placedPage(world, step.states.after, step.want);
  const isShown = step.afterShown || differing(step.want, linesOf(real)).every((line) => excused.has(line));
  const compared: Compared = { step, said, real, isShown, excused };
  const faults = step.refused === undefined ? faultsOf(world, compared) : refusalFaults(world, step);
  const wrong = new Set(faults.map(({ part }) => partId(part)));
  // Who is known not to show the page would have to be right by chance: what rules did can't be told.
  const ofRules = step.refused !== undefined ? 0.3 : isShown || isUndone(step.states) ? 1 : isElsewhere(said, real) ? 0.8 : 0.25;
  return {
    exact: false,
    right: partsOf(world, said).filter((part) => !wrong.has(partId(part))),
    suspected: [...rules.map((part) => ({ part, weight: hasFired(part, step) ? ofRules : ofSilent * ofRules })), ...faults],
    lines: differing(step.want, step.got),
  };
}

/** A rule that did not fire can only be wrong in its guard: of two that are in play in the same steps, the other is the likelier. */
const ofSilent = 0.9;

const hasFired = (part: Part, { rules }: PredictedStep): boolean => part.kind === 'rule' && rules.includes(part.rule);

const isElsewhere = (said: PlacedPage, real: PlacedPage): boolean => real.page !== null && said.page !== real.page;

type Fault = Verdict['suspected'][number];

interface Compared {
  readonly step: PredictedStep;
  readonly said: PlacedPage;
  readonly real: PlacedPage;
  /** Whether the world, having read the page after, shows all of it but what is excused. */
  readonly isShown: boolean;
  readonly excused: ReadonlySet<string>;
}

/** Faults part by part, each with the greatest weight that was found for it. */
class Faults {
  readonly #faults = new Map<string, Fault>();

  add(part: Part, weight: number): void {
    if ((this.#faults.get(partId(part))?.weight ?? 0) < weight) this.#faults.set(partId(part), { part, weight });
  }

  get all(): readonly Fault[] {
    return [...this.#faults.values()];
  }
}

function faultsOf(world: World, { step, said, real, isShown, excused }: Compared): readonly Fault[] {
  const faults = new Faults();
  if (isElsewhere(said, real)) {
    for (const page of [said.page, real.page]) if (page !== null) faults.add({ kind: 'page', page }, 0.5);
  } else addLines(world, { page: said, want: step.want, weight: 0.5, excused }, faults);
  // What is read off the real page and still not shown is the template's fault, whatever the rules did.
  if (!isShown) addLines(world, { page: real, want: step.want, weight: 1, excused }, faults);
  return faults.all;
}

/** A page that a world shows, and the lines that it should show. */
interface Shown {
  readonly page: PlacedPage;
  readonly want: readonly string[];
  readonly weight: number;
  readonly excused: ReadonlySet<string>;
}

function addLines(world: World, shown: Shown, faults: Faults): void {
  const { page, weight } = shown;
  if (page.page === null) return;
  const places = placesOf(world).get(page.page);
  const { found, isShort } = wrongPlaces(shown);
  for (const { anchor, isNear } of found) {
    const share = isNear ? weight / 2 : weight;
    const [inner, ...outer] = places?.listsAround.get(anchor) ?? [];
    if (!isNear) faults.add({ kind: 'place', page: page.page, anchor }, inner === undefined ? share : share / 2);
    if (inner !== undefined) faults.add({ kind: 'list', page: page.page, anchor: inner }, share);
    for (const list of outer) faults.add({ kind: 'list', page: page.page, anchor: list }, share / 2);
  }
  if (isShort) {
    for (const anchor of emptyLists(world, page)) faults.add({ kind: 'list', page: page.page, anchor }, weight);
  }
}

/** Lists of a page that show nothing: what is lacking may be theirs. */
function emptyLists(world: World, { page, lines }: PlacedPage): readonly string[] {
  const places = placesOf(world).get(page ?? '');
  const filled = new Set(lines.flatMap(({ anchor }) => (anchor === null ? [] : (places?.listsAround.get(anchor) ?? []))));
  return places?.lists.filter((list) => !filled.has(list)) ?? [];
}

interface WrongPlaces {
  readonly found: readonly { readonly anchor: string; readonly isNear: boolean }[];
  /** More lines are lacking than are too many. */
  readonly isShort: boolean;
}

/** Where two pages differ: places whose lines are too many, and places next to which lines are lacking. */
function wrongPlaces({ page: { lines }, want, excused }: Shown): WrongPlaces {
  const pairs = alignBy(want, linesOf({ lines }), (a, b) => a === b);
  const kept = new Set(pairs.map(([, at]) => at));
  const found: { readonly anchor: string; readonly isNear: boolean }[] = [];
  let balance = 0;
  const note = (at: number, isNear: boolean): void => {
    const anchor = lines[at]?.anchor ?? null;
    if (anchor !== null) found.push({ anchor, isNear });
  };
  lines.forEach(({ line }, at) => {
    if (kept.has(at) || excused.has(tooMany(line))) return;
    note(at, false);
    balance -= 1;
  });
  let [i, j] = [0, 0];
  for (const [a, b] of [...pairs, [want.length, lines.length] as const]) {
    const lacks = want.slice(i, a).filter((line) => !excused.has(lacking(line)));
    if (lacks.length > 0 && b === j) for (const at of [j - 1, j]) note(at, true);
    balance += lacks.length;
    [i, j] = [a + 1, b + 1];
  }
  return { found, isShort: balance > 0 };
}

const linesOf = ({ lines }: Pick<PlacedPage, 'lines'>): readonly string[] => lines.map(({ line }) => line);
const lacking = (line: string): string => `- ${line.trim()}`;
const tooMany = (line: string): string => `+ ${line.trim()}`;

/** What keeps an action from being taken stands on the page before it. */
function refusalFaults(world: World, { before, states }: PredictedStep): readonly Fault[] {
  const faults = new Faults();
  const page = placedPage(world, states.before, before);
  addLines(world, { page, want: before, weight: 1, excused: new Set() }, faults);
  if (page.page !== null) faults.add({ kind: 'page', page: page.page }, faults.all.length > 0 ? 0.3 : 1);
  return faults.all;
}

/** The lists and the elements that a page shows, and the page itself. */
function partsOf(world: World, { page, lines }: PlacedPage): readonly Part[] {
  if (page === null) return [];
  const anchors = new Set(lines.flatMap(({ anchor }) => anchor ?? []));
  return [
    { kind: 'page', page },
    ...(placesOf(world).get(page)?.lists ?? []).map((anchor): Part => ({ kind: 'list', page, anchor })),
    ...[...anchors].map((anchor): Part => ({ kind: 'place', page, anchor })),
  ];
}

function differing(want: readonly string[], got: readonly string[]): readonly string[] {
  const pairs = [...alignBy(want, got, (a, b) => a === b), [want.length, got.length] as const];
  let [i, j] = [0, 0];
  return pairs.flatMap(([a, b]) => {
    const hunk = [...want.slice(i, a).map(lacking), ...got.slice(j, b).map(tooMany)];
    [i, j] = [a + 1, b + 1];
    return hunk;
  });
}
