import type { Calibration } from '../calibration/certainty.ts';
import type { Coverage } from '../clone/coverage.ts';
import type { EM } from '../clone/em.ts';
import type { R2W } from '../clone/r2w.ts';
import type { Looks } from '../looks/measure-looks.ts';
import type { RealMeasure } from '../real/real-measure.ts';
import type { Share } from '../stats/share.ts';

/** Names of the figures that have a bar. */
export type BarName =
  'accepted' | 'exact' | 'emChange' | 'certainRight' | 'certainShare' | 'coverage' | 'ece' | 'looks' | 'w2r' | 'w2rSteps' | 'cr';

/** One figure with what it should reach. */
export interface Bar {
  readonly id: BarName;
  readonly name: string;
  /** What is counted, as the end of a sentence that begins with a number. */
  readonly meaning: string;
  readonly value: number;
  /** Where it is known how sure the figure is. */
  readonly share?: Share;
  readonly bar: number;
  /** The figure must not be above the bar, rather than not below it. */
  readonly atMost?: true;
  readonly passed: boolean;
}

/** What bars stand against. */
export interface Measured {
  readonly r2w: R2W;
  readonly em: EM;
  readonly calibration?: Calibration;
  readonly coverage?: Coverage;
  readonly looks?: Looks;
  readonly real?: RealMeasure;
}

/** The bars of DESIGN.md that the figures at hand can be held against. */
export function barsOf({ r2w, em, calibration, coverage, looks, real }: Measured): readonly Bar[] {
  const certain = calibration?.groups.find(({ certainty }) => certainty === 'certain');
  const least = (bar: Omit<Bar, 'value' | 'passed'> & { readonly share: Share }): Bar => ({
    ...bar,
    value: bar.share.share,
    passed: bar.share.share >= bar.bar,
  });
  return [
    ...(em.given === undefined
      ? []
      : [
          least({
            id: 'emChange',
            name: 'Next page exact',
            meaning: 'changing steps, the real page before being given',
            share: em.given.clone.emChange,
            bar: 0.9,
          }),
        ]),
    least({ id: 'accepted', name: 'Actions accepted', meaning: 'actions of whole sessions', share: r2w.accepted, bar: 0.95 }),
    least({ id: 'exact', name: 'Pages exact', meaning: 'pages of whole sessions', share: r2w.exact, bar: 0.9 }),
    ...(certain === undefined
      ? []
      : [
          least({
            id: 'certainRight',
            name: 'Certain and right',
            meaning: 'steps that it called certain',
            share: certain.right,
            bar: 0.99,
          }),
          least({ id: 'certainShare', name: 'Called certain', meaning: 'changing steps', share: certain.ofChanging, bar: 0.8 }),
        ]),
    ...(coverage === undefined
      ? []
      : [least({ id: 'coverage', name: 'Covered', meaning: 'steps that something learned decides', share: coverage.steps, bar: 0.95 })]),
    ...(calibration === undefined ? [] : [eceBar(calibration)]),
    ...(looks === undefined
      ? []
      : [least({ id: 'looks', name: 'Looks alike', meaning: 'pages’ structural similarity, on average', share: looks.ssim, bar: 0.97 })]),
    ...(real === undefined ? [] : realBars(real, least)),
  ];
}

function eceBar({ asLearned }: Calibration): Bar {
  const meaning = 'mean distance between foretold and right';
  return { id: 'ece', name: 'Calibration error', meaning, value: asLearned.ece, bar: 0.05, atMost: true, passed: asLearned.ece <= 0.05 };
}

function realBars(real: RealMeasure, least: (bar: Omit<Bar, 'value' | 'passed'> & { readonly share: Share }) => Bar): readonly Bar[] {
  const { w2r, w2rSteps, cr } = real;
  const crBar = { id: 'cr', name: 'CR', meaning: 'W2R ÷ Real, over paired tasks', bar: 0.98 } as const;
  return [
    least({ id: 'w2r', name: 'Works in reality', meaning: 'runs of the clone', share: w2r, bar: 0.95 }),
    least({ id: 'w2rSteps', name: 'Steps as in reality', meaning: 'steps of these runs', share: w2rSteps, bar: 0.97 }),
    ...(cr === null ? [] : [{ ...crBar, value: cr, passed: cr >= crBar.bar }]),
  ];
}
