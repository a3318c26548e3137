import type { PageRoute } from '@backlot/protocol';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bySpecificity, isOutside, matchPage, matchPath, matchQuery, parseAddress } from '../src/route.ts';

describe('matchPage', () => {
  const page = {
    route: '/items/:p2',
    also: [
      { route: '/view', query: { id: null } },
      { route: '/view/:p2', hash: '/tab/:h2' },
    ],
  };

  it('reads the variables of whichever pattern matches', () => {
    expect(matchPage(page, parseAddress('/items/4?page=2'))).toEqual({ p2: '4', page: '2' });
    expect(matchPage(page, parseAddress('/view?id=7'))).toEqual({ id: '7' });
    expect(matchPage(page, parseAddress('/view/a%20b#/tab/3'))).toEqual({ p2: 'a b', h2: '3' });
  });

  it('holds each pattern to its own parameters and fragment', () => {
    expect(matchPage(page, parseAddress('/view'))).toBeNull();
    expect(matchPage(page, parseAddress('/view/a'))).toBeNull();
  });

  it('reads the variables of the most specific pattern where several match', () => {
    const both = { route: '/:p1/:p2', also: [{ route: '/a/:p2' }] };
    expect(matchPage(both, parseAddress('/a/b'))).toEqual({ p2: 'b' });
  });
});

describe('isOutside', () => {
  it('takes for outside whatever a browser would leave the application by', () => {
    const signs = fc.constantFrom(
      '/',
      '\\',
      '\t',
      '\n',
      ' ',
      '\u0001',
      ':',
      'h',
      'http',
      's',
      'x',
      '.',
      '?',
      '#',
      '@',
      'e.test',
      'javascript',
    );
    const spellings = fc.array(signs, { maxLength: 7 }).map((parts) => parts.join(''));
    fc.assert(
      fc.property(spellings, (address) => {
        const page = new URL('http://application.test/a/b');
        const leads = URL.canParse(address, page) ? new URL(address, page).origin : page.origin;
        if (leads !== page.origin) expect(isOutside(address), JSON.stringify(address)).toBe(true);
      }),
      { numRuns: 20_000 },
    );
  });

  it.each(['/items?to=https://e.test', '?a:b', '#//x', '/a//b', 'items/x:y', ''])('leaves %j inside', (address) => {
    expect(isOutside(address)).toBe(false);
  });
});

describe('bySpecificity', () => {
  it('puts fixed paths first, then more fixed segments, then more parameters, then those with a value', () => {
    const sorted: readonly PageRoute[] = [
      { route: '/a/b' },
      { route: '/a/:p2/c', query: { x: '1' } },
      { route: '/a/:p2/c' },
      { route: '/a/:p2', query: { x: null, y: null } },
      { route: '/a/:p2', query: { x: '1' } },
      { route: '/a/:p2', query: { x: null } },
      { route: '/a/:p2', hash: '/' },
      { route: '/a/:p2' },
      { route: '/a/*' },
      { route: '/:p1/:p2' },
    ];
    expect([...sorted].reverse().sort(bySpecificity)).toEqual(sorted);
  });

  it('leaves patterns that say as much in their order', () => {
    expect(bySpecificity({ route: '/a/:p2' }, { route: '/:p1/b' })).toBe(0);
  });
});

describe('matchPath', () => {
  it('matches segments, variables and a rest, and nothing else', () => {
    expect(matchPath('/a/:x/*', '/a/b/c/d')).toEqual({ x: 'b', '*': 'c/d' });
    expect(matchPath('/a/:x', '/a/')).toBeNull();
    expect(matchPath('/a/:x', '/a/b/c')).toBeNull();
  });
});

describe('matchQuery', () => {
  it('wants each parameter with its value, or with any', () => {
    expect(matchQuery({ do: 'edit', id: null }, { do: 'edit', id: '' })).toBe(true);
    expect(matchQuery({ do: 'edit' }, { do: 'show' })).toBe(false);
    expect(matchQuery({ id: null }, {})).toBe(false);
  });
});
