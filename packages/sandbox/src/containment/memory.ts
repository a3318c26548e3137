import { readdir, readFile } from 'node:fs/promises';

const pageMiB = 4096 / 2 ** 20;
const interval = 1000;

/** Memory that the processes of a group hold, in MiB; shared pages count for each that shares them. */
export async function groupMemory(group: number): Promise<number> {
  const names = (await readdir('/proc').catch(() => [])).filter((name) => /^\d+$/.test(name));
  const each = await Promise.all(names.map(async (name) => memoryOf(await readFile(`/proc/${name}/stat`, 'utf8').catch(() => ''), group)));
  return each.reduce((sum, mib) => sum + mib, 0);
}

function memoryOf(stat: string, group: number): number {
  // The name in the second field may hold spaces and brackets: the others begin after its last one.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return Number(fields[2]) === group ? Number(fields[21]) * pageMiB : 0;
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
