import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addressGlobs, globs } from '../../src/policy/glob.ts';

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

  it('is held against what a reader takes a text for', () => {
    for (const text of ['Ｄｅｌｅｔｅ', 'De\u2060lete', 'D\u00adelete\ufeff', '𝐃𝐞𝐥𝐞𝐭𝐞']) expect(globs('*delete*')(text), text).toBe(true);
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

describe('a pattern of addresses', () => {
  it.each([
    ['/admin*', '/%61dmin', '/', true],
    ['/admin*', '/items/../admin', '/', true],
    ['/items/*', '/items/../admin', '/', false],
    ['/items/new', 'new', '/items/4', true],
    ['/items?page=2', '?page=2', '/items', true],
    ['https://e.test/', 'https://e.test', '/', true],
    ['https://e.test', 'https://e.test/', '/', true],
    ['http:*', '/\\e.test', '/', true],
    ['https:*', 'ht\ttps://e.test', '/', true],
    ['javascript:*', ' java\nscript:alert(1)', '/', true],
    ['/a%2Fb', '/a/b', '/', false],
    ['/*', 'https://e.test/', '/', false],
    ['http:*', 'http://[', '/', true],
  ])('%j against %j on %j: %j', (pattern, address, base, fits) => {
    expect(addressGlobs(pattern)(address, base)).toBe(fits);
  });
});
