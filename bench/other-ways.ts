/**
 * False negatives of verifiers: of the other right ways to do the tasks of a suite, those that earn nothing.
 *
 *   npx node --conditions=@backlot/source bench/other-ways.ts SUITE CLONE
 */
import { readClone } from '@backlot/sandbox';
import { readSuite, tryOtherWays } from '@backlot/suites';
import { withoutTrial } from '@backlot/world';

const [file = '', dir = ''] = process.argv.slice(2);
const read = await readClone(dir);
const clone = { ...read, world: withoutTrial(read.world) };
const counts = new Map<string, { all: number; refused: number }>();
for (const task of (await readSuite(file, clone.hash)).tasks.filter(({ perturbation }) => perturbation === undefined)) {
  for (const { way, reward, feedback } of await tryOtherWays(task, clone)) {
    const { all, refused } = counts.get(way) ?? { all: 0, refused: 0 };
    counts.set(way, { all: all + 1, refused: refused + (reward === 1 ? 0 : 1) });
    if (reward !== 1) console.log(`${task.id} ${way}: ${feedback}`);
  }
}
for (const [way, { all, refused }] of counts) console.log(`${way}: ${refused} of ${all} earn nothing`);
const sum = [...counts.values()].reduce((a, b) => ({ all: a.all + b.all, refused: a.refused + b.refused }), { all: 0, refused: 0 });
console.log(`all: ${sum.refused} of ${sum.all} (${((100 * sum.refused) / sum.all).toFixed(1)} %)`);
