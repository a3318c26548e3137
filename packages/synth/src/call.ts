import type { Expr } from '@backlot/protocol';

/** A function of the world, called with arguments. */
export const call = (fn: string, ...args: readonly Expr[]): Expr => ({ fn, args });
