import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { globs } from '../../src/policy/glob.ts';

describe('a pattern', () => {
  it.each([
    ['Delete', 'delete', true],
    ['Delete', ' Delete\n', true],
    ['Delete', 'Delete all', false],
    ['Delete*', 'Delete all', true],
    ['*all', 'Delete all', true],
    ['*', '', true],
    ['a*b*a', 'aba', true],
    ['a*a', 'a', false],
    ['/admin/*', '/admin/users?x=1', true],
    ['a.c', 'abc', false],
    ['*ab*ab*', 'abab', true],
    ['*ab*ab*', 'aba', false],
  ])('%j against %j: %j', (pattern, text, fits) => {
    expect(globs(pattern)(text)).toBe(fits);
  });

  it('means what the regular expression made of it means', () => {
    const signs = fc.string({ unit: fc.constantFrom('a', 'b', '*', '.'), maxLength: 8 });
    fc.assert(
      fc.property(signs, fc.string({ unit: fc.constantFrom('a', 'b', '.'), maxLength: 10 }), (pattern, text) => {
        const source = pattern.split('*').map((part) => part.replaceAll('.', '\\.'));
        expect(globs(pattern)(text)).toBe(new RegExp(`^${source.join('.*')}$`).test(text));
      }),
      { numRuns: 5000 },
    );
  });

  it('of many stars is done in no time on a long text', () => {
    const began = performance.now();
    expect(globs(`${'*a'.repeat(50)}b`)('a'.repeat(100_000))).toBe(false);
    expect(performance.now() - began).toBeLessThan(500);
  });
});
