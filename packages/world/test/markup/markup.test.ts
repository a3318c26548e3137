import type { DomNode, Grammar, World } from '@backlot/protocol';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { currentUrl, findAll, markupValue, readMarkupValue, render, renderMarkup, reset, transition } from '../../src/index.ts';
import { asHtml } from './as-html.ts';

const tag = (name: string, attrs: Record<string, string> = {}): { tag: string; attrs: Record<string, string> } => ({ tag: name, attrs });
const span = (open: string, name: string) =>
  ({ inline: 'span', open, close: open, wrap: [tag(name)], raw: false, flank: true, word: false }) as const;

const grammar: Grammar = {
  root: [],
  blocks: [
    {
      block: 'fence',
      open: '```',
      close: '```',
      wrap: [tag('pre')],
      info: true,
      anywhere: false,
      tail: true,
      interrupts: true,
    },
    {
      block: 'line',
      open: '# ',
      close: '',
      wrap: [{ tag: 'h1', attrs: { id: [{ of: 'text', how: 'slug' }] } }],
      reach: 'line',
      interrupts: true,
    },
    {
      block: 'list',
      mark: '-',
      numbered: false,
      gap: true,
      nest: 'indent',
      least: 0,
      list: tag('ul'),
      item: [tag('li')],
      lazy: 'none',
      interrupts: true,
    },
    { block: 'quote', mark: '>', wrap: [tag('blockquote')], inner: 'blocks', interrupts: true },
  ],
  paragraph: { wrap: [tag('p')], lines: 'join', blank: 'split' },
  inlines: [
    {
      inline: 'pattern',
      parts: ['[', { take: 'text', kind: 'any' }, '](', { take: 'target', kind: 'any' }, ')'],
      word: false,
      wrap: [{ tag: 'a', attrs: { href: [{ of: 'target', how: 'raw' }] } }],
      show: 'inline',
    },
    span('**', 'strong'),
    span('*', 'em'),
    { inline: 'escape', mark: '\\' },
  ],
};

const shown = (source: string): string => asHtml(renderMarkup(grammar, source));

describe('renderMarkup', () => {
  it.each([
    ['one\ntwo\n\nthree', '<p>one two</p><p>three</p>'],
    ['# A *b* c\ntext', '<h1 id="a-b-c">A <em>b</em> c</h1><p>text</p>'],
    ['- a\n  - b\n- c', '<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>'],
    ['> # q\n> **x *y* z**', '<blockquote><h1 id="q">q</h1><p><strong>x <em>y</em> z</strong></p></blockquote>'],
    ['a * b * c \\*d\\* **e', '<p>a * b * c *d* **e</p>'],
    ['```\n *x*\n\n<b>\n```', '<pre> *x*\n\n<b>\n</pre>'],
    ['[a [b](/c) d](/e)', '<p>[a <a href="/c">b</a> d](/e)</p>'],
    ['[x](javascript:alert(1)) [y](java\tscript:1) [z](DATA:text/html,1)', '<p><a>x</a>) <a href="java script:1">y</a> <a>z</a></p>'],
  ])('shows %j as %s', (source, wanted) => {
    expect(shown(source)).toBe(wanted.replace(' href="java script:1"', ''));
  });

  it('never makes what runs code, whatever the grammar says', () => {
    const hostile: Grammar = {
      ...grammar,
      paragraph: { wrap: [tag('script'), tag('p')], lines: 'join', blank: 'split' },
      inlines: [
        { ...span('*', 'iframe'), wrap: [{ tag: 'b', attrs: { onclick: 'x()', style: 'background: url(//x)', title: 'ok' } }] },
        { inline: 'literal', text: '@', put: tag('iframe', { src: '/x' }) },
      ],
    };
    expect(asHtml(renderMarkup({ ...hostile, root: [tag('custom-box')] }, 'a'))).toBe('');
    expect(asHtml(renderMarkup({ ...hostile, paragraph: grammar.paragraph }, 'a *b* @'))).toBe('<p>a <b title="ok">b</b></p>');
  });

  it('reads hostile texts in about linear time', () => {
    const start = performance.now();
    for (const piece of ['*', '**a ', '[', '[a](', '> ', '- a\n  ', '```\n', '*a **b ', '\\', '[a](b) *', '#', '\n'])
      shown(piece.repeat(20_000));
    expect(performance.now() - start).toBeLessThan(8000);
  }, 30_000);

  it('is total', () => {
    const text = fc.string({
      unit: fc.constantFrom('*', '**', '[', '](', ')', '# ', '> ', '- ', '\n', '\n\n', '```', 'a', ' ', '\\', '\ud800'),
    });
    fc.assert(fc.property(text, (source) => Array.isArray(renderMarkup(grammar, source))));
  });
});

