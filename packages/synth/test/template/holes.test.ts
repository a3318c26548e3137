import type { DomElement } from '@backlot/protocol';
import { describe, expect, it } from 'vitest';
import { buildPattern } from '../../src/template/build.ts';
import type { Hole } from '../../src/template/holes.ts';
import { holesOf } from '../../src/template/holes.ts';
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
