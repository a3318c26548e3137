import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { messageOf, UsageError } from './io/errors.ts';

const folder = fileURLToPath(new URL('../../../sandboxes', import.meta.url));

/** The attack pages of this version. */
export const attackPages = join(folder, 'escape');

/** The profile that containers run under, as JSON. */
export async function seccompProfile(): Promise<string> {
  const file = join(folder, 'chromium', 'seccomp.json');
  return readFile(file, 'utf8').catch((error: unknown) => {
    throw new UsageError(`${file} can't be read: ${messageOf(error)}. The container engine needs it.`);
  });
}
