import type { Action, DomElement, State, Target, World } from '@backlot/protocol';
import { compileStyles, styleSheetsOf } from '@backlot/logs';
import { accessiblePage, findAll, render, resolveAction } from '@backlot/world';
import { shareOf, shareOfSteps, type Share } from '../stats/share.ts';
import type { PredictedSession, PredictedStep } from './predict-steps.ts';
import { isChange } from './score.ts';
import { isSamePage } from '../aria/normalise-aria.ts';

/** How well the world tells what can't be done, and what does nothing. */
export interface Guards {
  /** Actions tried on real pages, possible and impossible ones. */
  readonly tried: number;
  /** Of what the world refuses, what the real page does not offer; and of what that does not offer, what the world refuses. */
  readonly precision: Share;
  readonly recall: Share;
  /** Of steps that the world says change nothing, those that do not; and of those that do not, what the world says so of. */
  readonly stillPrecision: Share;
  readonly stillRecall: Share;
}

/** Roles of what can be clicked or typed into. */
const actionable = new Set(['button', 'link', 'textbox', 'checkbox', 'radio', 'combobox', 'searchbox', 'menuitem', 'tab', 'switch']);
/** Targets tried on every real page: as many that it offers, and as many that other pages do. */
const triedOfEach = 6;

interface Trial {
  readonly possible: boolean;
  readonly refused: boolean;
}

/**
 * Asks the world, the real page before each step having been read, for actions that the page offers and for actions of other pages
 * that it does not. Which ones goes round in turn, so that no chance is in it. Pure.
 */
export function measureGuards(world: World, predicted: readonly PredictedSession[]): Guards {
  const targets = loggedTargets(predicted);
  const trials = predicted.map(({ session, steps }) =>
    steps.flatMap((step, i) => {
      const root = session.steps[i]?.before.root;
      return root === undefined ? [] : trialsOn({ world, step, root, viewport: session.viewport }, targets);
    }),
  );
  const share = (of: (trial: Trial) => boolean, hit: (trial: Trial) => boolean): Share =>
    shareOfSteps(trials.map((each) => ({ hits: each.filter(of).filter(hit).length, total: each.filter(of).length })));
  return {
    tried: trials.flat().length,
    precision: share(
      ({ refused }) => refused,
      ({ possible }) => !possible,
    ),
    recall: share(
      ({ possible }) => !possible,
      ({ refused }) => refused,
    ),
    ...stillness(predicted.flatMap(({ steps }) => steps)),
  };
}

function stillness(steps: readonly PredictedStep[]): Pick<Guards, 'stillPrecision' | 'stillRecall'> {
  const saysStill = steps.filter(({ before, got, refused }) => refused === undefined && isSamePage(before, got));
  const still = steps.filter((step) => !isChange(step));
  const both = saysStill.filter((step) => !isChange(step)).length;
  return { stillPrecision: shareOf(both, saysStill.length), stillRecall: shareOf(both, still.length) };
}

function loggedTargets(predicted: readonly PredictedSession[]): readonly Target[] {
  const targets = new Map<string, Target>();
  for (const { steps } of predicted)
    for (const { target } of steps.map(({ action }) => action)) if (target) targets.set(said(target), target);
  return [...targets].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, target]) => target);
}

const said = ({ role, name, nth }: Target): string => JSON.stringify([role, name, nth]);

interface Place {
  readonly world: World;
  readonly step: PredictedStep;
  readonly root: DomElement;
  readonly viewport: { readonly width: number; readonly height: number };
}

function trialsOn({ world, step, root, viewport }: Place, targets: readonly Target[]): readonly Trial[] {
  const page = accessiblePage(root, compileStyles(styleSheetsOf(root), viewport));
  const offered = page
    .elements()
    .filter(({ role, hidden, element, name }) => actionable.has(role) && !hidden && name !== '' && !('disabled' in element.attrs));
  const present = spread(offered, step.index).map(({ element }) => page.describe(element));
  const absent = spread(
    targets.filter((target) => page.find(target) === null),
    step.index,
  );
  return [
    ...present.map((target) => ({ possible: true, refused: isRefused(world, step.states.before, target) })),
    ...absent.map((target) => ({ possible: false, refused: isRefused(world, step.states.before, target) })),
  ];
}

/** A few of many, others at every step. */
function spread<T>(all: readonly T[], turn: number): readonly T[] {
  const stride = Math.max(1, Math.floor(all.length / triedOfEach));
  return all.filter((_, i) => i % stride === turn % stride).slice(0, triedOfEach);
}

function isRefused(world: World, state: State, target: Target): boolean {
  const action: Action = { kind: 'click', target };
  const event = resolveAction(world, state, action);
  if ('refused' in event) return true;
  const key = 'key' in event ? event.key : undefined;
  return findAll(render(world, state).root, (element) => element.key === key && 'disabled' in element.attrs).length > 0;
}
