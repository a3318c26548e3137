import type { Certainty, DomElement, Explanation, Outcomes, State, Trial, World, WorldEvent } from '@backlot/protocol';
import { worse } from './course.ts';
import { PaintedElement } from './painted-element.ts';
import { remembered } from './remembered.ts';
import { anchorOf, currentPage, render } from './render.ts';
import { haveSameAttributes } from './same-attributes.ts';

/** What was done, of which a trial keeps account: the kind of event, and the page with the anchor of the element. */
export function occasionOf(world: World, before: State, event: WorldEvent): string {
  const page = currentPage(world, before).page?.id ?? '';
  const key = 'key' in event ? (event.key ?? before.focus) : null;
  const at = key === null ? '' : anchorOf(key);
  return `${page} ${at} ${event.type}${event.type === 'press' ? ` ${event.name}` : ''}`;
}

/** Anchors of the elements that are new on the page or say something else than before, texts and attributes of their own. */
export function changedPlaces(world: World, before: State, after: State): ReadonlySet<string> {
  const apart: Apart = { was: new Map(), now: [] };
  tellApart(render(world, before).root, render(world, after).root, apart);
  const changed = new Set<string>();
  for (const element of apart.now) {
    if (element.key === undefined) continue;
    const was = apart.was.get(element.key);
    if (was === undefined || !saysTheSame(was, element)) changed.add(anchorOf(element.key));
  }
  return changed;
}

/** Elements that two pages do not have in common; of the page before by their keys. */
interface Apart {
  readonly was: Map<string, DomElement>;
  readonly now: DomElement[];
}

/** Finds what differs below two elements. What did not change is the same object in both pages, and is not looked into. */
function tellApart(was: DomElement, now: DomElement, apart: Apart): void {
  if (was === now) return;
  if (was.key !== undefined) apart.was.set(was.key, was);
  apart.now.push(now);
  const fresh = new Set(now.children);
  const gone = new Map<string | undefined, DomElement>();
  for (const child of was.children) {
    if (!('tag' in child) || fresh.delete(child)) continue;
    if (gone.has(child.key)) everything(child, (element) => element.key !== undefined && apart.was.set(element.key, element));
    else gone.set(child.key, child);
  }
  for (const child of fresh) {
    if (!('tag' in child)) continue;
    const other = gone.get(child.key);
    gone.delete(child.key);
    if (other === undefined) everything(child, (element) => apart.now.push(element));
    else tellApart(other, child, apart);
  }
  for (const child of gone.values()) everything(child, (element) => element.key !== undefined && apart.was.set(element.key, element));
}

function everything(element: DomElement, visit: (element: DomElement) => void): void {
  visit(element);
  for (const child of element.children) if ('tag' in child) everything(child, visit);
}

function saysTheSame(a: DomElement, b: DomElement): boolean {
  return haveSameAttributes(a.attrs, b.attrs) && wordsOf(a) === wordsOf(b);
}

/** Own texts of an element, told apart from one another. */
function wordsOf({ children }: DomElement): string {
  let words = '';
  for (const child of children) if ('text' in child) words += `\n\n${child.text}`;
  return words;
}

/** Outcomes as many as these, as good as the mean, are taken for granted of everything. */
const grantedOutcomes = 2;
/** Fewer right outcomes than this, or any wrong one, and an occasion is not certain. */
const leastRight = 2;
/** Nor is it where less than this share of the outcomes of a place that it changes were right. */
const leastPlaceShare = 0.97;

interface Means {
  readonly occasions: number;
  readonly places: number;
  /** False where no place ever was wrong. */
  readonly hasPlaces: boolean;
  /** What is said of all places at and below an element: pages have most of what they are made of in common. */
  readonly ofElements: WeakMap<DomElement, Standing>;
}

const means = new WeakMap<Trial, Means>();

const meanOf = (all: Readonly<Record<string, Outcomes>>): number => {
  const shares = Object.values(all).map(([right, wrong]) => (right + 0.5) / (right + wrong + 1));
  return shares.length === 0 ? 1 : shares.reduce((sum, share) => sum + share, 0) / shares.length;
};

