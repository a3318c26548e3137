import type { DomElement, Row, Session, Value } from '@backlot/protocol';
import { evaluate } from '@backlot/world';
import { describe, expect, it } from 'vitest';
import type { MemoryModel, Mode } from '../../src/explain/memory.ts';
import { keyOfUrl, rememberPage } from '../../src/explain/memory.ts';
import { buildSite } from '../../src/pages/page-model.ts';
import { viewsOf } from '../../src/views.ts';
import { el, html, visitOf } from '../fixtures/dom.ts';
import { scopeOf } from '../fixtures/scopes.ts';
import { logsOf } from '../fixtures/visitor.ts';

const sayings = { '/say?of=cats': 'They purr.', '/say?of=dogs': 'They bark.', '/say?of=fish#end': 'They do not.' };

interface Remembered {
  readonly memory: MemoryModel;
  readonly shownAt: (url: string, rows: readonly Row[], registers?: Readonly<Record<string, Value>>) => unknown;
}

/** What is remembered of the one text of a page that visits showed. */
function rememberVisits(first: Session, second: Session, ...modes: readonly Mode[]): Remembered {
  const seen = viewsOf(logsOf([first, second]));
  const holes = buildSite(seen.all).pages.flatMap((of) => of.holes);
  const made = rememberPage({ page: 'p0', holes, sessions: seen.sessions, isHeld: () => false, modes });
  const [expr] = made.exprs.values();
  if (!expr || made.exprs.size > 1) throw new Error(`There are ${made.exprs.size} holes.`);
  return {
    memory: made,
    shownAt: (url, rows, registers = {}) => evaluate(expr, scopeOf({ tables: { [made.table]: rows }, url, registers })),
  };
}

const views = viewsOf(logsOf([visitOf(Object.entries(sayings).map(([url, text]) => ({ url, root: html(el('p', {}, text)) })))]));
const [page] = buildSite(views.all).pages;
const memory = rememberPage({ page: 'p0', holes: page?.holes ?? [], sessions: views.sessions, isHeld: () => false, modes: [] });
const shownAt = (url: string, rows: readonly Row[] = memory.rows('ada')): unknown => {
  const [expr] = memory.exprs.values();
  return expr && evaluate(expr, scopeOf({ tables: { [memory.table]: rows }, url }));
};

/** Addresses that rows stand for, in some mode; one more row of each stands for any mode, and one for all other addresses. */
const addressesOf = (rows: readonly Row[]): unknown => rows.map(({ key }) => key).filter((key) => !String(key).endsWith('*'));

describe('rememberPage', () => {
  it('shows at each address what was seen there, whatever the fragment', () => {
    expect(Object.keys(sayings).map((url) => shownAt(url))).toEqual(Object.values(sayings));
    expect(shownAt('/say?of=fish')).toBe('They do not.');
  });

  it('shows elsewhere what was seen most', () => {
    expect(shownAt('/say?of=ants')).toBe('They purr.');
  });

  it('remembers for each account what its own sessions showed, else what others saw there', () => {
    const say = (text: string): { url: string; root: DomElement } => ({ url: '/say?of=cats', root: html(el('p', {}, text)) });
    const both = rememberVisits(visitOf([say('They purr.'), say('They purr.')]), visitOf([say('They meow.')], 's01', 'jo'));
    expect(['ada', 'jo', 'kim'].map((account) => both.shownAt('/say?of=cats', both.memory.rows(account)))).toEqual([
      'They purr.',
      'They meow.',
      'They purr.',
    ]);
  });

  it('tells what was remembered in one mode from what was in another', () => {
    const say = (url: string, text: string): { url: string; root: DomElement } => ({ url, root: html(el('p', {}, text)) });
    const day = visitOf([say('/a', 'Good day'), say('/b', 'Lunch')]);
    const night = visitOf([say('/a', 'Good night')], 's01');
    const moded = rememberVisits(day, night, { name: 'dark', at: ({ session }) => session === 1 });
    const at = (url: string, dark: boolean): unknown => moded.shownAt(url, moded.memory.rows('ada'), { dark });
    expect([at('/a', false), at('/a', true)]).toEqual(['Good day', 'Good night']);
  });

  it('shows what the address showed in another mode where it was never seen in this one', () => {
    const say = (url: string, text: string): { url: string; root: DomElement } => ({ url, root: html(el('p', {}, text)) });
    const day = visitOf([say('/a', 'Good day'), say('/c', 'Good day'), say('/b', 'Lunch')]);
    const night = visitOf([say('/a', 'Good night')], 's01');
    const moded = rememberVisits(day, night, { name: 'dark', at: ({ session }) => session === 1 });
    expect(moded.shownAt('/b', moded.memory.rows('ada'), { dark: true })).toBe('Lunch');
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
