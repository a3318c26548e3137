import type { Action, Task, World } from '@backlot/protocol';
import { liftVerifier, playActions } from '@backlot/workflow';
import { reset } from '@backlot/world';

/** A recorded flow as a task on a clone: the verifier is lifted from what the flow changes there. Null where the clone can't take it, or it changes nothing. */
export function importFlow(
  world: World,
  { title, actions }: { readonly title: string; readonly actions: readonly Action[] },
  id: string,
): Task | null {
  const account = world.defaultAccount;
  const start = reset(world, account);
  const verifier = playActions(world, start, actions) && liftVerifier(world, start, actions);
  if (!verifier) return null;
  const oracle = [...actions];
  return {
    id,
    workflow: 'imported',
    instruction: title,
    account,
    setup: [],
    verifier,
    oracle,
    wrong: [],
    maxSteps: 3 * oracle.length + 5,
    difficulty: oracle.length,
  };
}
