import type { DomElement } from '@backlot/protocol';
import { describe, expect, it } from 'vitest';
import { siblingsElsewhere } from '../../src/pages/shared-lists.ts';
import { sharedParts } from '../../src/pages/shared-parts.ts';
import { buildPattern } from '../../src/template/build.ts';
import type { PagePattern } from '../../src/template/pattern.ts';
import { el, html, viewOf } from '../fixtures/dom.ts';

const pattern = (prefix: string, ...bodies: readonly (readonly DomElement[])[]): PagePattern =>
  buildPattern(
    bodies.map((body, session) => viewOf(html(...body), { session })),
    prefix,
  );
const anchorOf = (page: PagePattern, className: string): string | undefined =>
  [...page.elements.values()].find((element) => [...element.nodes.values()][0]?.attrs['class'] === className)?.anchor;

const bar = el('nav.bar', {}, el('button.find', {}, 'Find'));
const basket = (...names: readonly string[]): DomElement =>
  el('aside.basket', {}, el('ul', {}, ...names.map((name) => el('li.line', {}, el('b', {}, name)))));

describe('sharedParts', () => {
  it('give one name to what stands at the same place of several pages, whatever the pages are called', () => {
    const [home, item] = [pattern('h', [bar, el('h1', {}, 'Home')]), pattern('i', [el('main', {}, el('p', {}, 'Item')), bar])];
    const [first, second] = sharedParts([home, item]);
    const [here, there] = [anchorOf(home, 'find') ?? '', anchorOf(item, 'find') ?? ''];
    expect(second?.common.get(there)).toBe(here);
    expect(first?.common.get(here)).toBe(here);
    expect(second?.own.get(here)).toBe(there);
  });

  it('leave alone what one page has', () => {
    const [home, item] = [pattern('h', [bar]), pattern('i', [bar, el('form.buy', {}, el('button.pay', {}, 'Pay'))])];
    const [, second] = sharedParts([home, item]);
    expect(second?.common.has(anchorOf(item, 'pay') ?? '')).toBe(false);
  });
});

describe('siblingsElsewhere', () => {
  const changing = pattern('c', [basket('Oak')], [basket('Oak', 'Ash', 'Elm')], [basket()]);

  it('takes for a record what another page shows to come and go', () => {
    const still = pattern('s', [basket('Fir')]);
    const [, known] = siblingsElsewhere([changing, still]);
    expect([...(known?.records ?? [])].map(({ tag }) => tag)).toEqual(['li']);
  });

  it('takes no part of another kind for one', () => {
    const other = pattern('o', [el('aside.basket', {}, el('ul', {}, el('li.note.grey', {}, el('table', {}, el('tr')))))]);
    expect(siblingsElsewhere([changing, other])[1]).toBeNull();
  });

  it('knows the parts of a row that all pages together show to be fixed, where one page saw too little of them', () => {
    const row = (...names: readonly string[]): DomElement[] => [basket(...names)];
    const seldom = pattern('a', row('Start', 'New'), row('Home', 'New'), row('Home'));
    const visits = Array.from({ length: 9 }, (_, i) => (i % 3 === 0 ? row('Home', 'Help') : row('Home', 'New', 'Help')));
    const often = pattern('b', ...visits, row('Start', 'New', 'Help'));
    expect([seldom, often].map(({ lists }) => lists.length)).toEqual([1, 0]);
    const [known, rest] = siblingsElsewhere([seldom, often]);
    expect(known?.parts.size).toBe(5);
    expect(rest?.records.size).toBe(0);
  });
});
