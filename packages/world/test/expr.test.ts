import type { Expr, Query, Row, State } from '@backlot/protocol';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { blankState, evaluate, select, toBoolean, type Scope } from '../src/index.ts';

const scopeOf = (rows: readonly Row[], wanted: number): Scope => {
  const state: State = { ...blankState('one'), tables: { t: rows }, registers: { wanted } };
  return { state, rows: {}, args: {}, params: { q: 'a' }, field: () => null };
};
const table = fc
  .array(fc.record({ n: fc.nat(4), s: fc.constantFrom('a', 'b', '') }), { maxLength: 9 })
  .map((all) => all.map((cells, i): Row => ({ ...cells, id: String(i) })));
const col = (name: string): Expr => ({ col: name, of: 'r' });
const condition: fc.Arbitrary<Expr> = fc.letrec<{ expr: Expr }>((tie) => ({
  expr: fc.oneof(
    { depthSize: 'small' },
    fc.constantFrom<Expr>(
      { fn: 'eq', args: [col('n'), { reg: 'wanted' }] },
      { fn: 'eq', args: [{ col: 's' }, { param: 'q' }] },
      { fn: 'gt', args: [{ reg: 'wanted' }, { lit: 2 }] },
      { fn: 'gt', args: [{ count: { from: 't', as: 'o', where: { fn: 'eq', args: [{ col: 'n' }, col('n')] } } }, { lit: 1 }] },
      { fn: 'isBlank', args: [col('s')] },
    ),
    fc
      .tuple(fc.constantFrom('and', 'or', 'not'), fc.array(tie('expr'), { minLength: 1, maxLength: 3 }))
      .map(([fn, args]): Expr => ({ fn, args })),
  ),
})).expr;

/** What the condition says of one row, looked at by itself. */
const holdsFor = (where: Expr, row: Row, scope: Scope): boolean => toBoolean(evaluate(where, { ...scope, row, rows: { r: row } }));

describe('a query', () => {
  it('selects the rows for which its condition holds, whatever it was asked before', () => {
    const asked = fc.array(fc.tuple(table, fc.nat(4)), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(condition, asked, (where, all) => {
        const query: Query = { from: 't', as: 'r', where };
        for (const [rows, wanted] of [...all, ...all]) {
          const scope = scopeOf(rows, wanted);
          expect(select(query, scope)).toEqual(rows.filter((row) => holdsFor(where, row, scope)));
        }
      }),
      { numRuns: 300, seed: 6 },
    );
  });

  it('is answered anew where what was typed into the page decides', () => {
    const query: Query = { from: 't', as: 'r', where: { fn: 'eq', args: [col('s'), { field: 'f' }] } };
    const rows: Row[] = ['a', 'b', 'a', 'b', 'a'].map((s, i) => ({ id: String(i), s }));
    const scope = scopeOf(rows, 0);
    expect(select(query, { ...scope, field: () => 'a' })).toHaveLength(3);
    expect(select(query, { ...scope, field: () => 'b' })).toHaveLength(2);
  });
});
