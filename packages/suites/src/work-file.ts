import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { workModelSchema, type WorkModel } from '@backlot/workflow';

/**
 * Reads the work that was learned with a clone: `work.json` in its folder.
 * @throws an error that names the file, what is wrong with it, and what to do
 */
export async function readWork(clone: string): Promise<WorkModel> {
  const file = join(clone, 'work.json');
  const advice = 'Write the clone anew with `backlot synth`.';
  let value: unknown;
  try {
    value = JSON.parse(await readFile(file, 'utf8'));
  } catch (cause) {
    throw new Error(`${file} can't be read: ${(cause as Error).message}. ${advice}`, { cause });
  }
  const parsed = workModelSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new Error(`${file}: ${issue?.path.join('.') || 'the top'}: ${issue?.message}. ${advice}`);
}
