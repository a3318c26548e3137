import { createHash } from 'node:crypto';
import { existsSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { UsageError } from './io/errors.ts';

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
