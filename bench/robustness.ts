/**
 * How well is an application learned from less, or from something else? One table, and a picture with --picture:
 *   sizes     fidelity by the number of sessions, taken evenly over accounts
 *   accounts  all sessions of one account left out: how true is the clone for that account?
 *   work      all sessions left out in which one piece of work occurs: how true are the steps of that work?
 *   order     the same logs in another order: the same bytes?
 *   meta      the same logs without their meta.json
 *
 *   npx node --conditions=@backlot/source bench/robustness.ts TRAIN TEST [--sizes 2,4,8,16,32] [--parts sizes,accounts,work,order,meta] [--picture FILE.svg]
 */
import { cp, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { isChange, isExact, predictSteps, shareOfSteps, type PredictedSession, type PredictedStep, type Share } from '@backlot/fidelity';
import { readLogs } from '@backlot/logs';
import type { LogSet, Session, World } from '@backlot/protocol';
import { assetFinder, canonical, looksOf, synthesise } from '@backlot/synth';
import { learnWork, type WorkModel } from '@backlot/workflow';
import { linePicture } from './robustness/line-picture.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    sizes: { type: 'string', default: '2,4,8,16,32' },
    parts: { type: 'string', default: 'sizes,accounts,work,order,meta' },
    picture: { type: 'string' },
  },
});
const [trainDir, testDir] = positionals;
const sizes = values.sizes.split(',').map(Number);
if (trainDir === undefined || testDir === undefined || sizes.some((n) => !Number.isInteger(n) || n < 1)) {
  console.error('Usage: robustness.ts TRAIN TEST [--sizes 2,4,8] [--parts sizes,order] [--picture FILE.svg]: two folders of logs.');
  process.exit(2);
}
const parts = new Set(values.parts.split(','));
const train = await readLogs(trainDir);
const test = await readLogs(testDir);

const learn = (sessions: readonly Session[], logs: LogSet = train): World => {
  const set = { ...logs, sessions };
  return synthesise(set, looksOf(set)).world;
};

async function predict(world: World): Promise<readonly PredictedSession[]> {
  const picture = assetFinder('/', test.assets);
  return predictSteps({ world, sessions: test.sessions, canonical: (root, page) => canonical(root, { ...page, picture }) });
}

type Which = (session: Session, step: PredictedStep) => boolean;

/** Next pages exact, the real one given, of the changing steps of a kind. */
const exactOf = (predicted: readonly PredictedSession[], isMeant: Which = () => true): Share =>
  shareOfSteps(
    predicted.map(({ session, steps }) => {
      const counted = steps.filter((step) => isChange(step) && isMeant(session, step));
      return { hits: counted.filter((step) => step.refused === undefined && isExact(step)).length, total: counted.length };
    }),
  );

const say = ({ share, low, high, total }: Share): string =>
  total === 0 ? '–' : `${(100 * share).toFixed(1)} (${(100 * low).toFixed(1)}–${(100 * high).toFixed(1)}) of ${total}`;
const tell = (what: string, said: string): void => console.log(`${what.padEnd(64)}${said}`);

console.log('Next page exact, the real one before given, of changing held-out steps (%, 95 % intervals over sessions)\n');

/** Sessions in an order in which every beginning is spread evenly over accounts; the first session, which holds the fonts, comes first. */
function spread(sessions: readonly Session[]): readonly Session[] {
  const queues = [...Map.groupBy(sessions, ({ account }) => account).values()];
  return Array.from({ length: sessions.length }, (_, round) => queues.flatMap((queue) => queue.slice(round, round + 1))).flat();
}

if (parts.has('sizes')) {
  const order = spread(train.sessions);
  const curve: { readonly n: number; readonly share: Share }[] = [];
  for (const n of sizes.filter((size) => size <= order.length)) {
    const share = exactOf(await predict(learn(order.slice(0, n))));
    curve.push({ n, share });
    tell(`learned from ${n} sessions`, say(share));
  }
  if (values.picture !== undefined) await writeFile(values.picture, linePicture(curve, 'Next page exact, by sessions learned from'));
}

const needsWhole = ['accounts', 'work', 'order', 'meta'].some((part) => parts.has(part));
const whole = needsWhole ? learn(train.sessions) : null;
const wholePredicted = whole === null ? [] : await predict(whole);
if (whole !== null) tell(`learned from all ${train.sessions.length} sessions`, say(exactOf(wholePredicted)));

if (parts.has('accounts')) {
  for (const account of [...new Set(train.sessions.map((session) => session.account))].sort()) {
    const rest = train.sessions.filter((session) => session.account !== account);
    if (rest.length === 0) continue;
    const isTheirs: Which = (session) => session.account === account;
    tell(`account ${account}: its steps, learned with it`, say(exactOf(wholePredicted, isTheirs)));
    tell(
      `account ${account}: its steps, learned from ${rest.length} sessions of others`,
      say(exactOf(await predict(learn(rest)), isTheirs)),
    );
  }
}

if (parts.has('work') && whole !== null) {
  const done = placesOfWork(learnWork(whole, train.sessions, canonical));
  const heldOut = placesOfWork(learnWork(whole, test.sessions, canonical));
  const most = train.sessions.length / 2;
  const name = [...done]
    .filter(([work, places]) => new Set(places.map(({ session }) => session)).size <= most && heldOut.has(work))
    .sort(([a, as], [b, bs]) => bs.length - as.length || (a < b ? -1 : 1))[0]?.[0];
  if (name === undefined) tell('work left out', 'no piece of work is in half of the sessions or fewer, and held out too');
  else {
    const having = new Set(done.get(name)?.map(({ session }) => session));
    const steps = new Set(heldOut.get(name)?.map(({ session, step }) => `${session} ${step}`));
    const isMeant: Which = (session, step) => steps.has(`${session.id} ${step.index}`);
    const without = await predict(learn(train.sessions.filter(({ id }) => !having.has(id))));
    tell(`work “${name}”: its steps, learned with it`, say(exactOf(wholePredicted, isMeant)));
    tell(`work “${name}”: its steps, the ${having.size} sessions with it left out`, say(exactOf(without, isMeant)));
    tell(`work “${name}”: all other steps, these left out`, say(exactOf(without, (session, step) => !isMeant(session, step))));
  }
}

/** Where each piece of work was done, by its name. */
function placesOfWork({ workflows }: WorkModel): ReadonlyMap<string, readonly { readonly session: string; readonly step: number }[]> {
  return new Map(
    workflows
      .filter(({ effect }) => effect.length > 0)
      .map(({ name, examples }) => [name, examples.flatMap(({ session, steps }) => steps.map((step) => ({ session, step })))]),
  );
}

if (parts.has('order') && whole !== null) {
  const isSame = JSON.stringify(learn(train.sessions.toReversed())) === JSON.stringify(whole);
  tell('the same logs in reverse order', isSame ? 'the same bytes' : 'OTHER BYTES');
}

if (parts.has('meta')) {
  const bare = await mkdtemp(join(tmpdir(), 'backlot-bare-'));
  try {
    const names = (await readdir(trainDir)).filter((name) => !name.endsWith('.meta.json'));
    for (const name of names) await cp(join(trainDir, name), join(bare, name));
    const logs = await readLogs(bare);
    const accounts = new Set(logs.sessions.map(({ account }) => account)).size;
    tell(
      `without meta.json: ${logs.sessions.length} sessions, ${accounts} accounts told`,
      say(exactOf(await predict(learn(logs.sessions, logs)))),
    );
  } finally {
    await rm(bare, { recursive: true });
  }
}
