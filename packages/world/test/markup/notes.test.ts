import type { Grammar, MarkupPart, NoteRule } from '@backlot/protocol';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { renderMarkup } from '../../src/index.ts';
import { asHtml } from './as-html.ts';

const tag = (name: string, attrs: Record<string, string | readonly MarkupPart[]> = {}) => ({ tag: name, attrs });
const span = (mark: string, name: string) =>
  ({ inline: 'span', open: mark, close: mark, wrap: [tag(name)], raw: false, flank: true, word: false }) as const;
const number: MarkupPart = { of: 'level', how: 'raw' };

const bracketed: NoteRule = {
  open: '((',
  close: '))',
  mark: [{ ...tag('sup'), children: [{ ...tag('a', { href: ['#to', number] }), children: [{ text: [number, ')'] }] }] }],
  item: [
    { ...tag('div', { id: ['to', number] }), children: [{ text: [number, ') '] }, { ...tag('span'), children: [{ content: true }] }] },
  ],
  list: [{ ...tag('div', { class: 'notes' }), children: [{ content: true }] }],
};
const listed: NoteRule = {
  open: '<ref>',
  close: '</ref>',
  mark: [{ ...tag('sup'), children: [{ text: ['[', number, ']'] }] }],
  item: [{ ...tag('li'), children: [{ content: true }, { text: ' ' }, { ...tag('a', { href: '#top' }), children: [{ text: 'Back' }] }] }],
  list: [
    { ...tag('hr'), children: [] },
    { ...tag('ol'), children: [{ content: true }] },
  ],
};

const plain: Grammar = {
  root: [tag('main')],
  blocks: [
    {
      block: 'line',
      open: '# ',
      close: '',
      wrap: [tag('h1', { id: [{ of: 'text', how: 'slug' }] })],
      reach: 'line',
      interrupts: true,
      section: tag('section'),
    },
    { block: 'quote', mark: '>', wrap: [tag('blockquote')], inner: 'blocks', interrupts: true },
    { block: 'fence', open: '```', close: '```', wrap: [tag('pre')], info: false, anywhere: false, tail: false, interrupts: true },
  ],
  paragraph: { wrap: [tag('p')], lines: 'join', blank: 'split' },
  inlines: [
    {
      inline: 'pattern',
      parts: ['((([', { take: 'target', kind: 'any' }, '])))'],
      word: false,
      wrap: [tag('a', { href: [{ of: 'target', how: 'raw' }] })],
      show: [{ of: 'target', how: 'raw' }],
    },
    span('**', 'strong'),
    span('*', 'em'),
    { inline: 'escape', mark: '\\' },
  ],
};
const grammar: Grammar = { ...plain, notes: bracketed };

const shown = (source: string, by = grammar): string => asHtml(renderMarkup(by, source));
const mark = (n: number): string => `<sup><a href="#to${n}">${n})</a></sup>`;
const item = (n: number, text: string): string => `<div id="to${n}">${n}) <span>${text}</span></div>`;
const notes = (...texts: string[]): string => `<div class="notes">${texts.map((text, i) => item(i + 1, text)).join('')}</div>`;

