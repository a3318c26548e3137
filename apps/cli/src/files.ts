import { createHash } from 'node:crypto';
import { existsSync, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { WorkModel } from '@backlot/workflow';
import { messageOf, UsageError } from './io/errors.ts';

/** The work that was learned with a clone: `work.json` in its folder. */
export async function readWork(clone: string): Promise<WorkModel> {
  const { workModelSchema } = await import('@backlot/workflow');
  const file = join(clone, 'work.json');
  let value: unknown;
  try {
    value = JSON.parse(await readFile(file, 'utf8'));
  } catch (error) {
    throw new UsageError(`${file} can't be read: ${messageOf(error)}. Write the clone anew with \`backlot synth\`.`);
  }
  const parsed = workModelSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new UsageError(`${file}: ${issue?.path.join('.') || 'the top'}: ${issue?.message}. Write the clone anew with \`backlot synth\`.`);
}

/** The file of a suite: the path itself, or `suite.json` in it where it is a folder. */
export function suiteFileOf(path: string): string {
  return existsSync(path) && statSync(path).isDirectory() ? join(path, 'suite.json') : path;
}

/** The folder of the clone that a suite names, relative to its own place. */
export function cloneOfSuite(file: string, named: string): string {
  return resolve(dirname(file), named);
}

/** Throws where the folder is not there, before anything is loaded or made. */
export function checkFolder(path: string, what: string): void {
  if (!existsSync(path)) throw new UsageError(`${path}: there is no such folder. Give ${what}.`);
  if (!statSync(path).isDirectory()) throw new UsageError(`${path}: this is a file. Give ${what}.`);
}

/** The sha256 of a text, in hex. */
export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
