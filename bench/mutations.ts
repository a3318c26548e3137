/**
 * Does fidelity find what is broken? Rules and queries of a clone that the held-out sessions exercise are changed, one at a time; the
 * broken clone must rank below the intact one, and the report must point at what was changed. Prints every mutation with both
 * figures and the place of the changed part among the suspects.
 *
 *   npx node --conditions=@backlot/source bench/mutations.ts CLONE TEST [--n 20] [--seed 1]
 */
import { parseArgs } from 'node:util';
import {
  findChanges,
  findSuspects,
  measureEM,
  measureR2W,
  partId,
  predictSteps,
  wilson,
  type Blame,
  type PredictedSession,
} from '@backlot/fidelity';
import { readLogs } from '@backlot/logs';
import type { World } from '@backlot/protocol';
import { createTextEngine, readClone } from '@backlot/sandbox';
import { assetFinder, canonical } from '@backlot/synth';
import { mulberry32 } from '@backlot/world';
import { mutationsOf, type Mutation } from './mutations/mutate.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { n: { type: 'string', default: '20' }, seed: { type: 'string', default: '1' } },
});
const [dir, logs] = positionals;
if (dir === undefined || logs === undefined) {
  console.error('Usage: mutations.ts CLONE TEST [--n 20] [--seed 1]: a clone, and logs that it was not learned from.');
  process.exit(2);
}

const { world: intact, hash } = await readClone(dir);
const { sessions, assets } = await readLogs(logs);
const picture = assetFinder('/', assets);
const predict = (world: World): Promise<readonly PredictedSession[]> =>
  predictSteps({ world, sessions, canonical: (root, page) => canonical(root, { ...page, picture }) });

/** Exact pages, of changing steps with the real page given and of whole sessions: the ranking of clones. */
async function figuresOf(world: World, predicted: readonly PredictedSession[]): Promise<readonly [given: number, open: number]> {
  const r2w = await measureR2W({ clone: { world, hash }, sessions, engine: createTextEngine() });
  const { given } = measureEM({ r2w, sessions, predicted });
  return [given?.clone.em.hits ?? 0, r2w.exact.hits];
}

const before = await predict(intact);
const whole = await figuresOf(intact, before);
console.log(`intact: ${whole[0]} pages exact with the real one given, ${whole[1]} in whole sessions`);
const { misses } = findSuspects(intact, before);
const seemsChanged = (world: World, predicted: readonly PredictedSession[]): boolean =>
  (findChanges(world, predicted, findSuspects(world, predicted).misses)?.found.length ?? 0) > 0;
console.log(`the intact clone takes the application for changed: ${seemsChanged(intact, before) ? 'yes, wrongly' : 'no'}`);

const next = mulberry32(Number(values.seed));
const candidates: Mutation[] = [...mutationsOf(intact, before)];
const places: number[] = [];
const sinceIntact: number[] = [];
let below = 0;
let told = 0;
while (places.length < Number(values.n) && candidates.length > 0) {
  const [mutation] = candidates.splice(Math.floor(next() * candidates.length), 1);
  if (mutation === undefined) break;
  const predicted = await predict(mutation.world);
  const now = await figuresOf(mutation.world, predicted);
  const isSame = now[0] === whole[0] && now[1] === whole[1];
  // A change that no held-out step can tell from the intact clone is not exercised by them.
  if (isSame) {
    console.log(`not exercised: ${mutation.what}`);
    continue;
  }
  const wanted = new Set(mutation.parts.map(partId));
  const placeIn = ({ suspects }: Blame): number => 1 + suspects.findIndex(({ part }) => wanted.has(partId(part)));
  const place = placeIn(findSuspects(mutation.world, predicted));
  const fresh = placeIn(findSuspects(mutation.world, predicted, misses));
  const isBelow = now[0] + now[1] < whole[0] + whole[1];
  below += Number(isBelow);
  const isTold = seemsChanged(mutation.world, predicted);
  told += Number(isTold);
  places.push(place);
  sinceIntact.push(fresh);
  const isFound = place > 0 ? `suspect ${place}` : 'no suspect';
  console.log(
    `${mutation.what}: ${now.join(' and ')} exact${isBelow ? '' : ' (not below)'}; ${isFound}, of what got worse ${fresh || '–'}${isTold ? '; told as a change' : ''}`,
  );
}

const say = (hits: number): string => {
  const { low, high } = wilson(hits, places.length);
  return `${hits} of ${places.length} (${(100 * low).toFixed(0)}–${(100 * high).toFixed(0)} %)`;
};
console.log(`\nranked below the intact clone: ${say(below)}`);
console.log(`told from ordinary misses, by the trial, as if the application had changed: ${say(told)}`);
for (const most of [1, 3, 5]) {
  const among = (all: readonly number[]): string => say(all.filter((place) => place > 0 && place <= most).length);
  console.log(`among the first ${most}: ${among(places)}; against the report of the intact clone: ${among(sinceIntact)}`);
}
