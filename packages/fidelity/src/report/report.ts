import type { Session, World } from '@backlot/protocol';
import type { Blame, Miss } from '../blame/suspects.ts';
import { findSuspects } from '../blame/suspects.ts';
import { findChanges } from '../change/find-changes.ts';
import { measureCalibration, type Calibration } from '../calibration/certainty.ts';
import { measureCoverage, type Coverage } from '../clone/coverage.ts';
import { measureDrift, type Corrected } from '../clone/drift.ts';
import { measureEM, type EM } from '../clone/em.ts';
import { measureGuards, type Guards } from '../clone/guards.ts';
import { measureOpenLoop, type OpenLoop } from '../clone/open-loop.ts';
import type { PredictedSession } from '../clone/predict-steps.ts';
import type { R2W } from '../clone/r2w.ts';
import type { Looks } from '../looks/measure-looks.ts';
import type { RealMeasure } from '../real/real-measure.ts';
import { advise, type Advice } from './advice.ts';
import { barsOf, type Bar } from './bars.ts';
import { nameChanges, type Describe, type NamedChanges, type NamedSuspect } from './words.ts';
import { bootstrapDefaults } from '../stats/bootstrap.ts';

/** How far one clone can be trusted, where it is wrong, and what to do about it. */
export interface FidelityReport {
  readonly v: 1;
  readonly app: string;
  /** Hash of the world that was measured, and how. */
  readonly clone: string;
  readonly engine: R2W['engine'];
  readonly bootstrap: { readonly seed: number; readonly rounds: number; readonly level: number };
  readonly counts: { readonly sessions: number; readonly steps: number; readonly changing: number; readonly accounts: number };
  readonly bars: readonly Bar[];
  readonly advice: readonly Advice[];
  readonly r2w: R2W;
  readonly em: EM;
  readonly hasTraining: boolean;
  readonly openLoop?: OpenLoop;
  readonly drift?: readonly Corrected[];
  readonly guards?: Guards;
  readonly calibration?: Calibration;
  readonly coverage?: Coverage;
  readonly looks?: Looks;
  readonly suspects: readonly NamedSuspect[];
  readonly misses: readonly Miss[];
  /** What of the application has changed since the world was learned; null where that can't be told. */
  readonly changes: NamedChanges | null;
  readonly real?: RealMeasure;
}

/** What a report is made from. */
export interface ReportInput {
  readonly world: World;
  readonly hash: string;
  readonly sessions: readonly Session[];
  readonly training?: readonly Session[];
  readonly r2w: R2W;
  readonly predicted?: readonly PredictedSession[];
  readonly describe: Describe;
  readonly looks?: Looks;
  readonly real?: RealMeasure;
  readonly signal?: AbortSignal;
}

/** Suspects that a report names. */
const mostSuspects = 200;

/**
 * Measures all that held-out sessions can tell and puts it together. Intervals are at 95 %, by a bootstrap over sessions with a fixed
 * seed: the same sessions and clone give the same report.
 * @throws the signal's reason
 */
export async function makeReport(input: ReportInput): Promise<FidelityReport> {
  const { world, hash, sessions, training, r2w, predicted, describe, looks, real, signal } = input;
  const seen = { ...(looks === undefined ? {} : { looks }), ...(real === undefined ? {} : { real }) };
  const em = measureEM({
    r2w,
    sessions,
    ...(predicted === undefined ? {} : { predicted }),
    ...(training === undefined ? {} : { training }),
  });
  const given = predicted === undefined ? undefined : await measureGiven(world, predicted, signal);
  const { suspects, misses }: Blame = given?.blame ?? { suspects: [], misses: [] };
  const named = suspects.slice(0, mostSuspects).map((suspect) => ({ ...suspect, words: describe(suspect.part) }));
  const changed = predicted === undefined ? null : findChanges(world, predicted, misses);
  const changes = changed === null ? null : nameChanges(changed, describe);
  const measured = given === undefined ? {} : given.measured;
  return {
    v: 1,
    app: world.app,
    clone: hash,
    engine: r2w.engine,
    bootstrap: bootstrapDefaults,
    counts: {
      sessions: sessions.length,
      steps: r2w.accepted.total,
      changing: em.openLoop.emChange.total,
      accounts: new Set(sessions.map(({ account }) => account)).size,
    },
    bars: barsOf({
      r2w,
      em,
      ...measured,
      ...seen,
    }),
    advice: advise({
      world,
      suspects: named,
      misses,
      changes,
      predicted: predicted ?? [],
      describe,
    }),
    r2w,
    em,
    hasTraining: training !== undefined,
    ...measured,
    suspects: named,
    misses,
    changes,
    ...seen,
  };
}

async function measureGiven(world: World, predicted: readonly PredictedSession[], signal: AbortSignal | undefined) {
  return {
    blame: findSuspects(world, predicted),
    measured: {
      openLoop: await measureOpenLoop(world, predicted, signal),
      drift: measureDrift(world, predicted),
      guards: measureGuards(world, predicted),
      calibration: measureCalibration(world, predicted),
      coverage: measureCoverage(world, predicted),
    },
  };
}
