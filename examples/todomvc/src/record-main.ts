import { parseArgs } from 'node:util';
import { recordUsers } from './record.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    n: { type: 'string', default: '20' },
    seed: { type: 'string', default: '1' },
    logs: { type: 'string' },
    truth: { type: 'string' },
  },
});
const [implementation] = positionals;
if (implementation === undefined || values.logs === undefined || values.truth === undefined) {
  process.stderr.write('Use: record-main.ts IMPLEMENTATION --n 20 --seed 1 --logs DIR --truth DIR\n');
  process.exit(2);
}
const interrupted = new AbortController();
process.once('SIGINT', () => interrupted.abort());
const done = await recordUsers({
  implementation,
  sessions: Number(values.n),
  firstSeed: Number(values.seed),
  logs: values.logs,
  truth: values.truth,
  signal: interrupted.signal,
  onProgress: ({ session, steps, events, ms, pageErrors, error }) => {
    const trouble = [...pageErrors, ...(error === undefined ? [] : [error])].join('; ');
    process.stdout.write(`${session}  ${steps} steps  ${events} events  ${ms} ms  ${trouble}\n`);
  },
});
process.exitCode = done.some(({ error }) => error !== undefined) ? 1 : 0;
