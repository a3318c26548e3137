import { stripVTControlCharacters } from 'node:util';

/** Exit codes of the backlot command. */
export const exitCodes = { done: 0, failed: 1, badUse: 2, interrupted: 130 } as const;
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** Bad use or input: what was wrong, where, and what to do, in one line. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** The message of an error for people: without a stack, a browser's log of calls, or colours. */
export function messageOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return stripVTControlCharacters(message.split('\nCall log:')[0] ?? '').trim();
}
