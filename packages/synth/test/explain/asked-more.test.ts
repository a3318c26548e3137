import { evaluate } from '@backlot/world';
import { describe, expect, it } from 'vitest';
import { asAskedMore } from '../../src/explain/asked-more.ts';
import type { Example } from '../../src/explain/learn-expr.ts';
import { scopeOf } from '../fixtures/scopes.ts';

/** Whether a part is there at an address, learned from addresses where it was and was not; null where nothing was learned. */
function isThere(seen: Readonly<Record<string, boolean>>, url: string): unknown {
  const examples = Object.entries(seen).map(([from, value]): Example => ({ scope: scopeOf({ url: from }), value }));
  const learned = asAskedMore(examples);
  return learned && evaluate(learned.expr, scopeOf({ url }));
}

const seen = { '/all': false, '/all?by=date': false, '/all?hue=red': true, '/all?big=1&by=date': true };

describe('asAskedMore', () => {
  it('is there for what was never asked before, and not for what is known to change nothing', () => {
    expect(isThere(seen, '/all?from=2020')).toBe(true);
    expect(isThere(seen, '/all?by=name')).toBe(false);
    expect(isThere(seen, '/all?from=2020&by=name')).toBe(true);
  });

  it('says nothing where one name tells, which can be named', () => {
    expect(isThere({ '/all': false, '/all?hue=red': true }, '/all?big=1')).toBeNull();
  });

  it('says nothing where names do not tell', () => {
    expect(isThere({ ...seen, '/all?by=age': true, '/all?by=size': true }, '/all?from=2020')).toBeNull();
  });
});
