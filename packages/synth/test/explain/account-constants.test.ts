import type { DomElement } from '@backlot/protocol';
import { describe, expect, it } from 'vitest';
import { accountConstants } from '../../src/explain/account-constants.ts';
import { buildSite } from '../../src/pages/page-model.ts';
import { viewsOf } from '../../src/views.ts';
import { el, html, visitOf } from '../fixtures/dom.ts';
import { logsOf } from '../fixtures/visitor.ts';

const page = (title: string, count = '3'): DomElement => html(el('h1', {}, title), el('p', {}, count, ' dishes'));

/** Registers of sessions that show these titles in turn, half of them in either account. */
function registersOf(sessions: readonly (readonly DomElement[])[]): ReturnType<typeof accountConstants> {
  const visits = sessions.map((pages, i) =>
    visitOf(
      pages.map((root) => ({ root })),
      `s${i}`,
      i % 2 === 0 ? 'ada' : 'jo',
    ),
  );
  const views = viewsOf(logsOf(visits));
  return accountConstants(
    buildSite(views.all).pages.flatMap(({ holes }) => holes),
    views.sessions,
    0,
  );
}

const plain = Array.from({ length: 16 }, (_, i) => [page(i % 2 === 0 ? 'Ada’s menu' : 'Jo’s menu')]);

describe('accountConstants', () => {
  it('makes a register of what differs between accounts and never changes', () => {
    expect(registersOf(plain).map(({ values }) => [...new Set(values.values())])).toEqual([['Ada’s menu', 'Jo’s menu']]);
  });

  it('keeps what one of many sessions sets, from then on', () => {
    const [register, ...others] = registersOf([...plain, [page('Ada’s menu'), page('The old mill'), page('The old mill')]]);
    expect(others).toEqual([]);
    expect([...(register?.values.values() ?? [])].slice(-4)).toEqual(['Ada’s menu', 'Ada’s menu', 'The old mill', 'The old mill']);
  });

  it('bears moments at which pages were caught in the middle of being made', () => {
    const caught = plain.map(([first]) => Array.from({ length: 24 }, (_, k) => (k === 12 ? page('…') : (first as DomElement))));
    expect(registersOf(caught).map(({ initial }) => initial)).toEqual(['Ada’s menu']);
  });

  it('leaves alone what follows from the work: what many sessions change, and numbers', () => {
    const changing = plain.map(([first], i) => [first as DomElement, page(`Dish ${i}`)]);
    expect(registersOf(changing)).toEqual([]);
    const counting = plain.map((_, i) => [page('Menu', i % 2 === 0 ? '3' : '5')]);
    expect(registersOf([...counting, [page('Menu', '3'), page('Menu', '4')]])).toEqual([]);
  });
});
