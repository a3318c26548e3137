import type { Session } from '@backlot/protocol';
import { lineDifference, lineF1 } from '../aria/line-difference.ts';
import { isSamePage } from '../aria/normalise-aria.ts';
import { shareOfSteps, type Share } from '../stats/share.ts';

/** The page before a step, the page after it, and what was predicted of that one: the lines of their snapshots. */
export interface Prediction {
  readonly before: readonly string[];
  readonly want: readonly string[];
  readonly got: readonly string[];
}

/** How well predictions do, with intervals over sessions. */
export interface Score {
  /** Pages predicted exactly. */
  readonly em: Share;
  /** The same over the steps that change the page. */
  readonly emChange: Share;
  /** Lines in common (F1). */
  readonly lineF1: Share;
  /** The same over the lines that come and go alone: of all that changed or was said to change, what both agree on. */
  readonly changeF1: Share;
}

/** The score of predictions that come in sessions. */
export function scoreOf(sessions: readonly (readonly Prediction[])[]): Score {
  return {
    em: over(sessions, (step) => [Number(isExact(step)), 1]),
    emChange: over(sessions, (step) => (isChange(step) ? [Number(isExact(step)), 1] : [0, 0])),
    lineF1: over(sessions, ({ want, got }) => [lineF1(want, got), 1]),
    changeF1: over(sessions, agreedChanges),
  };
}

/** True where the page after the step is as predicted. */
export const isExact = ({ want, got }: Prediction): boolean => isSamePage(want, got);

/** True where the step changes the page. */
export const isChange = ({ before, want }: Prediction): boolean => !isSamePage(before, want);

type Count = readonly [hits: number, total: number];

function over(sessions: readonly (readonly Prediction[])[], count: (step: Prediction) => Count): Share {
  return shareOfSteps(
    sessions.map((steps) => {
      const counts = steps.map(count);
      const sum = (at: 0 | 1): number => counts.reduce((total, each) => total + each[at], 0);
      return { hits: sum(0), total: sum(1) };
    }),
  );
}

/** Lines that come and go, in reality and as predicted; each that is in both counts twice. */
function agreedChanges({ before, want, got }: Prediction): Count {
  const real = changes(before, want);
  const said = changes(before, got);
  const total = real.length + said.length;
  return [total - lineDifference(real, said).missing.length - lineDifference(real, said).extra.length, total];
}

function changes(before: readonly string[], after: readonly string[]): readonly string[] {
  const { missing, extra } = lineDifference(before, after);
  return [...missing.map((line) => `gone ${line.trim()}`), ...extra.map((line) => `new ${line.trim()}`)];
}

/** Steps of sessions by a name that each has, names in order. */
export function groupSteps<Step>(
  sessions: readonly { readonly session: Session; readonly steps: readonly Step[] }[],
  nameOf: (step: Step) => string,
): readonly { readonly name: string; readonly sessions: readonly (readonly Step[])[] }[] {
  const names = [...new Set(sessions.flatMap(({ steps }) => steps.map(nameOf)))].sort();
  return names.map((name) => ({
    name,
    sessions: sessions.map(({ steps }) => steps.filter((step) => nameOf(step) === name)).filter((steps) => steps.length > 0),
  }));
}
