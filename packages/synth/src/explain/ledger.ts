import type { Expr } from '@backlot/protocol';
import type { Hole } from '../template/holes.ts';
import type { RegisterModel } from './registers.ts';

const telling = new Set(
  'href src value checked selected disabled hidden open placeholder title alt style role type readonly required for id name action method tabindex'.split(
    ' ',
  ),
);

/** Attributes of an element decide what people meet, or only how it is made. */
export const matters = (hole: Hole): boolean => hole.kind !== 'attribute' || telling.has(hole.name) || hole.name.startsWith('aria-');

/** What has been explained so far. */
export class Ledger {
  readonly exprs = new Map<Hole, Expr>();
  readonly misses = new Map<Hole, number>();

  adopt(registers: readonly RegisterModel[]): void {
    for (const register of registers) for (const [hole, expr] of register.holes) this.exprs.set(hole, expr);
  }

  settle(hole: Hole, learned: { readonly expr: Expr; readonly misses: readonly number[] } | null): boolean {
    if (!learned) return false;
    this.exprs.set(hole, learned.expr);
    if (learned.misses.length > 0) this.misses.set(hole, learned.misses.length);
    return true;
  }
}
