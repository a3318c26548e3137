import { readdir, readFile } from 'node:fs/promises';

const pageMiB = 4096 / 2 ** 20;
const interval = 1000;

/** Memory that the processes of a group hold each for itself, in MiB: what they share, such as the program, is not counted. */
export async function groupMemory(group: number): Promise<number> {
  const names = (await readdir('/proc').catch(() => [])).filter((name) => /^\d+$/.test(name));
  const each = await Promise.all(names.map((name) => memoryOf(name, group)));
  return each.reduce((sum, mib) => sum + mib, 0);
}

async function memoryOf(pid: string, group: number): Promise<number> {
  const read = (file: string): Promise<string> => readFile(`/proc/${pid}/${file}`, 'utf8').catch(() => '');
  const stat = await read('stat');
  // The name in the second field may hold spaces and brackets: the others begin after its last one.
  if (Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[2]) !== group) return 0;
  const [, resident = 0, shared = 0] = (await read('statm')).split(' ').map(Number);
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
