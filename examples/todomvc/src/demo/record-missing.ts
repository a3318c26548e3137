import { existsSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { Browser } from 'playwright-core';
import { planSession } from '../plan.ts';
import { recordUsers } from '../record.ts';

/** Sessions of one implementation, and where they are kept. */
export interface Recording {
  readonly implementation: string;
  readonly sessions: number;
  readonly firstSeed: number;
  readonly logs: string;
  readonly truth: string;
  readonly browser: Browser;
  readonly signal: AbortSignal;
  /** Records all anew. */
  readonly fresh: boolean;
  readonly onProgress: (done: number) => void;
}

/**
 * Records the sessions that are not there yet, or not whole. Returns how many were recorded.
 * @throws where a session could not be recorded to its end; the signal's reason
 */
export async function recordMissing(recording: Recording): Promise<number> {
  const { logs, truth, sessions, firstSeed, fresh, signal } = recording;
  if (fresh) for (const dir of [logs, truth]) rmSync(dir, { recursive: true, force: true });
  const seeds = Array.from({ length: sessions }, (_, k) => firstSeed + k);
  const missing = seeds.filter((seed) => !isWhole(recording, seed));
  let done = sessions - missing.length;
  recording.onProgress(done);
  for (const run of inARow(missing)) {
    const users = await recordUsers({
      ...recording,
      firstSeed: run[0] as number,
      sessions: run.length,
      onProgress: () => recording.onProgress(++done),
    });
    signal.throwIfAborted();
    const broken = users.find(({ error }) => error !== undefined);
    if (broken !== undefined) throw new Error(`Session ${broken.session} could not be recorded: ${broken.error} Run the demo again.`);
  }
  return missing.length;
}

/** A recording is whole if its files are there and its user did all that was planned. */
function isWhole({ implementation, logs, truth }: Recording, seed: number): boolean {
  const name = `s${String(seed).padStart(4, '0')}`;
  const files = ['rrweb.json.gz', 'har.gz', 'meta.json'].map((suffix) => path.join(logs, `${name}.${suffix}`));
  if (!files.every((file) => existsSync(file))) return false;
  try {
    const known = JSON.parse(gunzipSync(readFileSync(path.join(truth, `${name}.steps.json.gz`))).toString()) as {
      readonly app: string;
      readonly error?: string;
      readonly steps: readonly unknown[];
    };
    return known.app === `todomvc-${implementation}` && known.error === undefined && known.steps.length === planSession(seed).length;
  } catch {
    return false;
  }
}

/** Splits ascending numbers where one is left out. */
function inARow(numbers: readonly number[]): number[][] {
  const runs: number[][] = [];
  for (const n of numbers) {
    const last = runs.at(-1);
    if (last?.at(-1) === n - 1) last.push(n);
    else runs.push([n]);
  }
  return runs;
}
