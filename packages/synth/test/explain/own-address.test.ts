import { evaluate, parseAddress } from '@backlot/world';
import type { Expr } from '@backlot/protocol';
import { describe, expect, it } from 'vitest';
import type { Example } from '../../src/explain/learn-expr.ts';
import { asEitherAddress, asOwnAddress } from '../../src/explain/own-address.ts';
import type { Hole } from '../../src/template/holes.ts';
import { scopeOf } from '../fixtures/scopes.ts';

const hole = (name: string): Hole => ({ kind: 'attribute', name }) as Hole;
const terms: readonly Expr[] = [{ param: 'q' }, { param: 'page' }];

const at = (url: string): Example['scope'] => ({ ...scopeOf({ url }), params: parseAddress(url).query });

/** Where a link leads from an address, learned from links seen at others; null where nothing was learned. */
function leads(links: Readonly<Record<string, string>>, url: string, name = 'href'): unknown {
  const examples = Object.entries(links).map(([from, value]): Example => ({ scope: at(from), value }));
  const learned = asOwnAddress(hole(name), examples, { terms });
  return learned && evaluate(learned.expr, at(url));
}

describe('asOwnAddress', () => {
  it('repeats what the page was asked for, with what the link changes', () => {
    const links = { '/find?q=mug': '/find?q=mug&by=date', '/find?q=lamp': '/find?q=lamp&by=date' };
    expect(leads(links, '/find?q=never+seen')).toBe('/find?q=never%20seen&by=date');
  });

  it('spells what it repeats as links on the page do', () => {
    const links = { '/find?q=red+mug': '/find?q=red+mug&by=date', '/find?q=oak+lamp': '/find?q=oak+lamp&by=date' };
    expect(leads(links, '/find?q=oak+%26+ash')).toBe('/find?q=oak+%26+ash&by=date');
  });

  it('says nothing where a part of the link is not in the address', () => {
    expect(leads({ '/find?q=mug': '/item/7?q=mug', '/find?q=lamp': '/item/9?q=lamp' }, '/find?q=mug')).toBeNull();
  });

  it('takes one of the tokens that an application makes up for its links', () => {
    const links = { '/find?q=mug': '/leave?q=mug&mark=0123456789abcdef', '/find?q=lamp': '/leave?q=lamp&mark=fedcba9876543210' };
    expect(leads(links, '/find?q=oak')).toBe('/leave?q=oak&mark=0123456789abcdef');
  });

  it('says nothing of what is no address', () => {
    expect(leads({ '/find?q=mug': '/mug', '/find?q=lamp': '/lamp' }, '/find?q=mug', 'title')).toBeNull();
  });
});

describe('asEitherAddress', () => {
  const isIn: Expr = { reg: 'g0' };
  const seen = (url: string, value: string, g0: boolean): Example => ({
    scope: { ...scopeOf({ url, registers: { g0 } }), params: parseAddress(url).query },
    value,
  });
  const links = [
    seen('/find?q=mug', '/enter?q=mug', false),
    seen('/find?q=lamp', '/enter?q=lamp', false),
    seen('/find?q=mug', '/profile?q=mug&part=all', true),
    seen('/find?q=lamp', '/profile?q=lamp&part=all', true),
  ];
  const vocabulary = { terms, tests: [isIn], depth: 2, slack: 0 };

  it('tells by what else is asked for which it is, some odd ones aside', () => {
    const ids = Array.from({ length: 60 }, (_, i) => i);
    const plain = ids.map((i) => seen(`/show?q=w${i}`, `/edit?q=w${i}`, false));
    const former = ids.slice(0, 9).map((i) => seen(`/show?q=w${i}&page=${i}`, `/edit?q=w${i}&page=${i}`, false));
    const odd = seen('/show?q=w3&page=7', '/edit?q=w3', false);
    const learned = asEitherAddress(hole('href'), [...plain, odd, ...former], {
      terms,
      tests: [{ fn: 'isBlank', args: [{ param: 'page' }] }],
      depth: 2,
      slack: 0,
    });
    const leadsTo = (url: string): unknown => learned && evaluate(learned.expr, at(url));
    expect([leadsTo('/show?q=new'), leadsTo('/show?q=new&page=4')]).toEqual(['/edit?q=new', '/edit?q=new&page=4']);
    expect(learned?.misses).toEqual([60]);
  });

  it('tells by a register which of two links stands in a place', () => {
    const learned = asEitherAddress(hole('href'), links, vocabulary);
    const leadsTo = (g0: boolean): unknown => learned && evaluate(learned.expr, seen('/find?q=oak', '', g0).scope);
    expect([leadsTo(false), leadsTo(true)]).toEqual(['/enter?q=oak', '/profile?q=oak&part=all']);
  });

  it('says nothing where no register tells', () => {
    expect(asEitherAddress(hole('href'), links, { ...vocabulary, tests: [{ reg: 'g1' }] })).toBeNull();
  });
});
