import type { Expr, Value } from '@backlot/protocol';
import type { Scope } from '@backlot/world';
import { evaluate } from '@backlot/world';

const values = new WeakMap<Scope, Map<Expr, Value>>();

function valuesIn(scope: Scope): Map<Expr, Value> {
  const known = values.get(scope) ?? new Map<Expr, Value>();
  values.set(scope, known);
  return known;
}

/** Says what an expression is worth in a scope, where more is known of it than can be worked out there. */
export function noteValue(expr: Expr, scope: Scope, value: Value): void {
  valuesIn(scope).set(expr, value);
}

/** The value of an expression in a scope, worked out once for each pair of them. */
export function knownValue(expr: Expr, scope: Scope): Value {
  const known = valuesIn(scope);
  let value = known.get(expr);
  if (value === undefined) {
    value = evaluate(expr, scope);
    known.set(expr, value);
  }
  return value;
}
