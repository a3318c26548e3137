import type { Dirent } from 'node:fs';
import { readdir, realpath, stat } from 'node:fs/promises';
import path from 'node:path';

/** The files of one session in a folder of logs. */
export interface LogFiles {
  readonly name: string;
  readonly events: string;
  readonly har?: string;
  readonly meta?: string;
}

/** Sessions sorted by name, and files beside them that belong to none. */
export interface FoundLogs {
  readonly logs: readonly LogFiles[];
  readonly orphans: readonly string[];
}

/**
 * Finds the sessions in a folder, without going into the folders inside. Links to files count as the files they lead to, but for
 * those that lead into a folder named `truth`: what is known beside the logs is for measuring, never for learning.
 */
export async function findLogs(dir: string): Promise<FoundLogs> {
  const entries = await readdir(dir, { withFileTypes: true });
  const seen = entries.filter((entry) => !entry.name.startsWith('.'));
  const isFile = await Promise.all(seen.map((entry) => (entry.isSymbolicLink() ? leadsToFile(dir, entry) : entry.isFile())));
  return groupLogs(seen.filter((_, i) => isFile[i]).map(({ name }) => name));
}

/** False for links that lead nowhere, too. */
async function leadsToFile(dir: string, { name }: Dirent): Promise<boolean> {
  try {
    const [from, to] = await Promise.all([realpath(dir), realpath(path.join(dir, name))]);
    return !path.relative(from, to).split(path.sep).includes('truth') && (await stat(to)).isFile();
  } catch {
    return false;
  }
}

/** Groups file names into sessions: `NAME.rrweb.json[.gz]` or plain `NAME.json[.gz]`, with `NAME.har[.gz]` and `NAME.meta.json`. */
function groupLogs(names: readonly string[]): FoundLogs {
  const sorted = [...names].sort();
  const hars = byName(sorted, /\.har(\.gz)?$/);
  const metas = byName(sorted, /\.meta\.json$/);
  const events = byName(sorted, /\.rrweb\.json(\.gz)?$/);
  for (const [name, file] of byName(sorted, /(?<!\.(rrweb|meta|steps))\.json(\.gz)?$/)) if (!events.has(name)) events.set(name, file);
  const logs = [...events].map(([name, file]): LogFiles => {
    const har = hars.get(name);
    const meta = metas.get(name);
    return { name, events: file, ...(har === undefined ? {} : { har }), ...(meta === undefined ? {} : { meta }) };
  });
  const orphans = [...hars, ...metas].filter(([name]) => !events.has(name)).map(([, file]) => file);
  return { logs: logs.sort((a, b) => compare(a.name, b.name)), orphans: orphans.sort() };
}

/** Orders text by its code units: the same on every machine. */
export function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

function byName(names: readonly string[], suffix: RegExp): Map<string, string> {
  const found = new Map<string, string>();
  for (const file of names) {
    if (!suffix.test(file)) continue;
    const name = file.replace(suffix, '');
    if (!found.has(name)) found.set(name, file);
  }
  return found;
}
