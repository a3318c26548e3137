import { alignBy } from '@backlot/logs';
import type { World } from '@backlot/protocol';
import type { PredictedStep } from '../clone/predict-steps.ts';
import { isExact } from '../clone/score.ts';
import { partId, placesOf, type Part } from './parts.ts';
import { placedPage, type PlacedLine, type PlacedPage } from './placed-lines.ts';
import { rulesInPlay } from './rules-in-play.ts';

/**
 * What was in play in one step, and what of it may be at fault. `weight` says how well the fault fits what is known: where the world,
 * given the real page after, shows it exactly, templates can say it and a rule is at fault; else it is the template, or a query in it.
 */
export interface Verdict {
  readonly exact: boolean;
  /** Ids of the parts that took part and said nothing wrong here. */
  readonly right: readonly Part[];
  readonly suspected: readonly { readonly part: Part; readonly weight: number }[];
  /** Lines that differ from the real page, in order: lacking (`-`) and too many (`+`). */
  readonly lines: readonly string[];
}

/** Finds out what had a part in a step, and what of it may be at fault. */
export function judgeStep(world: World, step: PredictedStep): Verdict {
  const rules = [...rulesInPlay(world, step)].map((rule): Part => ({ kind: 'rule', rule }));
  const said = placedPage(world, step.states.predicted, step.want);
  if (isExact(step) && step.refused === undefined) {
    return { exact: true, right: [...rules, ...partsOf(world, said)], suspected: [], lines: [] };
  }
  const real = placedPage(world, step.states.after, step.want);
  const faults = step.refused === undefined ? faultsOf(world, { step, said, real }) : refusalFaults(world, step);
  const wrong = new Set(faults.map(({ part }) => partId(part)));
  // Who is known not to show the page would have to be right by chance: what rules did can't be told.
  const ofRules = step.refused !== undefined ? 0.3 : step.afterShown ? 1 : isElsewhere(said, real) ? 0.8 : 0.25;
  return {
    exact: false,
    right: partsOf(world, said).filter((part) => !wrong.has(partId(part))),
    suspected: [...rules.map((part) => ({ part, weight: ofRules })), ...faults],
    lines: differing(step.want, step.got),
  };
}

const isElsewhere = (said: PlacedPage, real: PlacedPage): boolean => real.page !== null && said.page !== real.page;

type Fault = Verdict['suspected'][number];

interface Compared {
  readonly step: PredictedStep;
  readonly said: PlacedPage;
  readonly real: PlacedPage;
}

function faultsOf(world: World, { step, said, real }: Compared): readonly Fault[] {
  const faults = new Map<string, Fault>();
  const add = (part: Part, weight: number): void => {
    if ((faults.get(partId(part))?.weight ?? 0) < weight) faults.set(partId(part), { part, weight });
  };
  if (isElsewhere(said, real)) {
    for (const page of [said.page, real.page]) if (page !== null) add({ kind: 'page', page }, 0.5);
  } else addLines(world, { page: said, want: step.want, weight: 0.5 }, add);
  // What is read off the real page and still not shown is the template's fault, whatever the rules did.
  if (!step.afterShown) addLines(world, { page: real, want: step.want, weight: 1 }, add);
  return [...faults.values()];
}

function addLines(
  world: World,
  { page, want, weight }: { readonly page: PlacedPage; readonly want: readonly string[]; readonly weight: number },
  add: (part: Part, weight: number) => void,
): void {
  if (page.page === null) return;
  const places = placesOf(world).get(page.page);
  for (const { anchor, isNear } of wrongPlaces(want, page.lines)) {
    const share = isNear ? weight / 2 : weight;
    const [inner, ...outer] = places?.listsAround.get(anchor) ?? [];
    if (!isNear) add({ kind: 'place', page: page.page, anchor }, inner === undefined ? share : share / 2);
    if (inner !== undefined) add({ kind: 'list', page: page.page, anchor: inner }, share);
    for (const list of outer) add({ kind: 'list', page: page.page, anchor: list }, share / 2);
  }
  if (want.length > page.lines.length) {
    for (const anchor of emptyLists(world, page)) add({ kind: 'list', page: page.page, anchor }, weight);
  }
}

/** Lists of a page that show nothing: what is lacking may be theirs. */
function emptyLists(world: World, { page, lines }: PlacedPage): readonly string[] {
  const places = placesOf(world).get(page ?? '');
  const filled = new Set(lines.flatMap(({ anchor }) => (anchor === null ? [] : (places?.listsAround.get(anchor) ?? []))));
  return places?.lists.filter((list) => !filled.has(list)) ?? [];
}

/** Where two pages differ: places whose lines are too many, and places next to which lines are lacking. */
function wrongPlaces(
  want: readonly string[],
  lines: readonly PlacedLine[],
): readonly { readonly anchor: string; readonly isNear: boolean }[] {
  const pairs = alignBy(
    want,
    lines.map(({ line }) => line),
    (a, b) => a === b,
  );
  const kept = new Set(pairs.map(([, at]) => at));
  const found: { readonly anchor: string; readonly isNear: boolean }[] = [];
  const note = (at: number, isNear: boolean): void => {
    const anchor = lines[at]?.anchor ?? null;
    if (anchor !== null) found.push({ anchor, isNear });
  };
  lines.forEach((_, at) => {
    if (!kept.has(at)) note(at, false);
  });
  let [i, j] = [0, 0];
  for (const [a, b] of [...pairs, [want.length, lines.length] as const]) {
    const lacksOnly = a > i && b === j;
    if (lacksOnly) for (const at of [j - 1, j]) note(at, true);
    [i, j] = [a + 1, b + 1];
  }
  return found;
}

/** What keeps an action from being taken stands on the page before it. */
function refusalFaults(world: World, { before, states }: PredictedStep): readonly Fault[] {
  const faults = new Map<string, Fault>();
  const page = placedPage(world, states.before, before);
  addLines(world, { page, want: before, weight: 1 }, (part, weight) => {
    if ((faults.get(partId(part))?.weight ?? 0) < weight) faults.set(partId(part), { part, weight });
  });
  if (page.page !== null) faults.set(`page ${page.page}`, { part: { kind: 'page', page: page.page }, weight: faults.size > 0 ? 0.3 : 1 });
  return [...faults.values()];
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
    const hunk = [...want.slice(i, a).map((line) => `- ${line.trim()}`), ...got.slice(j, b).map((line) => `+ ${line.trim()}`)];
    [i, j] = [a + 1, b + 1];
    return hunk;
  });
}
