import { readdir, readFile } from 'node:fs/promises';

/** What the kernel tells of a process in a file of its folder; empty where the process is gone. */
export function readProcess(pid: number, file: 'stat' | 'statm' | 'cmdline'): Promise<string> {
  return readFile(`/proc/${pid}/${file}`, 'utf8').catch(() => '');
}

/** Numbers of the processes in a group; none on a system that does not tell. */
export async function processesOf(group: number): Promise<readonly number[]> {
  return (await readStats()).filter((each) => each.group === group).map(({ pid }) => pid);
}

/** Numbers of the processes that a process started, theirs too; none on a system that does not tell. */
export async function processesUnder(root: number): Promise<readonly number[]> {
  const parents = new Map((await readStats()).map(({ pid, parent }) => [pid, parent]));
  const isUnder = (pid: number | undefined): boolean => pid === root || (pid !== undefined && isUnder(parents.get(pid)));
  return [...parents.keys()].filter((pid) => pid !== root && isUnder(pid));
}

interface Stat {
  readonly pid: number;
  readonly parent: number;
  readonly group: number;
}

async function readStats(): Promise<readonly Stat[]> {
  const pids = (await readdir('/proc').catch(() => [])).filter((name) => /^\d+$/.test(name)).map(Number);
  return Promise.all(pids.map(async (pid) => ({ pid, ...idsIn(await readProcess(pid, 'stat')) })));
}

/** The name in the second field may hold spaces and brackets: the others begin after its last one. */
function idsIn(stat: string): Omit<Stat, 'pid'> {
  const [, parent, group] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return { parent: Number(parent), group: Number(group) };
}
