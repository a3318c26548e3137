import type { Expr, Value } from '@backlot/protocol';
import type { Scope } from '@backlot/world';

/** A value that an effect gave, and what could be known when it did. */
export interface Given {
  readonly scope: Scope;
  /** The scope of the occasion, where `scope` has a row of it bound. */
  readonly base?: Scope;
  readonly value: Value;
}

/** A value with the occasions that it gets wrong. */
export interface LearnedValue {
  readonly expr: Expr;
  readonly misses: readonly number[];
}
