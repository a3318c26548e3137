/** What was foretold of one step, and whether it came out so. */
export interface Forecast {
  readonly probability: number;
  readonly right: boolean;
}

/** Forecasts of about the same probability. */
export interface Bin {
  readonly low: number;
  readonly high: number;
  readonly count: number;
  /** Mean of what was foretold, and share that came out so. */
  readonly foretold: number;
  readonly right: number;
}

/** How far foretold probabilities can be taken at their word. */
export interface Reliability {
  /** Bins of equal width with something in them. */
  readonly bins: readonly Bin[];
  /** Expected calibration error: distance between foretold and right, over all forecasts (Guo et al. 2017). 0 where nothing was foretold. */
  readonly ece: number;
  /** Mean squared error of the forecasts (Brier 1950). */
  readonly brier: number;
}

const binCount = 10;

/** The reliability diagram of forecasts, in ten bins. Pure. */
export function reliability(forecasts: readonly Forecast[]): Reliability {
  const bins = Array.from({ length: binCount }, (_, i) => binOf(forecasts, i)).filter(({ count }) => count > 0);
  const n = Math.max(1, forecasts.length);
  return {
    bins,
    ece: bins.reduce((sum, { count, foretold, right }) => sum + (count / n) * Math.abs(foretold - right), 0),
    brier: forecasts.reduce((sum, { probability, right }) => sum + (probability - Number(right)) ** 2, 0) / n,
  };
}

function binOf(forecasts: readonly Forecast[], i: number): Bin {
  const mine = forecasts.filter(({ probability }) => Math.min(binCount - 1, Math.floor(probability * binCount)) === i);
  const mean = (part: (each: Forecast) => number): number => mine.reduce((sum, each) => sum + part(each), 0) / Math.max(1, mine.length);
  return {
    low: i / binCount,
    high: (i + 1) / binCount,
    count: mine.length,
    foretold: mean(({ probability }) => probability),
    right: mean(({ right }) => Number(right)),
  };
}

/**
 * Forecasts corrected by what was right at about their probability in the other groups (isotonic regression by pooling adjacent
 * violators): what is left of the error is not a matter of scale. Each group is corrected without its own outcomes.
 */
export function recalibrated(groups: readonly (readonly Forecast[])[]): readonly Forecast[] {
  return groups.flatMap((group, at) => {
    const levels = isotonic(groups.filter((_, i) => i !== at).flat());
    return group.map(({ probability, right }) => ({ right, probability: levelAt(levels, probability) ?? probability }));
  });
}

interface Level {
  readonly from: number;
  readonly mean: number;
  readonly count: number;
}

function isotonic(forecasts: readonly Forecast[]): readonly Level[] {
  const levels: Level[] = [];
  for (const [probability, same] of [...Map.groupBy(forecasts, (each) => each.probability)].sort(([a], [b]) => a - b)) {
    let level: Level = { from: probability, count: same.length, mean: same.filter(({ right }) => right).length / same.length };
    for (let last = levels.at(-1); last !== undefined && last.mean >= level.mean; last = levels.at(-1)) {
      const count = last.count + level.count;
      level = { from: last.from, count, mean: (last.mean * last.count + level.mean * level.count) / count };
      levels.pop();
    }
    levels.push(level);
  }
  return levels;
}

function levelAt(levels: readonly Level[], probability: number): number | undefined {
  return (levels.findLast(({ from }) => from <= probability) ?? levels[0])?.mean;
}
