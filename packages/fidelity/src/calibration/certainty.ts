import { certainties, type Certainty, type World } from '@backlot/protocol';
import type { PredictedSession, PredictedStep } from '../clone/predict-steps.ts';
import { isChange, isExact } from '../clone/score.ts';
import { shareOfSteps, type Share } from '../stats/share.ts';
import { recalibrated, reliability, type Forecast, type Reliability } from './reliability.ts';
import { stepProbability } from './step-probability.ts';

/** The steps of which a world says that it is as certain as that. */
export interface CertaintyGroup {
  readonly certainty: Certainty;
  /** Right among them, over all steps and over those that change the page. */
  readonly right: Share;
  readonly rightOfChanging: Share;
  /** How many of the changing steps they are. */
  readonly ofChanging: Share;
}

/** How far a world's word about its own certainty can be trusted, the real page before each step being given. */
export interface Calibration {
  readonly groups: readonly CertaintyGroup[];
  /** Of the probability that each step carries: by the world's trial, else by its rules and their evidence. */
  readonly asLearned: Reliability;
  /** The same probabilities corrected by the outcomes of the other sessions. */
  readonly corrected: Reliability;
}

/** Holds what a world says of its certainty against what came. A step that it would not take was foretold wrongly. Pure. */
export function measureCalibration(world: World, predicted: readonly PredictedSession[]): Calibration {
  const forecasts = predicted.map(({ steps }) => steps.map((step) => forecast(world, step)));
  return {
    groups: certainties.map((certainty) => groupOf(certainty, predicted)),
    asLearned: reliability(forecasts.flat()),
    corrected: reliability(recalibrated(forecasts)),
  };
}

const isRight = (step: PredictedStep): boolean => step.refused === undefined && isExact(step);

function forecast(world: World, step: PredictedStep): Forecast {
  const isTaken = step.refused === undefined && step.certainty !== 'unseen';
  const probability = isTaken ? (step.probability ?? stepProbability(world, step.rules)) : 0;
  return { probability, right: isRight(step) };
}

function groupOf(certainty: Certainty, predicted: readonly PredictedSession[]): CertaintyGroup {
  const count = (of: (step: PredictedStep) => boolean, hit: (step: PredictedStep) => boolean): Share =>
    shareOfSteps(
      predicted.map(({ steps }) => {
        const counted = steps.filter(of);
        return { hits: counted.filter(hit).length, total: counted.length };
      }),
    );
  const mine = (step: PredictedStep): boolean => step.certainty === certainty;
  return {
    certainty,
    right: count(mine, isRight),
    rightOfChanging: count((step) => mine(step) && isChange(step), isRight),
    ofChanging: count(isChange, mine),
  };
}
