import { rmSync } from 'node:fs';
import { rm } from 'node:fs/promises';

const kept = new Set<string>();
let isWatching = false;

/** A folder that goes with this process, however it ends (but by SIGKILL), unless it is removed before. Answers how to remove it. */
export function goesWithUs(folder: string): () => Promise<void> {
  kept.add(folder);
  if (!isWatching) process.on('exit', removeAll);
  isWatching = true;
  return async () => {
    await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 }).catch(() => undefined);
    kept.delete(folder);
  };
}

function removeAll(): void {
  for (const folder of kept) rmSync(folder, { recursive: true, force: true });
}
