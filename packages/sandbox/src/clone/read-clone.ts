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
  return { world: checkWorld(parse(bytes.toString('utf8'), file), file), hash: worldHash(bytes), dir };
}

function parse(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new Error(`${file} is no JSON: ${(cause as Error).message}. Write the clone anew with \`backlot synth\`.`, { cause });
  }
}

/** Checks what was read against the schema. `file` stands in the message of the error. */
function checkWorld(value: unknown, file: string): World {
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
    return issues.length > 0 ? issues.map(({ path, message }) => `${place(path)}: ${message}`) : unknownFunctions(value);
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

/** Calls of functions that the interpreter does not have: it would read them as null, silently. */
function unknownFunctions(value: unknown, path: readonly PropertyKey[] = []): readonly string[] {
  if (typeof value !== 'object' || value === null) return [];
  const call = value as { readonly fn?: unknown; readonly args?: unknown };
  const own =
    typeof call.fn === 'string' && Array.isArray(call.args) && call.fn !== 'if' && !Object.hasOwn(functions, call.fn)
      ? [`${place([...path, 'fn'])}: no function ${JSON.stringify(call.fn)}`]
      : [];
  const below = Array.isArray(value)
    ? value.flatMap((item, i) => unknownFunctions(item, [...path, i]))
    : Object.entries(value).flatMap(([key, item]) => unknownFunctions(item, [...path, key]));
  return [...own, ...below];
}
