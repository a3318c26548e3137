import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { World } from '@backlot/protocol';
import { worldSchema } from '@backlot/protocol';
import { functions } from '@backlot/world';
import type { Clone } from '../engine/port.ts';

/** sha256 of the bytes of a clone's world.json, in hexadecimal: a suite is bound to it. */
export function worldHash(bytes: string | Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/**
 * Reads and checks the world of a clone's folder.
 * @throws an error that names the file, and the place in it, of the first things that are wrong
 */
export async function readClone(dir: string): Promise<Clone & { readonly dir: string }> {
  const file = join(dir, 'world.json');
  const bytes = await readFile(file).catch((cause: NodeJS.ErrnoException) => {
    const why = cause.code === 'ENOENT' ? 'there is no such file' : cause.message;
    throw new Error(`${file} can't be read: ${why}. Give the folder that \`backlot synth\` wrote.`, { cause });
  });
  return { world: parseWorld(bytes.toString('utf8'), file), hash: worldHash(bytes), dir };
}

function parse(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new Error(`${file} is no JSON: ${(cause as Error).message}. Write the clone anew with \`backlot synth\`.`, { cause });
  }
}

/**
 * Reads a world from the text of its file, whose name stands in the message of the error.
 * @throws an error that names the place in it of the first things that are wrong
 */
export function parseWorld(text: string, file: string): World {
  const value = parse(text, file);
  const problems = problemsOf(value);
  if (problems.length === 0) return value as World;
  const shown = problems.slice(0, 5).map((problem) => `  ${problem}`);
  const more = problems.length > shown.length ? [`  and ${problems.length - shown.length} more`] : [];
  throw new Error([`${file} is no world that this version can run:`, ...shown, ...more].join('\n'));
}

function problemsOf(value: unknown): readonly string[] {
  try {
    const result = worldSchema.safeParse(value);
    const issues = result.error?.issues ?? [];
    return issues.length > 0 ? issues.map(({ path, message }) => `${place(path)}: ${message}`) : misreadParts(value);
  } catch (error) {
    if (error instanceof RangeError) return ['$: nested too deeply to be read'];
    throw error;
  }
}

/** A place in a JSON document: `pages[2].template.kids[0]`. */
function place(path: readonly PropertyKey[]): string {
  const written = path.map((part, i) => (typeof part === 'number' ? `[${part}]` : `${i === 0 ? '' : '.'}${String(part)}`)).join('');
  return written === '' ? '$' : written;
}

/** What the interpreter would read as something else, silently: calls of functions that it does not have, and keys that set a prototype. */
function misreadParts(value: unknown, path: readonly PropertyKey[] = []): readonly string[] {
  if (typeof value !== 'object' || value === null) return [];
  const below = Array.isArray(value)
    ? value.flatMap((item, i) => misreadParts(item, [...path, i]))
    : Object.entries(value).flatMap(([key, item]) => misreadParts(item, [...path, key]));
  return [...misreadHere(value, path), ...below];
}

function misreadHere(value: object, path: readonly PropertyKey[]): readonly string[] {
  if (Object.hasOwn(value, '__proto__')) return [`${place([...path, '__proto__'])}: no record may have this key`];
  const { fn, args } = value as { readonly fn?: unknown; readonly args?: unknown };
  const isUnknown = typeof fn === 'string' && Array.isArray(args) && fn !== 'if' && !Object.hasOwn(functions, fn);
  return isUnknown ? [`${place([...path, 'fn'])}: no function ${JSON.stringify(fn)}`] : [];
}
