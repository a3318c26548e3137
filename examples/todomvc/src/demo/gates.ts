import type { DemoFigures } from './figures.ts';

/** A figure with the bar that it has to reach. */
export interface Gate {
  readonly name: string;
  /** What was counted, as the end of a sentence that begins with `12 of 20`. */
  readonly meaning: string;
  readonly hits: number;
  readonly total: number;
  readonly share: number;
  /** 95 % interval, where there is one. */
  readonly low?: number;
  readonly high?: number;
  readonly bar: number;
  readonly passed: boolean;
}

/** The figures that decide whether the demo shows what it is to show. */
export function gatesOf({ r2w, w2r, agreement, suite, runs }: DemoFigures): Gate[] {
  const agreeing = agreement.sessions.filter(({ disagreement }) => disagreement === null).length;
  const scored = (agent: string): { hits: number; total: number } => {
    const episodes = runs.filter((run) => run.agent === agent).flatMap((run) => run.episodes);
    return { hits: episodes.filter(({ reward }) => reward === 1).length, total: episodes.length };
  };
  const idle = scored('no-op');
  return [
    gate('Actions accepted', 'actions from sessions that it never saw can be taken in the clone', { ...r2w.accepted, bar: 0.95 }),
    gate('Pages exact', 'pages after them have the same accessibility snapshot, to the line', { ...r2w.exact, bar: 0.9 }),
    gate('True in reality', 'runs that solve a task in the clone end on the same page in the real application', {
      ...w2r.success,
      bar: 0.95,
    }),
    gate('Engines agree', 'sessions look the same at every step in the interpreter and in Chromium', {
      hits: agreeing,
      total: agreement.sessions.length,
      bar: 1,
    }),
    gate('Tasks solvable', 'episodes of the tasks’ own solutions earn the reward, on both engines', { ...scored('oracle'), bar: 1 }),
    gate(
      'Idling earns nothing',
      `episodes in which nothing is done earn nothing; ${suite.sampled - suite.tasks.length} of ${suite.sampled} candidates for tasks were rejected`,
      {
        hits: idle.total - idle.hits,
        total: idle.total,
        bar: 1,
      },
    ),
  ];
}

interface Counted {
  readonly hits: number;
  readonly total: number;
  readonly low?: number;
  readonly high?: number;
  readonly bar: number;
}

function gate(name: string, meaning: string, { hits, total, bar, ...interval }: Counted): Gate {
  const share = total === 0 ? 0 : hits / total;
  const { low, high } = interval;
  return {
    name,
    meaning,
    hits,
    total,
    share,
    bar,
    passed: share >= bar,
    ...(low === undefined || high === undefined ? {} : { low, high }),
  };
}
