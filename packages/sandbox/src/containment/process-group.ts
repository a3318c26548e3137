import { readdir, readFile } from 'node:fs/promises';

/** What the kernel tells of a process in a file of its folder; empty where the process is gone. */
export function readProcess(pid: number, file: 'stat' | 'statm' | 'cmdline'): Promise<string> {
  return readFile(`/proc/${pid}/${file}`, 'utf8').catch(() => '');
}

/** Numbers of the processes in a group; none on a system that does not tell. */
export async function processesOf(group: number): Promise<readonly number[]> {
  const all = (await readdir('/proc').catch(() => [])).filter((name) => /^\d+$/.test(name)).map(Number);
  const groups = await Promise.all(all.map(async (pid) => groupIn(await readProcess(pid, 'stat'))));
  return all.filter((_pid, i) => groups[i] === group);
}

/** The name in the second field may hold spaces and brackets: the others begin after its last one. */
function groupIn(stat: string): number {
  return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[2]);
}
