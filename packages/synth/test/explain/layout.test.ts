import { describe, expect, it } from 'vitest';
import { spotsOf } from '../../src/explain/layout.ts';
import { buildSite } from '../../src/pages/page-model.ts';
import { el, html, viewOf } from '../fixtures/dom.ts';

const visits = [
  { url: '/', user: 'ada', part: el('ul.menu', {}, el('li.dish', {}, 'Soup')) },
  { url: '/', user: 'jo', part: el('ul.menu', {}, el('li.dish', {}, 'Soup')) },
  { url: '/help', user: 'ada', part: el('form.ask', {}, el('textarea', { name: 'words' }), el('button', {}, 'Ask')) },
  { url: '/help', user: 'kim', part: el('form.ask', {}, el('textarea', { name: 'words' }), el('button', {}, 'Ask')) },
];
const views = visits.map(({ url, user, part }, i) =>
  viewOf(html(el('header', {}, el('b.user', {}, user)), el('main', {}, part)), { url, load: i }),
);
const site = buildSite(views);

describe('spotsOf', () => {
  it('gathers what different pages show at the same place', () => {
    expect(site.pages).toHaveLength(2);
    const [spot, ...others] = spotsOf(site.pages.flatMap(({ holes }) => holes));
    expect(others).toEqual([]);
    expect(spot?.holes).toHaveLength(2);
    expect(views.map((view) => spot?.values.get(view))).toEqual(['ada', 'jo', 'ada', 'kim']);
  });

  it('keeps apart what one place shows in different ways', () => {
    const pages = [html(el('p', { title: 'a' }, 'x')), html(el('p', { title: 'b' }, 'y'))].map((root, session) =>
      viewOf(root, { session }),
    );
    const spots = spotsOf(buildSite(pages).pages.flatMap(({ holes }) => holes));
    expect(spots.map(({ holes }) => holes.map(({ kind }) => kind))).toEqual([['attribute'], ['text']]);
  });
});
