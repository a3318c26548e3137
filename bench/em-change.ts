/**
 * The learning curve: how true the clone is that n training sessions give, n growing. The sessions are taken evenly over accounts,
 * always with the first one. Prints what of the held-out sessions the clone accepts and shows exactly, going on by itself, and how often
 * it predicts the next page given the real one, over the steps that change the page; shares with 95 % intervals over sessions.
 *
 *   npx node --conditions=@backlot/source bench/em-change.ts TRAIN TEST [--sizes 2,4,8]
 */
import { measureEM, measureR2W, predictSteps, type Canonical, type Share } from '@backlot/fidelity';
import { readLogs } from '@backlot/logs';
import type { LogSet, Session } from '@backlot/protocol';
import { createTextEngine } from '@backlot/sandbox';
import { looksOf, synthesise } from '@backlot/synth';
import { canonical } from '../packages/synth/src/canonical.ts';
import { assetFinder } from '../packages/synth/src/clone/asset-urls.ts';

/** Sessions in an order in which every beginning is spread evenly over accounts; the first session comes first. */
function spread(sessions: readonly Session[]): readonly Session[] {
  const byAccount = new Map<string, Session[]>();
  for (const session of sessions) byAccount.set(session.account, [...(byAccount.get(session.account) ?? []), session]);
  const queues = [...byAccount.values()];
  const order: Session[] = [];
  for (let round = 0; order.length < sessions.length; round += 1) order.push(...queues.flatMap((queue) => queue.slice(round, round + 1)));
  return order;
}

function readerFor({ assets }: LogSet): Canonical {
  const picture = assetFinder('/', assets);
  return (root, page) => canonical(root, { ...page, picture });
}

const say = ({ share, low, high }: Share): string =>
  [share, low, high]
    .map((x) => (100 * x).toFixed(1))
    .join(' ')
    .replace(/ (\S+) (\S+)$/, ' ($1–$2)');

const options = process.argv.slice(2);
const flag = options.indexOf('--sizes');
const sizes = (flag < 0 ? '2,4,8,16,32' : (options[flag + 1] ?? '')).split(',').map(Number);
const [trainDir, testDir] = flag < 0 ? options : options.toSpliced(flag, 2);
if (trainDir === undefined || testDir === undefined || sizes.some((n) => !Number.isInteger(n) || n < 1)) {
  console.error('Usage: em-change.ts TRAIN TEST [--sizes 2,4,8]: two folders of logs, and whole numbers of sessions.');
  process.exit(2);
}

const train = await readLogs(trainDir);
const { sessions, ...test } = await readLogs(testDir);
const order = spread(train.sessions);
const engine = createTextEngine();
const cells = (...texts: readonly string[]): string =>
  texts
    .map((text) => text.padEnd(20))
    .join('')
    .trimEnd();
console.log(cells('sessions', 'accepted', 'exact (open loop)', 'EM-change', 'changed lines (F1)', 'last seen', 'seconds'));
for (const n of sizes.filter((size, i) => size <= order.length || i === 0)) {
  const begin = performance.now();
  const logs = { ...train, sessions: order.slice(0, n).toSorted((a, b) => (a.id < b.id ? -1 : 1)) };
  const { world } = synthesise(logs, looksOf(logs));
  const seconds = (performance.now() - begin) / 1000;
  const r2w = await measureR2W({ clone: { world, hash: String(n) }, sessions, engine });
  const predicted = await predictSteps({ world, sessions, canonical: readerFor({ ...test, sessions }) });
  const { given, lastSeen } = measureEM({ r2w, sessions, predicted, training: logs.sessions });
  if (given === undefined) throw new Error('The steps were not predicted.');
  const { emChange, changeF1 } = given.clone;
  console.log(
    cells(String(n), say(r2w.accepted), say(r2w.exact), say(emChange), say(changeF1), say(lastSeen.emChange), seconds.toFixed(1)),
  );
}
