/**
 * Tasks of a suite, done by their oracles in the real application: how many are valid there, and why the others are not.
 *
 *   npx node --conditions=@backlot/source bench/real-tasks.ts SUITE CLONE --real 'COMMAND {account}' [--n 50] [--only ID,ID] [--out FILE]
 *
 * The tasks are spread evenly over the suite. A task whose surroundings are perturbed is left out: the real ones are not.
 */
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { oracleAgent } from '@backlot/agents';
import { measureReal, realCommand, type PairedTask } from '@backlot/fidelity';
import { launchBrowser } from '@backlot/recorder';
import { readClone } from '@backlot/sandbox';
import { readSuite } from '@backlot/suites';
import { canonical } from '@backlot/synth';
import { withoutTrial } from '@backlot/world';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    real: { type: 'string' },
    n: { type: 'string', default: '50' },
    only: { type: 'string' },
    out: { type: 'string' },
  },
});
const [file = '', dir = ''] = positionals;
const clone = await readClone(dir);
const suite = await readSuite(file, clone.hash);
const plain = suite.tasks.filter(({ perturbation }) => perturbation === undefined);
const wanted = Math.min(Number(values.n), plain.length);
const only = values.only?.split(',');
const places = new Set(Array.from({ length: wanted }, (_, i) => Math.floor((i * plain.length) / wanted)));
const spread = plain.filter((_, place) => places.has(place));
const tasks = spread.filter(({ id }) => only?.includes(id) ?? true);

const said = ({ id, instruction, w2r, alike, steps, feedback, divergence }: PairedTask): string =>
  [
    `${w2r ? 'valid' : 'MISS '} ${id} ${alike}/${steps} pages alike: ${instruction.slice(0, 110)}`,
    ...(w2r ? [] : [`   ${feedback.join(' ').slice(0, 300)}`, `   ${JSON.stringify(divergence)?.slice(0, 600)}`]),
  ].join('\n');

const browser = await launchBrowser();
try {
  const { tasks: done, w2r } = await measureReal({
    clone: { ...clone, world: withoutTrial(clone.world) },
    tasks,
    agent: oracleAgent,
    real: realCommand(values.real ?? ''),
    browser,
    canonical,
    onProgress: (task) => console.log(said(task)),
  });
  console.log(`valid ${w2r.hits} of ${w2r.total} (${w2r.share.toFixed(3)}, ${w2r.low.toFixed(3)}–${w2r.high.toFixed(3)})`);
  if (values.out !== undefined) writeFileSync(values.out, `${JSON.stringify(done, null, 1)}\n`);
} finally {
  await browser.close();
}
