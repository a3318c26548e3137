import { describe, expect, it } from 'vitest';
import { viewsOf } from '../src/views.ts';
import { el, html, visitOf } from './fixtures/dom.ts';
import { logsOf } from './fixtures/visitor.ts';

const one = html(el('p', {}, 'one'));
const two = html(el('p', {}, 'two'));

describe('viewsOf', () => {
  it('counts a page that stands between two steps once', () => {
    const { all } = viewsOf(logsOf([visitOf([{ root: one }, { root: two, url: '/two' }])]));
    expect(all.map(({ url, moment }) => [url, moment])).toEqual([
      ['/', 'after'],
      ['/two', 'after'],
    ]);
  });

  it('counts the blank page before the first address as no view', () => {
    const { sessions } = viewsOf(logsOf([visitOf([{ root: one }])]));
    expect(sessions[0]?.before[0]?.index).toBe(-1);
  });

  it('counts a page that changed while nobody acted as a view of its own', () => {
    const session = visitOf([{ root: one }, { root: two, url: '/two' }]);
    const [first, second] = session.steps;
    if (!first || !second) throw new Error('The session lacks its steps.');
    const changed = { ...second, before: { ...second.before, root: html(el('p', {}, 'changed')) } };
    const { all } = viewsOf(logsOf([{ ...session, steps: [first, changed] }]));
    expect(all.map(({ moment }) => moment)).toEqual(['after', 'before', 'after']);
  });

  it('numbers views in order over all sessions', () => {
    const { all } = viewsOf(logsOf([visitOf([{ root: one }]), visitOf([{ root: html(el('p', {}, 'x')) }], 's01')]));
    expect(all.map(({ index, session }) => [index, session])).toEqual([
      [0, 0],
      [1, 1],
    ]);
  });
});
