import type { Expr } from '@backlot/protocol';
import type { LearnedAction } from '../rules/learn.ts';
import { passwordFields } from '../rules/password-tests.ts';
import type { Occasion } from '../rules/terms.ts';

/** Times that an account must have given the same password. */
const fewestTimes = 2;

/** The one password of each account; null where some account gave several or was seen only once. */
function passwords(name: string, occasions: readonly Occasion[]): readonly string[] | null {
  const byAccount = Map.groupBy(occasions, ({ scope }) => scope.state.account);
  const known: string[] = [];
  for (const mine of byAccount.values()) {
    const values = new Set(mine.map(({ scope }) => String(scope.args[name] ?? '')));
    const [value = ''] = values;
    if (values.size > 1 || value === '' || mine.length < fewestTimes) return null;
    known.push(value);
  }
  return [...new Set(known)].sort();
}

/**
 * When a request gives a password that no account has: where all that were seen gave the one of their account, it must be what lets them
 * pass, though nobody was seen to fail.
 */
export function wrongPassword({ occasions, decision }: LearnedAction): Expr | null {
  const [first] = occasions;
  const [name, ...others] = first ? passwordFields(first) : [];
  if (name === undefined || others.length > 0 || decision.outcomes.length > 1) return null;
  const known = passwords(name, occasions);
  const tests = (known ?? []).map((value): Expr => ({ fn: 'eq', args: [{ arg: name }, { lit: value }] }));
  return tests.length === 0 ? null : { fn: 'not', args: [tests.reduce((a, b): Expr => ({ fn: 'or', args: [a, b] }))] };
}
