import { processesOf, readProcess } from './process-group.ts';

const pageMiB = 4096 / 2 ** 20;
const interval = 1000;

/** Memory that the processes of a group hold each for itself, in MiB: what they share, such as the program, is not counted. */
export async function groupMemory(group: number): Promise<number> {
  const each = await Promise.all((await processesOf(group)).map(memoryOf));
  return each.reduce((sum, mib) => sum + mib, 0);
}

async function memoryOf(pid: number): Promise<number> {
  const [, resident = 0, shared = 0] = (await readProcess(pid, 'statm')).split(' ').map(Number);
  return (resident - shared) * pageMiB;
}

/** Kills a group of processes as soon as it holds more than `limit` MiB. Answers how to stop watching. */
export function limitMemory(group: number, limit: number): () => void {
  let busy = false;
  const timer = setInterval(() => {
    if (busy) return;
    busy = true;
    void groupMemory(group)
      .then((mib) => mib > limit && process.kill(-group, 'SIGKILL'))
      .catch(() => undefined)
      .finally(() => (busy = false));
  }, interval);
  timer.unref();
  return () => clearInterval(timer);
}
