import path from 'node:path';
import { parseArgs } from 'node:util';
import { launchBrowser } from '@backlot/recorder';
import { recordMissing } from './demo/record-missing.ts';
import { implementation } from './implementations.ts';
import { firstSeedUnlike } from './seeds.ts';

/** Seeds between the people of two implementations, so that no two implementations are used alike. */
const APART = 1000;
const AT_A_TIME = 2;

const { values, positionals: names } = parseArgs({
  allowPositionals: true,
  options: {
    out: { type: 'string' },
    train: { type: 'string', default: '20' },
    test: { type: 'string', default: '10' },
    seed: { type: 'string', default: '1001' },
  },
});
const { out } = values;
if (names.length === 0 || out === undefined) {
  process.stderr.write('Use: record-many.ts IMPLEMENTATION... --out DIR --train 20 --test 10 --seed 1001\n');
  process.exit(2);
}
names.forEach((name) => implementation(name));
const [train, test, seed] = [Number(values.train), Number(values.test), Number(values.seed)];
const interrupted = new AbortController();
process.once('SIGINT', () => interrupted.abort(new Error('Interrupted.')));
const browser = await launchBrowser();
try {
  let next = 0;
  const work = async (): Promise<void> => {
    while (next < names.length && !interrupted.signal.aborted) {
      const k = next++;
      await record(names[k] as string, seed + k * APART);
    }
  };
  await Promise.all(Array.from({ length: AT_A_TIME }, work));
} finally {
  await browser.close();
}

/** What was recorded before is kept. A session that fails leaves the implementation unfinished, not the others. */
async function record(name: string, firstSeed: number): Promise<void> {
  const learned = Array.from({ length: train }, (_, k) => firstSeed + k);
  const unlike = firstSeedUnlike(learned, { from: firstSeed + train, sessions: test });
  const kinds = [
    { kind: 'train', firstSeed, sessions: train },
    { kind: 'test', firstSeed: unlike, sessions: test },
  ];
  try {
    for (const { kind, ...sessions } of kinds) {
      const folders = { logs: path.join(out as string, name, kind), truth: path.join(out as string, name, `truth-${kind}`) };
      const how = { browser, signal: interrupted.signal, fresh: false, onProgress: () => undefined };
      await recordMissing({ implementation: name, ...sessions, ...folders, ...how });
    }
    process.stdout.write(`${name}: ${train} sessions from seed ${firstSeed}, ${test} from seed ${unlike}\n`);
  } catch (error) {
    process.exitCode = 1;
    process.stderr.write(`${name}: ${error instanceof Error ? error.message : String(error)}\n`);
  }
}