describe('notes of a document', () => {
  it('stand at its end, each with a mark in its place', () => {
    expect(shown('One.((First.)) More\n\nTwo ((second))')).toBe(
      `<main><p>One.${mark(1)} More</p><p>Two ${mark(2)}</p>${notes('First.', 'second')}</main>`,
    );
  });

  it('are written and laid out as the grammar says', () => {
    expect(shown('One<ref>a *b*</ref> two<ref>c</ref>', { ...plain, notes: listed })).toBe(
      '<main><p>One<sup>[1]</sup> two<sup>[2]</sup></p><hr></hr>' +
        '<ol><li>a <em>b</em> <a href="#top">Back</a></li><li>c <a href="#top">Back</a></li></ol></main>',
    );
  });

  it('are numbered as they come, in whatever blocks they stand, after the last section', () => {
    expect(shown('> a((x))\n> > b((y))\n\n# c\n**d((z))**')).toBe(
      `<main><blockquote><p>a${mark(1)}</p><blockquote><p>b${mark(2)}</p></blockquote></blockquote>` +
        `<h1 id="c">c</h1><section><p><strong>d${mark(3)}</strong></p></section>${notes('x', 'y', 'z')}</main>`,
    );
  });

  it('hold inline markup, and no notes', () => {
    expect(shown('a(( *b* **c *d*** )) e')).toBe(`<main><p>a${mark(1)} e</p>${notes('<em>b</em> <strong>c <em>d</em></strong>')}</main>`);
    expect(shown('a((b ((c)) d')).toBe(`<main><p>a${mark(1)} d</p>${notes('b ((c')}</main>`);
  });

  it('say nothing of what the text around them reads', () => {
    expect(shown('# a ((b)) c')).toBe(
      `<main><h1 id="a-c">a ${mark(1)} c</h1>${notes('b')}</main>`.replace('</h1>', '</h1><section></section>'),
    );
  });

  it('are tried before shorter marks and after longer ones', () => {
    const shorter = { ...span('(', 'small'), close: ')' };
    expect(shown('(a) ((b)) ((([c])))', { ...grammar, inlines: [...plain.inlines, shorter] })).toBe(
      `<main><p><small>a</small> ${mark(1)} <a href="c">c</a></p>${notes('b')}</main>`,
    );
  });

  it.each([
    ['has none', 'a *b*', '<p>a <em>b</em></p>'],
    ['leaves one open', 'a ((b *c*', '<p>a ((b <em>c</em></p>'],
    ['only closes one', 'a)) b', '<p>a)) b</p>'],
    ['has its marks in text that stays as it is', '```\na ((b))\n```', '<pre>a ((b))</pre>'],
    ['ends its paragraph inside of one', 'a ((b\n\nc)) d', '<p>a ((b</p><p>c)) d</p>'],
  ])('are not listed where the document %s', (_, source, wanted) => {
    expect(shown(source, { ...grammar, inlines: [span('*', 'em')] })).toBe(`<main>${wanted}</main>`);
  });

  it('change nothing of a grammar that has none', () => {
    expect(shown('a [[b]] {c}', plain)).toBe('<main><p>a [[b]] {c}</p></main>');
    expect(renderMarkup(grammar, '# a\n*b*')).toEqual(renderMarkup(plain, '# a\n*b*'));
  });

  it('never make what runs code, whatever the grammar says', () => {
    const hostile: NoteRule = {
      ...bracketed,
      mark: [
        { ...tag('script'), children: [{ text: 'x()' }] },
        { ...tag('b', { onclick: 'x()', title: [number] }), children: [] },
      ],
      item: [{ ...tag('a', { href: 'javascript:x()' }), children: [{ ...tag('x-note'), children: [{ content: true }] }] }],
      list: [{ ...tag('iframe', { src: '/x' }), children: [{ content: true }] }, { content: true }],
    };
    expect(shown('a((b))', { ...grammar, notes: hostile })).toBe('<main><p>a<b title="1"></b></p><a>b</a></main>');
  });

  it('are read in about linear time in hostile texts', () => {
    const start = performance.now();
    for (const piece of ['((', '))', '(', '((a)) ', '((a ', '((**', '**((', '> ((a))\n', '((a\n', '# ((a\n', '((a) ', '\\(('])
      shown(piece.repeat(20_000));
    expect(performance.now() - start).toBeLessThan(8000);
  }, 30_000);

  it('are as many as marks, whatever the text', () => {
    const unit = fc.constantFrom('((', '))', '(', ')', '**', '*', '# ', '> ', '\n', '\n\n', '```', 'a', ' ', '\\', '\ud800');
    fc.assert(
      fc.property(fc.string({ unit }), (source) => {
        const out = shown(source);
        const count = (text: string): number => out.split(text).length - 1;
        expect(count('<a href="#to')).toBe(count('<div id="to'));
        expect(out).not.toContain('<#');
      }),
    );
  });
});
