import type { DomElement } from '@backlot/protocol';
import { describe, expect, it } from 'vitest';
import { clusterPages } from '../../src/pages/cluster.ts';
import { isKind, isNamed, placesOf } from '../../src/pages/places.ts';
import { el, html, viewOf } from '../fixtures/dom.ts';

let load = 0;
const open = (root: DomElement, url: string) => viewOf(root, { url, load: load++ });

/** Pages of one script share so much that what differs is little beside it. */
const shell = (...content: readonly DomElement[]): DomElement =>
  html(
    el('header.top', {}, el('h1', {}), el('form.find', {}, el('input', { name: 'q' }), el('button', {}))),
    el('nav', {}, ...['a', 'b', 'c', 'd', 'e', 'f'].map((name) => el(`div.${name}`, {}, el(`ul.${name}`, {}, el('li', {}, el('a', {})))))),
    el('main', {}, ...content),
  );
const text = (word: string, ...extras: readonly DomElement[]): DomElement =>
  shell(el('article', {}, el('h2', {}, word), el('p', {}, word)), ...extras);
const editor = (word: string, ...extras: readonly DomElement[]): DomElement =>
  shell(
    el('article', {}, el('h2', {}, word), el('p', {}, word)),
    el(
      'form.edit',
      {},
      el('fieldset.tools', {}, el('button', { name: 'bold' }), el('button', { name: 'italic' })),
      el('label.text', {}, el('textarea', { name: 'text' }, word)),
      el('div.actions', {}, el('button', { name: 'save' }), el('button', { name: 'preview' })),
    ),
    ...extras,
  );
const words = ['plum', 'pear', 'fig', 'quince', 'sloe', 'lime'];
const shown = words.map((word) => open(text(word), `/run?id=${word}`));
const edited = words.map((word) => open(editor(word), `/run?id=${word}&view=edit`));
const sentBack = open(editor('plum'), '/run');

describe('placesOf', () => {
  it('tells what a word in the query makes another page from what only asks for other data', () => {
    const placeOf = placesOf([...shown, ...edited]);
    expect(new Set(shown.map(placeOf))).toEqual(new Set(['/run']));
    expect(new Set(edited.map(placeOf))).toEqual(new Set(['/run?view=edit']));
  });

  it('puts a form that was sent back, at the bare path, where the form is', () => {
    const placeOf = placesOf([...shown, ...edited, sentBack]);
    expect(placeOf(sentBack)).toBe('/run?view=edit');
  });

  describe('where most words of a parameter are kinds of pages', () => {
    const kinds = ['edit', 'send', 'sort'].map(
      (kind) => (word: string) =>
        open(
          shell(
            el(
              `form.${kind}`,
              {},
              ...['a', 'b', 'c', 'd', 'e'].map((part) => el(`fieldset.${kind}-${part}`, {}, el('input', {}))),
              el('p', {}, word),
            ),
          ),
          `/run?id=${word}&view=${kind}`,
        ),
    );
    const list = (word: string) => open(text(word, el('p.sources', {}, word)), `/run?id=${word}&view=sources`);
    const all = [...shown, ...kinds.flatMap((kind) => words.map(kind)), ...words.map(list)];

    it('takes the others for kinds as well, however much they look like the plain page', () => {
      const placeOf = placesOf(all);
      expect(new Set(words.map((_, i) => placeOf(all.at(-1 - i)!))).size).toBe(1);
      expect(isKind(placeOf(all.at(-1)!))).toBe(true);
      expect(shown.map(placeOf).filter(isNamed)).toEqual([]);
      expect(clusterPages(all).find(({ query }) => query?.['view'] === 'sources')?.views.length).toBe(words.length);
    });

    it('puts what such an address shows otherwise where it looks like', () => {
      const sent = open(text('plum'), '/run?id=plum&view=sources');
      expect(isNamed(placesOf([...all, sent])(sent))).toBe(false);
    });
  });

  it('names no place where words in the query leave the page as it is', () => {
    const sorted = words.map((word, i) => open(text(word), `/run?id=${word}&sort=${i % 2 ? 'name' : 'age'}`));
    const placeOf = placesOf([...shown, ...sorted]);
    expect([...shown, ...sorted].map(placeOf).filter(isNamed)).toEqual([]);
  });
});

describe('clusterPages', () => {
  it('keeps the pages of one script apart though one is the other with a form', () => {
    const clusters = clusterPages([...shown, ...edited, sentBack]);
    expect(clusters.map(({ views }) => views.length).sort()).toEqual([6, 7]);
    expect(clusters.find(({ views }) => views.length === 7)?.query).toEqual({ view: 'edit' });
  });

  it('keeps them apart however much that comes and goes they have in common', () => {
    const extras = (i: number): readonly DomElement[] =>
      Array.from({ length: 6 }, (_, bit) => bit)
        .filter((bit) => (i >> bit) & 1)
        .map((bit) => el(`div.extra-${'abcdef'[bit]}`, {}, el('b', {})));
    const views = Array.from({ length: 64 }, (_, i) => {
      const [word = ''] = words;
      return i % 3 === 0
        ? open(editor(word, ...extras(i)), `/run?id=${word}&view=edit`)
        : open(text(word, ...extras(i)), `/run?id=${word}`);
    });
    expect(
      clusterPages(views)
        .map((page) => page.views.length)
        .sort(),
    ).toEqual([22, 42]);
  });
});
