import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { suiteSchema, type Suite } from '@backlot/protocol';

/** A suite file that can't be used: the message says which file, what is wrong with it, and what to do. */
export class SuiteFileError extends Error {
  override readonly name = 'SuiteFileError';
}

/** The text of a suite's file: the same suite gives the same bytes. */
export function suiteText(suite: Suite): string {
  return `${JSON.stringify(suite, null, 2)}\n`;
}

/** Writes a suite; a file that is there already is replaced only once the new one is whole. */
export async function writeSuite(file: string, suite: Suite): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  const part = `${file}.part`;
  await writeFile(part, suiteText(suite));
  await rename(part, file);
}

/** Reads a suite; with `hash`, only one that was built for that world. Throws `SuiteFileError`. */
export async function readSuite(file: string, hash?: string): Promise<Suite> {
  const parsed = suiteSchema.safeParse(parseJson(file, await readText(file)));
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const at = issue?.path.join('.') || 'the top';
    throw new SuiteFileError(
      `${file}: ${at}: ${issue?.message ?? 'no suite'}. Build the suite anew with: backlot tasks CLONE --out ${file}`,
    );
  }
  const suite = parsed.data;
  if (hash !== undefined && suite.worldHash !== hash) {
    throw new SuiteFileError(
      `${file}: the suite was built for another world (${suite.worldHash.slice(0, 12)}, not ${hash.slice(0, 12)}). Build it anew with: backlot tasks ${suite.clone} --out ${file}`,
    );
  }
  return suite;
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code;
    const reason = code === 'ENOENT' ? 'there is no such file' : code === 'EISDIR' ? 'this is a folder' : `it can't be read (${code})`;
    throw new SuiteFileError(`${file}: ${reason}. Name a file that "backlot tasks" wrote.`, { cause });
  }
}

function parseJson(file: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new SuiteFileError(`${file}: no JSON (${(cause as Error).message}). Name a file that "backlot tasks" wrote.`, { cause });
  }
}
