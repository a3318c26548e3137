import type { Expr } from '@backlot/protocol';
import { evaluate, parseAddress } from '@backlot/world';
import { describe, expect, it } from 'vitest';
import { asChangedAddress } from '../../src/explain/changed-address.ts';
import type { Example } from '../../src/explain/learn-expr.ts';
import type { Hole } from '../../src/template/holes.ts';
import { scopeOf } from '../fixtures/scopes.ts';

const hole = (name: string): Hole => ({ kind: 'attribute', name }) as Hole;
const at = (url: string): Example['scope'] => ({ ...scopeOf({ url }), params: parseAddress(url).query });

/** Where a link leads from an address, learned from links seen at others; null where nothing was learned. */
function leads(links: Readonly<Record<string, string>>, url: string, terms: readonly Expr[] = []): unknown {
  const examples = Object.entries(links).map(([from, value]): Example => ({ scope: at(from), value }));
  const learned = asChangedAddress(hole('href'), examples, terms);
  return learned && evaluate(learned.expr, at(url));
}

describe('asChangedAddress', () => {
  it('sets what the link sets and keeps what else the page was asked for', () => {
    const links = { '/all': '/all?big=1', '/all?hue=red': '/all?hue=red&big=1', '/all?big=0': '/all?big=1' };
    expect(leads(links, '/all?from=2020')).toBe('/all?from=2020&big=1');
  });

  it('leaves out what the link leaves out', () => {
    const links = { '/all?big=1': '/all?', '/all?hue=red&big=1': '/all?hue=red', '/all?hue=red': '/all?hue=red' };
    expect(leads(links, '/all?from=2020&big=0')).toBe('/all?from=2020');
  });

  it('asks in the order of the names where the links do', () => {
    const links = { '/all?hue=red': '/all?big=1&hue=red', '/all?hue=tan': '/all?big=1&hue=tan', '/all?age=3': '/all?age=3&big=1' };
    expect(leads(links, '/all?from=2020&dull=1')).toBe('/all?big=1&dull=1&from=2020');
  });

  it('says nothing of links to other pages, nor of those that keep nothing', () => {
    expect(leads({ '/all?hue=red': '/some?hue=red&big=1', '/all?hue=tan': '/some?hue=tan&big=1' }, '/all')).toBeNull();
    expect(leads({ '/all?hue=red': '/all?big=1', '/all?hue=tan': '/all?big=1' }, '/all')).toBeNull();
  });

  it('says nothing where what is set differs and no term says it', () => {
    const links = { '/all?hue=red': '/all?hue=red&at=3', '/all?hue=tan': '/all?hue=tan&at=4', '/all?age=3': '/all?age=3&at=9' };
    expect(leads(links, '/all')).toBeNull();
  });
});
