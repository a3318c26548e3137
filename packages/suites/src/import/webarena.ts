import { taskSchema, type Task } from '@backlot/protocol';
import type { WebArenaTask } from '../export/webarena.ts';

/** What became of one WebArena task: a task on the clone, or why there is none. */
export type Imported = { readonly task: Task } | { readonly id: number; readonly why: string };

/**
 * Tasks of a WebArena file. Those that `backlot suite export` wrote come back whole; others need a solution, since a task without a proven
 * oracle is not admitted: of these the reason is told.
 */
export function readWebArena(value: unknown): readonly Imported[] {
  if (!Array.isArray(value))
    throw new Error('This is no list of WebArena tasks. Give config_files/test.raw.json, or what `backlot suite export` wrote.');
  return (value as readonly Partial<WebArenaTask>[]).map((each, i): Imported => {
    const id = each.task_id ?? i;
    const own = each.backlot;
    if (own === undefined) return { id, why: 'It has no solution: record one with Chrome DevTools and import that.' };
    const parsed = taskSchema.safeParse({ ...own, instruction: each.intent, wrong: [], difficulty: own.oracle?.length ?? 1 });
    return parsed.success
      ? { task: parsed.data }
      : { id, why: `${parsed.error.issues[0]?.path.join('.')}: ${parsed.error.issues[0]?.message}` };
  });
}
