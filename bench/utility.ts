/**
 * What a clone is worth to an agent in the real application, in three ways: as the verifier of its actions; by the data that it makes to
 * learn from; and as the place to learn first. What is right and what is harm is told by the real application's own data, beside what
 * the oracle leads to there.
 *
 *   npx node --conditions=@backlot/source bench/utility.ts CLONE LOGS [--implementation react] [--tasks 40] [--out FOLDER]
 *
 * CLONE was learned from LOGS (`examples/todomvc/src/record-main.ts`, `backlot synth`). Writes utility.json and utility.svg to FOLDER.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createRng, learnByImitation, learnerAgent, randomAgent, type Shown } from '@backlot/agents';
import { pairedDifference, shareOf, type Share } from '@backlot/fidelity';
import { readLogs } from '@backlot/logs';
import type { Task } from '@backlot/protocol';
import { launchBrowser } from '@backlot/recorder';
import { readClone } from '@backlot/sandbox';
import { buildSuite, readWork } from '@backlot/suites';
import { findChromium } from '../scripts/find-chromium.mjs';
import { data, examOf, learnThere, practiseThere, shownInClone, verification, type Mark } from './utility/channels.ts';
import { curvesPicture } from './utility/picture.ts';
import { shownInLogs } from './utility/shown-in-logs.ts';
import { todomvc } from './utility/todomvc.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    implementation: { type: 'string', default: 'react' },
    tasks: { type: 'string', default: '40' },
    lessons: { type: 'string', default: '200' },
    few: { type: 'string', default: '2' },
    side: { type: 'string', default: '3' },
    stops: { type: 'string', default: '0,100,200,400' },
    sizes: { type: 'string', default: '2,10' },
    random: { type: 'boolean', default: false },
    parts: { type: 'string', default: 'i,ii,iii' },
    out: { type: 'string', default: 'out/utility' },
  },
});
const [dir, logs] = positionals;
if (dir === undefined || logs === undefined) {
  console.error(
    'Usage: utility.ts CLONE LOGS [--implementation react] [--tasks 40] [--out FOLDER]: a clone, and the logs that it was learned from.',
  );
  process.exit(2);
}

const clone = await readClone(dir);
const work = await readWork(dir);
const { sessions } = await readLogs(logs);
const browser = await launchBrowser({ executablePath: findChromium() ?? undefined });
const subject = await todomvc(values.implementation, { clone, browser });

/** Longer ways to the start cost more time in the browser than the tasks themselves. */
const mostSetup = 12;
/** Every kind of work as often as every other: what people do most is soon learned. */
const wanted = Object.fromEntries(work.workflows.map(({ id, count }) => [id, 1 / count]));
const drawn = async (seed: number, n: number): Promise<readonly Task[]> => {
  const { tasks } = await buildSuite(clone.world, work, { n: Math.ceil(1.5 * n), seed, wanted, cloneDir: dir, hash: clone.hash });
  return tasks.filter(({ setup }) => setup.length <= mostSetup).slice(0, n);
};
const n = Number(values.tasks);
const few = Number(values.few);
const parts = values.parts.split(',');
const exam = await examOf(subject, await drawn(11, n), Number(values.side));
const asked = new Set(exam.tasks.map(({ task }) => task.instruction));
const lessons = (await drawn(12, Number(values.lessons))).filter(({ instruction }) => !asked.has(instruction));
const fromLogs = shuffled(shownInLogs(clone.world, work, sessions).filter(({ task }) => !asked.has(task.instruction)));
const fromClone = await shownInClone(subject, lessons, fromLogs.length);
console.log(
  `${subject.name}: ${exam.tasks.length} tasks, ${fromLogs.length} pieces of work in the logs, ${fromClone.length} made by the clone`,
);

const report: Record<string, unknown> = { application: subject.name, tasks: exam.tasks.length, few };
const hits = (marks: readonly Mark[], which: (mark: Mark) => boolean): Share => shareOf(marks.filter(which).length, marks.length);
const say = ({ hits: count, total, share, low, high }: Share): string =>
  `${count} of ${total} = ${share.toFixed(2)} (${low.toFixed(2)}–${high.toFixed(2)})`;
