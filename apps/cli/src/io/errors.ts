/** Exit codes of the backlot command. */
export const exitCodes = { done: 0, failed: 1, badUse: 2, interrupted: 130 } as const;

/** Bad use or input: what was wrong, where, and what to do, in one line. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** The message of an error for people: no stack, no doubled prefix. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
