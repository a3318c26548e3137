import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { demoFigures } from './demo/figures.ts';
import { gatesOf } from './demo/gates.ts';
import { reportDataOf } from './demo/report-data.ts';
import { reportPage } from './demo/report/page.ts';
import { summaryOf, summaryText } from './demo/summary.ts';
import { implementations } from './implementations.ts';

const interrupted = new AbortController();

/** Runs the demo; answers the exit code: 0 where all bars are reached, 1 where one is missed, 2 for bad use. */
async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      implementation: { type: 'string', default: 'react' },
      out: { type: 'string', default: path.join('out', 'demo') },
      fresh: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
    },
  });
  const { implementation, out, fresh } = values;
  if (implementations[implementation] === undefined) {
    throw new Error(`There is no implementation "${implementation}". Choose one of: ${Object.keys(implementations).join(', ')}.`);
  }
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => interrupted.abort(new Error('Interrupted.')));
  const began = performance.now();
  const figures = await demoFigures({ implementation, out, fresh, signal: interrupted.signal });
  const gates = gatesOf(figures);
  const seconds = (performance.now() - began) / 1000;
  const report = path.join(out, 'report.html');
  mkdirSync(out, { recursive: true });
  writeFileSync(report, reportPage(reportDataOf(figures, { gates, seconds })));
  const summary = summaryOf(figures, { gates, seconds, report });
  process.stdout.write(values.json ? `${JSON.stringify(summary, null, 2)}\n` : summaryText(summary));
  return gates.every(({ passed }) => passed) ? 0 : 1;
}

process.exitCode = await main().catch((error: unknown) => {
  if (interrupted.signal.aborted) {
    process.stderr.write('\nStopped. What was recorded is kept: the next run goes on from there.\n');
    return 130;
  }
  process.stderr.write(`\nThe demo failed: ${error instanceof Error ? error.message : String(error)}\n`);
  if (process.env['BACKLOT_DEBUG'] && error instanceof Error) process.stderr.write(`${error.stack}\n`);
  return 2;
});
