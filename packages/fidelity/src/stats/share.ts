import { bootstrapShare, type Tally } from './bootstrap.ts';
import { wilson, type Interval } from './wilson.ts';

/** A share with its 95 % interval. `hits` is a sum of parts where what is counted is a degree. */
export interface Share extends Interval {
  readonly hits: number;
  readonly total: number;
  /** 0 where there was nothing to count. */
  readonly share: number;
}

/** A share of independent trials, with Wilson's interval. */
export function shareOf(hits: number, total: number): Share {
  return { hits, total, share: total === 0 ? 0 : hits / total, ...wilson(hits, total) };
}

/**
 * A share of steps that come in sessions, so that they are not independent: the interval is bootstrapped over sessions. Where all
 * or none hit, resampling sees no difference between sessions; the interval is then Wilson's with sessions as trials. Sessions without
 * anything to count are none.
 */
export function shareOfSteps(sessions: readonly Tally[]): Share {
  const hits = sessions.reduce((sum, each) => sum + each.hits, 0);
  const total = sessions.reduce((sum, each) => sum + each.total, 0);
  const counted = sessions.filter((each) => each.total > 0);
  const n = counted.length;
  const interval = hits === total ? wilson(n, n) : hits === 0 ? wilson(0, n) : bootstrapShare(counted);
  return { hits, total, share: total === 0 ? 0 : hits / total, ...interval };
}
