import type { Suite } from '@backlot/protocol';
import type { Clone } from '@backlot/sandbox';
import { admit, type Control } from './admit.ts';

/** A task that no longer stands, by which control and why. */
export interface Fallen {
  readonly task: string;
  readonly control: Control;
  readonly why: string;
}

/** Proves every task of a suite anew in its clone: those that don't stand any more, in the suite's order. */
export async function checkSuite(suite: Suite, clone: Clone, onProgress?: (done: number) => void): Promise<readonly Fallen[]> {
  const fallen: Fallen[] = [];
  for (const [i, task] of suite.tasks.entries()) {
    const admission = await admit(task, clone);
    if (!admission.admitted) fallen.push({ task: task.id, control: admission.control, why: admission.why });
    onProgress?.(i + 1);
  }
  return fallen;
}

/** How two suites differ. */
export interface SuiteDiff {
  readonly sameWorld: boolean;
  readonly added: readonly string[];
  readonly removed: readonly string[];
  /** Tasks with the same id that differ, and in what. */
  readonly changed: readonly { readonly task: string; readonly fields: readonly string[] }[];
}

/** Compares two suites task by task. */
export function diffSuites(before: Suite, after: Suite): SuiteDiff {
  const was = new Map(before.tasks.map((task) => [task.id, task]));
  const now = new Map(after.tasks.map((task) => [task.id, task]));
  const changed = [...now].flatMap(([id, task]) => {
    const old = was.get(id);
    if (!old) return [];
    const fields = Object.keys({ ...old, ...task }).filter(
      (key) => JSON.stringify(old[key as keyof typeof old]) !== JSON.stringify(task[key as keyof typeof task]),
    );
    return fields.length === 0 ? [] : [{ task: id, fields }];
  });
  return {
    sameWorld: before.worldHash === after.worldHash,
    added: [...now.keys()].filter((id) => !was.has(id)),
    removed: [...was.keys()].filter((id) => !now.has(id)),
    changed,
  };
}
