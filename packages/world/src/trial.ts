import type { Certainty, DomElement, Explanation, Outcomes, State, Trial, World, WorldEvent } from '@backlot/protocol';
import { worse } from './course.ts';
import { remembered } from './remembered.ts';
import { anchorOf, currentPage, render } from './render.ts';
import { findAll } from './walk.ts';

/** What was done, of which a trial keeps account: the kind of event, and the page with the anchor of the element. */
export function occasionOf(world: World, before: State, event: WorldEvent): string {
  const page = currentPage(world, before).page?.id ?? '';
  const key = 'key' in event ? (event.key ?? before.focus) : null;
  const at = key === null ? '' : anchorOf(key);
  return `${page} ${at} ${event.type}${event.type === 'press' ? ` ${event.name}` : ''}`;
}

/** What elements of a page say, their texts and attributes of their own, and the anchors under which they say it. */
type Sayings = ReadonlyMap<string, string>;

const sayings = new WeakMap<DomElement, Sayings>();

const sayingsOf = (root: DomElement): Sayings =>
  remembered(sayings, root, () => {
    const keyed = findAll(root, ({ key }) => key !== undefined);
    return new Map(keyed.map((element) => [said(element), anchorOf(element.key ?? '')]));
  });

/** Anchors of the elements that are new on the page or say something else than before, texts and attributes of their own. */
export function changedPlaces(world: World, before: State, after: State): ReadonlySet<string> {
  const was = sayingsOf(render(world, before).root);
  const now = sayingsOf(render(world, after).root);
  return new Set([...now].filter(([saying]) => !was.has(saying)).map(([, anchor]) => anchor));
}

const said = ({ key, attrs, children }: DomElement): string => {
  let text = key ?? '';
  for (const name in attrs) text += `\n${name}\t${attrs[name]}`;
  for (const child of children) if ('text' in child) text += `\n\n${child.text}`;
  return text;
};

/** Outcomes as many as these, as good as the mean, are taken for granted of everything. */
const grantedOutcomes = 2;
/** Fewer right outcomes than this, or any wrong one, and an occasion is not certain. */
const leastRight = 2;
/** Nor is it where less than this share of the outcomes of a place that it changes were right. */
const leastPlaceShare = 0.97;

interface Means {
  readonly occasions: number;
  readonly places: number;
}

const means = new WeakMap<Trial, Means>();

const meanOf = (all: Readonly<Record<string, Outcomes>>): number => {
  const shares = Object.values(all).map(([right, wrong]) => (right + 0.5) / (right + wrong + 1));
  return shares.length === 0 ? 1 : shares.reduce((sum, share) => sum + share, 0) / shares.length;
};

const meansOf = (trial: Trial): Means =>
  remembered(means, trial, ({ occasions, places }) => ({ occasions: meanOf(occasions), places: meanOf(places) }));

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
  const least = Math.min(1, ...places.map((outcomes) => likely(outcomes, mean.places)));
  const sure = explanation.certainty === 'ambiguous' ? 0.5 : 1;
  const isSure =
    occasion[1] === 0 &&
    occasion[0] >= leastRight &&
    places.every(([right, wrong]) => right > 0 && right / (right + wrong) >= leastPlaceShare);
  const byTrial: Certainty = isSure ? 'certain' : 'ambiguous';
  return {
    ...explanation,
    certainty: worse(explanation.certainty, byTrial),
    probability: sure * (places.length === 0 ? likely(occasion, mean.occasions) : Math.sqrt(likely(occasion, mean.occasions) * least)),
  };
}

/** What the trial says of the places that a step changes; nothing where no place ever was wrong, which spares the looking. */
function placesOf(world: World, { places }: Trial, { before, state }: Pick<Step, 'before' | 'state'>): readonly Outcomes[] {
  if (Object.keys(places).length === 0) return [];
  return [...changedPlaces(world, before, state)].map((anchor) => places[anchor] ?? never);
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