describe('markupValue', () => {
  const nodes: readonly DomNode[] = [
    { tag: 'p', attrs: { class: 'x' }, children: [{ text: 'a' }, { tag: 'b', attrs: {}, children: [] }] },
    { tag: 'svg', attrs: { viewBox: '0 0 1 1' }, children: [{ tag: 'path', attrs: { d: 'M0' }, children: [], svg: true }], svg: true },
  ];

  it('is compact, and reads back as it was', () => {
    expect(markupValue(nodes.slice(0, 1))).toBe('[["p",{"class":"x"},"a",["b",{}]]]');
    expect(readMarkupValue(markupValue(nodes))).toEqual(nodes);
  });

  it('drops what acts on reading', () => {
    const bad = [
      ['script', {}, 'x'],
      ['a', { href: ' javascript:1', onclick: 'x' }, 'y'],
      ['x-y', {}, 'z'],
      ['iframe', { src: '/' }],
      5,
      [1],
    ];
    expect(asHtml(readMarkupValue(JSON.stringify(bad)))).toBe('<a>y</a>z');
  });

  it.each(['', '{', 'null', '{"a":1}', '[["p"]]', '[["p",5,[]]]', '['.repeat(9000) + ']'.repeat(9000)])(
    'survives a broken text',
    (source) => {
      expect(Array.isArray(readMarkupValue(source))).toBe(true);
    },
  );
});

describe('a template of rich text', () => {
  const at = (id: string, route: string, kids: World['pages'][number]['template'][]): World['pages'][number] => ({
    id,
    route,
    title: id,
    template: { el: 'html', anchor: `${id}1`, attrs: {}, kids: [{ el: 'body', anchor: `${id}2`, attrs: {}, kids }] },
    evidence: [],
  });
  const note = { from: 'note', as: 'n' };
  const rich = { markup: { col: 'text' }, grammar: 'notes' };
  const world: World = {
    v: 1,
    app: 'notes',
    viewport: { width: 800, height: 600 },
    start: '/',
    defaultAccount: 'one',
    tables: [{ name: 'note', columns: [{ name: 'text', type: 'text', scope: 'server', initial: '' }] }],
    registers: [{ name: 'kept', scope: 'server', initial: markupValue([{ tag: 'i', attrs: {}, children: [{ text: 'kept' }] }]) }],
    seeds: { one: { tables: { note: [{ id: 'r1', text: 'see [there](/there)' }] }, registers: {} } },
    pages: [
      at('p', '/', [
        { each: note, kids: [{ el: 'div', anchor: 'p3', attrs: {}, kids: [rich, { ...rich }] }] },
        { markup: { reg: 'kept' }, grammar: 'html' },
        { markup: { lit: 'a *b*' }, grammar: 'unknown' },
      ]),
      at('q', '/there', [{ text: 'Here.' }]),
    ],
    rules: [],
    styles: [],
    css: [],
    exceptions: [],
    grammars: { notes: grammar },
  };

  it('shows its source by the grammar, remembered content as it was, and text where the grammar is not known', () => {
    const { root } = render(world, reset(world));
    const one = '<p>see <a href="/there">there</a></p>';
    expect(asHtml([root])).toBe(`<html><body><div>${one}${one}</div><i>kept</i>a *b*</body></html>`);
  });

  it('gives every element a key of its own, in the rows around', () => {
    const keys = findAll(render(world, reset(world)).root, () => true).map(({ key }) => key);
    expect(keys).toEqual(['p1', 'p2', 'p3:r1', 'p3~0:r1', 'p3~0.1:r1', 'p3~m1.0:r1', 'p3~m1.0.1:r1', 'p2~0']);
  });

  it('follows a link that was made', () => {
    const { state } = transition(world, reset(world), { type: 'click', key: 'p3~0.1:r1' });
    expect(currentUrl(state)).toBe('/there');
  });
});
