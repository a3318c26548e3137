import type { Value } from '@backlot/protocol';
import { evaluate } from '@backlot/world';
import { describe, expect, it } from 'vitest';
import { learnLookup } from '../../src/rules/lookups.ts';
import type { Given } from '../../src/rules/value.ts';
import { scopeOf } from '../fixtures/scopes.ts';

const given = (text: string, value: Value): Given => ({ scope: scopeOf({ args: { text } }), value });
const learned = (...all: readonly Given[]): ReturnType<typeof learnLookup> => learnLookup(all, [{ arg: 'text' }]);

describe('learnLookup', () => {
  it('gives each name the value that it always had', () => {
    const table = learned(given('Oslo', '1'), given('Rome', '2'), given('Oslo', '1'), given('Rome', '2'), given('Bern', '3'));
    expect(table && ['Oslo', 'Bern', 'Lima'].map((text) => evaluate(table, scopeOf({ args: { text } })))).toEqual(['1', '3', null]);
  });

  it('trusts no names that were hardly ever seen twice', () => {
    expect(learned(given('Oslo', '1'), given('Rome', '2'), given('Oslo', '1'))).toBeNull();
  });

  it('trusts no name that had two values', () => {
    expect(learned(given('Oslo', '1'), given('Rome', '2'), given('Oslo', '1'), given('Rome', '3'))).toBeNull();
  });
});
