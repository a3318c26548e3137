import { styleText } from 'node:util';
import type { DemoFigures } from './figures.ts';
import type { Gate } from './gates.ts';
import type { StageTime } from './stages.ts';

/** The demo's result for machines. */
export interface Summary {
  readonly implementation: string;
  readonly gates: readonly Gate[];
  readonly agents: readonly { readonly agent: string; readonly engine: string; readonly solved: number; readonly total: number }[];
  readonly tasks: { readonly admitted: number; readonly sampled: number; readonly rejected: Readonly<Record<string, number>> };
  readonly learned: { readonly pages: number; readonly rules: number; readonly tables: number; readonly exceptions: number };
  readonly seconds: number;
  readonly times: readonly StageTime[];
  readonly report: string;
}

/** What is told at the end. */
export interface Ending {
  readonly gates: readonly Gate[];
  readonly seconds: number;
  /** Path of the HTML report. */
  readonly report: string;
}

/** Sums up what was found. Pure. */
export function summaryOf({ implementation, runs, suite, world, times }: DemoFigures, { gates, seconds, report }: Ending): Summary {
  return {
    implementation,
    gates,
    agents: runs.map(({ agent, engine, episodes }) => ({
      agent,
      engine,
      solved: episodes.filter(({ reward }) => reward === 1).length,
      total: episodes.length,
    })),
    tasks: { admitted: suite.tasks.length, sampled: suite.sampled, rejected: suite.rejected },
    learned: { pages: world.pages.length, rules: world.rules.length, tables: world.tables.length, exceptions: world.exceptions.length },
    seconds,
    times,
    report,
  };
}

const barWidth = 24;

/** The summary as a terminal shows it. */
export function summaryText({ implementation, gates, seconds, report }: Summary): string {
  const wide = Math.max(...gates.map(({ name }) => name.length));
  const lines = gates.map(({ name, share, hits, total, bar, passed }) => {
    const full = Math.round(share * barWidth);
    const drawn = '█'.repeat(full) + '░'.repeat(barWidth - full);
    const mark = passed ? styleText('green', '✓') : styleText('red', '✗');
    const figure = `${(100 * share).toFixed(1)} %`.padStart(7);
    return `${mark} ${name.padEnd(wide)}  ${styleText(passed ? 'green' : 'red', drawn)} ${figure}  ${Math.round(hits)} of ${total}, wanted ${(100 * bar).toFixed(0)} %`;
  });
  const missed = gates.filter(({ passed }) => !passed).length;
  const verdict = missed === 0 ? 'All bars are reached.' : `${missed} of ${gates.length} bars are missed; the report says where.`;
  return `\n${styleText('bold', `TodoMVC, ${implementation}: learned and checked in ${seconds.toFixed(0)} s`)}\n\n${lines.join('\n')}\n\n${verdict}\nReport: ${report}\n`;
}