const isRight = ({ success }: Mark): boolean => success;
const isHarm = ({ harm }: Mark): boolean => harm > 0;
const tallies = (marks: readonly Mark[], which: (mark: Mark) => boolean) => marks.map((mark) => ({ hits: Number(which(mark)), total: 1 }));
const differ = (before: readonly Mark[], now: readonly Mark[], which: (mark: Mark) => boolean) =>
  pairedDifference(tallies(before, which), tallies(now, which), { seed: 1, rounds: 4000 });
const sayDifference = ({ difference, low, high }: { difference: number; low: number; high: number }): string =>
  `${difference >= 0 ? '+' : ''}${difference.toFixed(2)} (${low.toFixed(2)} to ${high.toFixed(2)})`;

if (parts.includes('i')) {
  const weak = learnerAgent(learnByImitation(fromLogs.slice(0, few), { seed: 1 }));
  const rows = await verification(exam, { [`learner of ${few} pieces`]: weak, ...(values.random ? { random: randomAgent } : {}) });
  report['verification'] = rows;
  for (const row of rows) {
    console.log(
      `(i) ${row.name}: success ${say(hits(row.without, isRight))} alone, ${say(hits(row.with, isRight))} verified; ${sayDifference(differ(row.without, row.with, isRight))}`,
    );
    console.log(
      `(i) ${row.name}: harm ${say(hits(row.without, isHarm))} alone, ${say(hits(row.with, isHarm))} verified; ${sayDifference(differ(row.without, row.with, isHarm))}`,
    );
    const sum = (marks: readonly Mark[], of: (mark: Mark) => number): number => marks.reduce((all, mark) => all + of(mark), 0);
    const records = [row.without, row.with].map((marks) => sum(marks, ({ harm }) => harm));
    console.log(
      `(i) ${row.name}: records lost or altered ${records[0]} alone, ${records[1]} verified; interactions ${sum(row.without, ({ interactions }) => interactions)} and ${sum(row.with, ({ interactions }) => interactions)}; ${sum(row.with, ({ objections }) => objections)} objections`,
    );
  }
}

if (parts.includes('ii')) {
  const rows = await data(exam, { clone: fromClone, logs: fromLogs }, values.sizes.split(',').map(Number));
  report['data'] = rows;
  for (const { size, clone: made, logs: real } of rows) {
    console.log(
      `(ii) ${size} pieces: success ${say(hits(real, isRight))} of logs, ${say(hits(made, isRight))} of the clone; ${sayDifference(differ(real, made, isRight))}`,
    );
  }
}

if (parts.includes('iii')) {
  const stops = values.stops.split(',').map(Number);
  const shown = fromLogs.slice(0, few);
  const half = Math.ceil(lessons.length / 2);
  const practice = lessons.slice(half);
  const cold = practiseThere(exam, { learned: learnByImitation(shown, { seed: 1 }), tasks: practice, stops, seed: 1 });
  const learned = await learnThere(subject, { shown: [...shown, ...fromClone], tasks: lessons.slice(0, half), seed: 1 });
  const warm = practiseThere(exam, { learned, tasks: practice, stops: stops.slice(0, 2), seed: 1 });
  const curves = { 'in the real application only': await cold, 'in the clone first': await warm };
  report['warmStart'] = curves;
  for (const [name, points] of Object.entries(curves)) {
    for (const { interactions, marks } of points)
      console.log(`(iii) ${name}, after ${interactions} interactions: success ${say(hits(marks, isRight))}`);
  }
  mkdirSync(values.out, { recursive: true });
  const drawnCurves = Object.entries(curves).map(([name, points]) => ({
    name,
    points: points.map(({ interactions, marks }) => ({ at: interactions, share: hits(marks, isRight) })),
  }));
  writeFileSync(
    join(values.out, 'utility.svg'),
    curvesPicture(drawnCurves, `${subject.name}: success by interactions with the real application`),
  );
}
mkdirSync(values.out, { recursive: true });
writeFileSync(join(values.out, 'utility.json'), `${JSON.stringify(report, null, 1)}\n`);
await browser.close();
await subject.close();

/** In an order that is the same each time: sessions and workflows mixed. */
function shuffled(shown: readonly Shown[]): readonly Shown[] {
  const rng = createRng('pieces');
  return shown
    .map((each) => ({ each, at: rng.next() }))
    .toSorted((a, b) => a.at - b.at)
    .map(({ each }) => each);
}
