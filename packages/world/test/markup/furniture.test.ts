import type { DomElement, DomNode } from '@backlot/protocol';
import { describe, expect, it } from 'vitest';
import type { Contents, Furniture } from '../../src/index.ts';
import { contentsOf, evaluate, functions, furnish, markupValue, readMarkupValue, unfurnish } from '../../src/index.ts';

const el = (tag: string, attrs: Record<string, string>, ...children: readonly (DomNode | string)[]): DomElement => ({
  tag,
  attrs,
  children: children.map((child) => (typeof child === 'string' ? { text: child } : child)),
});
const paragraph = (text: string): DomElement => el('div', { class: 'part' }, el('p', {}, text));
const furniture: Furniture = {
  id: [{ of: 'text', how: 'slug' }],
  repeat: { by: '-', from: 1 },
  levels: [1, 2],
  numbered: 'part',
  tools: {
    tag: 'div',
    attrs: { class: 'tools' },
    children: [
      {
        tag: 'form',
        attrs: { class: ['of-', { of: 'info', how: 'raw' }] },
        children: [
          { tag: 'input', attrs: { name: 'part', type: 'hidden', value: [{ of: 'level', how: 'raw' }] }, children: [] },
          { tag: 'button', attrs: { title: [{ of: 'text', how: 'raw' }] }, children: [{ text: 'Change' }] },
        ],
      },
    ],
  },
};
const written = [
  el('h1', {}, 'Bread'),
  paragraph('Flour.'),
  el('h2', {}, 'Notes'),
  paragraph('Salt.'),
  el('h3', {}, 'Notes'),
  paragraph('Rye.'),
];
const shown = furnish(written, furniture, { isFurnished: true, name: 'bread' });

describe('furnish', () => {
  it('gives each heading an id of its own and a number', () => {
    const headings = shown.filter((node): node is DomElement => 'tag' in node && /^h\d$/.test(node.tag));
    expect(headings.map(({ attrs }) => attrs)).toEqual([
      { class: 'part1', id: 'bread' },
      { class: 'part2', id: 'notes' },
      { id: 'notes-1' },
    ]);
  });

  it('puts tools behind each section of its levels, with what they say of the section', () => {
    expect(shown.map((node) => ('tag' in node ? (node.attrs['class'] ?? node.tag) : '#'))).toEqual([
      'part1',
      'part',
      'tools',
      'part2',
      'part',
      'h3',
      'part',
      'tools',
    ]);
    expect(JSON.stringify(shown.at(-1))).toContain('"of-bread"');
    expect(JSON.stringify(shown.at(-1))).toContain('"title":"Notes"');
  });

  it('puts the last tools before what belongs to the whole document', () => {
    const notes = el('div', { class: 'notes' }, 'Rye is sour.');
    const nodes = furnish(
      [...written, notes],
      { ...furniture, tail: { tag: 'div', class: 'notes' } },
      { isFurnished: true, name: 'bread' },
    );
    expect(nodes).toEqual([...shown, notes]);
  });

  it('puts no tools where the document is only read', () => {
    expect(JSON.stringify(furnish(written, furniture, { isFurnished: false, name: '' }))).not.toContain('Change');
  });
});

describe('unfurnish', () => {
  it('gives back what was written', () => {
    expect(unfurnish(shown, furniture)).toEqual(written);
  });

  it('leaves controls alone that are built otherwise', () => {
    const form = el('form', {}, el('input', { name: 'answer' }));
    expect(unfurnish([form], furniture)).toEqual([form]);
  });
});

const contents: Contents = {
  ...furniture,
  item: { tag: 'li', attrs: { class: ['depth', { of: 'level', how: 'raw' }] } },
  wrap: [],
  link: { tag: 'a', attrs: { href: ['#', { of: 'target', how: 'raw' }] } },
  text: [],
  list: { tag: 'ul', attrs: {} },
};

describe('contentsOf', () => {
  it('lists headings below those that they belong to', () => {
    const link = (to: string, text: string): DomElement => el('a', { href: `#${to}` }, text);
    expect(contentsOf(written, contents)).toEqual([
      el('li', { class: 'depth1' }, link('bread', 'Bread'), el('ul', {}, el('li', { class: 'depth2' }, link('notes', 'Notes')))),
    ]);
  });
});

describe('functions on documents', () => {
  const scope = { state: { tables: {} }, rows: {}, args: {}, params: {}, field: () => null } as unknown as Parameters<typeof evaluate>[1];
  const source = { lit: markupValue(written) };

  it('add and take away the same furniture', () => {
    const lit = { lit: JSON.stringify(furniture) };
    const value = evaluate({ fn: 'furnished', args: [source, lit, { lit: true }, { lit: 'bread' }] }, scope);
    expect(readMarkupValue(String(value))).toEqual(shown);
    expect(functions['unfurnished']?.(value, lit.lit)).toBe(source.lit);
  });

  it('count and list headings', () => {
    expect(functions['listedHeadings']?.(source.lit, JSON.stringify(contents))).toBe(2);
    expect(functions['contents']?.(source.lit, JSON.stringify(contents))).toBe(markupValue(contentsOf(written, contents)));
  });

  it.each(['', '{', 'null', '{"levels":1}', '[]'])('show the text itself where the description is %j', (spec) => {
    expect(functions['furnished']?.(source.lit, spec, true, '')).toBe(source.lit);
    expect(functions['contents']?.(source.lit, spec)).toBe('');
    expect(functions['listedHeadings']?.(source.lit, spec)).toBe(0);
  });
});
