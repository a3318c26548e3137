import { stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { readClone } from '@backlot/sandbox';
import { readSuite, readWork } from '@backlot/suites';
import { EpisodeError } from './errors.ts';
import { sampledTasks, suiteTasks, type TaskSource } from './task-source.ts';

/** Where tasks and their clone lie. */
export interface TaskPlaces {
  /** File of a suite, or the folder of its `suite.json`. Without it tasks are drawn from the clone's work. */
  readonly suite?: string;
  /** Folder of the clone; with a suite the one that it names. */
  readonly clone?: string;
}

/**
 * Opens the tasks of a suite, or of the work learned with a clone.
 * @throws an error that says which file can't be used, and why
 */
export async function openTasks({ suite, clone }: TaskPlaces): Promise<TaskSource> {
  if (suite === undefined) {
    if (clone === undefined) throw new EpisodeError('Name a suite, or a clone to draw tasks from.');
    return sampledTasks(await readClone(clone), await readWork(clone));
  }
  const file = (await isFolder(suite)) ? join(suite, 'suite.json') : suite;
  const named = await readSuite(file);
  const opened = await readClone(clone ?? resolve(dirname(file), named.clone));
  return suiteTasks(await readSuite(file, opened.hash), opened);
}

async function isFolder(path: string): Promise<boolean> {
  return (await stat(path).catch(() => null))?.isDirectory() ?? false;
}
