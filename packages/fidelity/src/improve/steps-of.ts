import type { Session } from '@backlot/protocol';

/** How many steps sessions have together. */
export const stepsOf = (sessions: readonly Session[]): number => sessions.reduce((sum, { steps }) => sum + steps.length, 0);
