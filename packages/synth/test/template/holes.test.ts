import type { DomElement } from '@backlot/protocol';
import { describe, expect, it } from 'vitest';
import { buildPattern } from '../../src/template/build.ts';
import type { Hole } from '../../src/template/holes.ts';
import { changesInLoad, holesOf } from '../../src/template/holes.ts';
import { el, html, viewOf } from '../fixtures/dom.ts';

const holesIn = (...bodies: readonly DomElement[]): readonly Hole[] =>
  holesOf(
    buildPattern(
      bodies.map((body, session) => viewOf(html(body), { session })),
      'e',
    ),
  );
const seen = (holes: readonly Hole[]): unknown => holes.map(({ kind, name, live, values }) => [kind, name, live, [...values.values()]]);

describe('holesOf', () => {
  it('leaves out what is the same everywhere', () => {
    expect(holesIn(el('p.big', { title: 't' }, 'one'), el('p.big', { title: 't' }, 'one'))).toEqual([]);
  });

  it('finds a text that differs', () => {
    expect(seen(holesIn(el('p', {}, 'one'), el('p', {}, 'two')))).toEqual([['text', '', false, ['one', 'two']]]);
  });

  it('finds a part that is only sometimes there', () => {
    expect(seen(holesIn(el('p', {}, el('b', {}, 'x')), el('p')))).toEqual([['presence', '', false, [true, false]]]);
  });

  it('takes each class token as a switch', () => {
    expect(seen(holesIn(el('p.row.odd'), el('p.row.even')))).toEqual([
      ['token', 'even', false, [false, true]],
      ['token', 'odd', false, [true, false]],
    ]);
  });

  it('takes flags as switches and other attributes as values', () => {
    expect(seen(holesIn(el('button', { disabled: '' }), el('button', { title: 'Go' })))).toEqual([
      ['attribute', 'disabled', false, [true, false]],
      ['attribute', 'title', false, [null, 'Go']],
    ]);
  });

  it('marks as live what a user changes directly', () => {
    expect(seen(holesIn(el('input', { value: 'a' }), el('input')))).toEqual([['attribute', 'value', true, ['a', '']]]);
  });
});

describe('changesInLoad', () => {
  /** The one hole of a page that many people come to, each in a life of its own, where it changes under the eyes of some. */
  const seenBy = (lives: number, changed: number, [first, other]: readonly [DomElement, DomElement]): Hole => {
    const pages = Array.from({ length: lives }, (_, session) => {
      const [here, then] = session % 2 === 0 ? [first, other] : [other, first];
      const views = [viewOf(html(here), { session })];
      return session < changed ? [...views, viewOf(html(then), { session, step: 1 })] : views;
    });
    const [hole, ...others] = holesOf(buildPattern(pages.flat(), 'e'));
    if (!hole || others.length > 0) throw new Error(`The page has ${others.length + 1} holes, not one.`);
    return hole;
  };
  const text = [el('p', {}, 'one'), el('p', {}, 'two')] as const;
  const part = [el('p', {}, el('b', {}, 'x')), el('p')] as const;

  it('is true of what often changes while the page stays', () => {
    expect([changesInLoad(seenBy(20, 5, text)), changesInLoad(seenBy(20, 5, part))]).toEqual([true, true]);
  });

  it('is false of what never does', () => {
    expect([changesInLoad(seenBy(20, 0, text)), changesInLoad(seenBy(20, 0, part))]).toEqual([false, false]);
  });

  it('puts up with texts that recorders caught midway in two of a hundred lives, and no more', () => {
    expect([2, 3].map((changed) => changesInLoad(seenBy(100, changed, text)))).toEqual([false, true]);
  });

  it('puts up with one switch that was caught midway, however many lives there are', () => {
    expect([1, 2].map((changed) => changesInLoad(seenBy(150, changed, part)))).toEqual([false, true]);
  });

  it('is false of what changes with the address that scripts moved to', () => {
    const pages = [0, 1, 2, 3].map((i) => viewOf(html(el('p', {}, `at ${i}`)), { url: `/${i}` }));
    expect(holesOf(buildPattern(pages, 'e')).map(changesInLoad)).toEqual([false]);
  });
});