const meansOf = (trial: Trial): Means =>
  remembered(means, trial, ({ occasions, places }) => ({
    occasions: meanOf(occasions),
    places: meanOf(places),
    hasPlaces: Object.keys(places).length > 0,
    ofElements: new WeakMap(),
  }));

const likely = ([right, wrong]: Outcomes, mean: number): number => (right + grantedOutcomes * mean) / (right + wrong + grantedOutcomes);

const never: Outcomes = [0, 0];

/** One step of a world. */
interface Step {
  readonly before: State;
  readonly event: WorldEvent;
  readonly state: State;
  readonly explanation: Explanation;
}

/**
 * A step's explanation with the probability that follows from the world's trial: the geometric mean of that of its occasion, and of the
 * least likely place that it changes; and with no more certainty than these allow. Without a trial it is left as it is.
 */
export function onTrial(world: World, { before, event, state, explanation }: Step): Explanation {
  const { trial } = world;
  // That time passes, or that a dialog is answered, is part of the step that went before.
  if (trial === undefined || event.type === 'advance' || event.type === 'dialog') return explanation;
  if (explanation.certainty === 'unseen') return { ...explanation, probability: 0 };
  const mean = meansOf(trial);
  const occasion = trial.occasions[occasionOf(world, before, event)] ?? never;
  const places = placesOf(world, trial, { before, state });
  const sure = explanation.certainty === 'ambiguous' ? 0.5 : 1;
  const isSure = occasion[1] === 0 && occasion[0] >= leastRight && places.areSure;
  const byTrial: Certainty = isSure ? 'certain' : 'ambiguous';
  const byOccasion = likely(occasion, mean.occasions);
  return {
    ...explanation,
    certainty: worse(explanation.certainty, byTrial),
    probability: sure * (places.least === null ? byOccasion : Math.sqrt(byOccasion * places.least)),
  };
}

/** What the trial says of places. */
interface Standing {
  /** How likely the least likely of them comes out right; null where there is none. */
  readonly least: number | null;
  readonly areSure: boolean;
}

const noPlace: Standing = { least: null, areSure: true };

/** The trial's word on the places that a step changes; nothing where no place ever was wrong, which spares the looking. */
function placesOf(world: World, trial: Trial, { before, state }: Pick<Step, 'before' | 'state'>): Standing {
  if (!meansOf(trial).hasPlaces) return noPlace;
  const { root } = render(world, state);
  // Where two pages can't have an element in common, all of the second is new.
  if (!PaintedElement.mayShareKeys(render(world, before).root, root)) return standingBelow(trial, root);
  return standingOf(trial, changedPlaces(world, before, state));
}

function standingOf(trial: Trial, anchors: Iterable<string>): Standing {
  const mean = meansOf(trial).places;
  let { least, areSure } = noPlace;
  for (const anchor of anchors) {
    const outcomes = trial.places[anchor] ?? never;
    const [right, wrong] = outcomes;
    least = Math.min(least ?? 1, likely(outcomes, mean));
    areSure &&= right > 0 && right / (right + wrong) >= leastPlaceShare;
  }
  return { least, areSure };
}

/** What the trial says of all places at and below an element. */
function standingBelow(trial: Trial, element: DomElement): Standing {
  return remembered(meansOf(trial).ofElements, element, ({ key, children }) => {
    let { least, areSure } = key === undefined ? noPlace : standingOf(trial, [anchorOf(key)]);
    for (const child of children) {
      if (!('tag' in child)) continue;
      const below = standingBelow(trial, child);
      if (below.least !== null) least = Math.min(least ?? 1, below.least);
      areSure &&= below.areSure;
    }
    return { least, areSure };
  });
}

const untried = new WeakMap<World, World>();

/**
 * The same world without its trial, always the same one: its steps are quicker and say how certain their rules are, not how they fared.
 * For training and for proving tasks, which take no notice of it.
 */
export function withoutTrial(world: World): World {
  if (world.trial === undefined) return world;
  return remembered(untried, world, ({ trial: _trial, ...rest }) => rest);
}
