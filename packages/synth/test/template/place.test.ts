import type { DomElement } from '@backlot/protocol';
import { describe, expect, it } from 'vitest';
import { buildPattern } from '../../src/template/build.ts';
import { placeOf } from '../../src/template/place.ts';
import { el, html, viewOf } from '../fixtures/dom.ts';

/** Places of all elements with a tag in the template of one page, whose views have those bodies. */
function placesOf(tag: string, ...bodies: readonly (readonly DomElement[])[]): readonly string[] {
  const pattern = buildPattern(
    bodies.map((body, session) => viewOf(html(...body), { session })),
    'e',
  );
  return [...pattern.elements.values()].filter((element) => element.tag === tag).map(placeOf);
}

const nav = (text: string): DomElement => el('nav.own', {}, el('a', { href: '/me' }, text));

describe('placeOf', () => {
  it('spells the same place of two pages alike, whatever else stands on them', () => {
    const home = placesOf('a', [el('h1', {}, 'Home'), nav('ada')]);
    expect(home).toHaveLength(1);
    expect(placesOf('a', [el('main', {}, el('p', {}, 'Read me')), nav('jo'), el('hr')])).toEqual(home);
  });

  it('counts like siblings', () => {
    const [first, second] = placesOf('p', [el('p', { id: 'x' }), el('p', { id: 'x' })]);
    expect(first).not.toBe(second);
  });

  it('tells apart by name, by type, and by classes that never change', () => {
    const spellings = [el('input', { name: 'q' }), el('input', { name: 'r' }), el('input.big', { name: 'q' })].map(
      (field) => placesOf('input', [field])[0],
    );
    expect(new Set(spellings).size).toBe(3);
  });

  it('is blind to classes where a name says which element it is', () => {
    const at = (mode: string): readonly string[] => placesOf('p', [el(`div.${mode}`, { id: 'top' }, el('p'))]);
    expect(at('reading')).toEqual(at('writing'));
  });

  it('is blind to classes that come and go', () => {
    expect(placesOf('p', [el('p.note.open')], [el('p.note')])).toEqual(placesOf('p', [el('p.note')]));
  });

  it('tells forms apart that send to different addresses: signing in is not leaving', () => {
    const form = (action: string): DomElement => el('form', { method: 'post', action }, el('button', {}, 'Go'));
    expect(placesOf('form', [form('/leave')])).not.toEqual(placesOf('form', [form('/enter')]));
  });
});
