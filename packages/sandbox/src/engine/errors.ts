import type { Action } from '@backlot/protocol';
import { sayAction } from './wording.ts';

/** The engine failed for reasons of its own (a crash, a lost browser): the episode ends as `infra_error` and is never scored. */
export class InfraError extends Error {
  override readonly name = 'InfraError';
}

/** A setup action was refused: the task does not fit the world. */
export class SetupError extends Error {
  override readonly name = 'SetupError';

  constructor(index: number, action: Action, reason: string) {
    super(`Setup action ${index + 1} (${sayAction(action)}) was refused: ${reason} Sample the tasks of this clone anew.`);
  }
}
