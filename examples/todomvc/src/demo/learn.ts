import { writeFileSync } from 'node:fs';
import path from 'node:path';
import type { LogSet } from '@backlot/protocol';
import { readClone, type Clone } from '@backlot/sandbox';
import { looksOf, synthesise, writeClone } from '@backlot/synth';
import { learnWork, type WorkModel } from '@backlot/workflow';

/** A clone on disk, and the work that was learned with it. */
export interface Learned {
  readonly clone: Clone & { readonly dir: string };
  readonly work: WorkModel;
}

/** Learns the application and its work, and writes the clone. */
export async function learn(logs: LogSet, dir: string): Promise<Learned> {
  const { world } = synthesise(logs, looksOf(logs));
  const work = learnWork(world, logs.sessions);
  await writeClone(dir, { world, assets: logs.assets });
  writeFileSync(path.join(dir, 'work.json'), `${JSON.stringify(work, null, 2)}\n`);
  return { clone: await readClone(dir), work };
}
