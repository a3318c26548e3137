import type { Expr } from '@backlot/protocol';
import { evaluate } from '@backlot/world';
import { describe, expect, it } from 'vitest';
import { learnFilled } from '../../src/rules/filled.ts';
import type { Given } from '../../src/rules/given.ts';
import { scopeOf } from '../fixtures/scopes.ts';

const own: Expr = { col: 'said', of: 'it' };
const isLeft: Expr = { fn: 'isBlank', args: [{ arg: 'save' }] };
const scope = (said: string, save: boolean): Given['scope'] => ({
  ...scopeOf({ args: save ? { save: '1' } : { leave: '1' } }),
  rows: { it: { id: 'r', said } },
});
const seen = (was: string, is: string, save = true): Given => ({ scope: scope(was, save), value: is });
const given = [
  seen('', 'on Monday'),
  seen('', 'on Monday'),
  seen('', 'on Tuesday'),
  seen('on Friday', 'on Sunday'),
  seen('', '', false),
  seen('', '', false),
];

describe('learnFilled', () => {
  const learned = learnFilled(given, own, [isLeft]);
  const becomes = (said: string, save: boolean): unknown => learned && evaluate(learned.expr, scope(said, save));

  it('gives a blank cell what others got, just when others got it', () => {
    expect(becomes('', true)).toBe('on Monday');
    expect(becomes('', false)).toBe('');
  });

  it('leaves a cell that says something, and counts those that changed as not explained', () => {
    expect(becomes('on Friday', true)).toBe('on Friday');
    expect(learned?.misses).toEqual([3]);
  });

  it('gives nothing where nothing tells when, or where blank cells stay so', () => {
    expect(learnFilled(given, own, [])).toBeNull();
    expect(learnFilled([seen('', ''), seen('a', 'b'), seen('c', 'd')], own, [isLeft])).toBeNull();
  });
});
