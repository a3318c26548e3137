import type { Row } from '@backlot/protocol';
import { evaluate } from '@backlot/world';
import { describe, expect, it } from 'vitest';
import { keyOfUrl, rememberPage } from '../../src/explain/memory.ts';
import { buildSite } from '../../src/pages/page-model.ts';
import { viewsOf } from '../../src/views.ts';
import { el, html, visitOf } from '../fixtures/dom.ts';
import { scopeOf } from '../fixtures/scopes.ts';
import { logsOf } from '../fixtures/visitor.ts';

const sayings = { '/say?of=cats': 'They purr.', '/say?of=dogs': 'They bark.', '/say?of=fish#end': 'They do not.' };
const views = viewsOf(logsOf([visitOf(Object.entries(sayings).map(([url, text]) => ({ url, root: html(el('p', {}, text)) })))]));
const [page] = buildSite(views.all).pages;
const memory = rememberPage({ page: 'p0', holes: page?.holes ?? [], sessions: views.sessions, isHeld: () => false, modes: [] });
const shownAt = (url: string, rows: readonly Row[] = memory.rows('ada')): unknown => {
  const [expr] = memory.exprs.values();
  return expr && evaluate(expr, scopeOf({ tables: { [memory.table]: rows }, url }));
};

/** Addresses that rows stand for; one more row stands for all others. */
const addressesOf = (rows: readonly Row[]): unknown => rows.map(({ key }) => key).filter((key) => key !== '*');

describe('rememberPage', () => {
  it('shows at each address what was seen there, whatever the fragment', () => {
    expect(Object.keys(sayings).map((url) => shownAt(url))).toEqual(Object.values(sayings));
    expect(shownAt('/say?of=fish')).toBe('They do not.');
  });

  it('shows elsewhere what was seen most', () => {
    expect(shownAt('/say?of=ants')).toBe('They purr.');
  });

  it('remembers for each account what its own sessions showed', () => {
    expect(addressesOf(memory.rows('jo'))).toEqual([]);
    expect(addressesOf(memory.rows('ada'))).toEqual(['/say?of=cats', '/say?of=dogs', '/say?of=fish']);
  });

  it('does not remember what a user put into a field', () => {
    const held = rememberPage({
      page: 'p0',
      holes: page?.holes ?? [],
      sessions: views.sessions,
      modes: [],
      isHeld: (_, { view }) => view.url === '/say?of=dogs',
    });
    expect(addressesOf(held.rows('ada'))).toEqual(['/say?of=cats', '/say?of=fish']);
  });
});

describe('keyOfUrl', () => {
  it('is the path and the query, with the mark between them even where there is none', () => {
    expect(['/a?b=1#c', '/a#c', ''].map(keyOfUrl)).toEqual(['/a?b=1', '/a?', '/?']);
  });
});
