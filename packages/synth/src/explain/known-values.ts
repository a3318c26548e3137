import type { Expr, Value } from '@backlot/protocol';
import type { Scope } from '@backlot/world';
import { evaluate } from '@backlot/world';

const values = new WeakMap<Scope, Map<Expr, Value>>();

/** The value of an expression in a scope, worked out once for each pair of them. */
export function knownValue(expr: Expr, scope: Scope): Value {
  let known = values.get(scope);
  if (known === undefined) {
    known = new Map();
    values.set(scope, known);
  }
  let value = known.get(expr);
  if (value === undefined) {
    value = evaluate(expr, scope);
    known.set(expr, value);
  }
  return value;
}
