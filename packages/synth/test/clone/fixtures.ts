import type { Asset, Expr, Grammar, Template, World } from '@backlot/protocol';

const base64 = (text: string): string => Buffer.from(text).toString('base64');
const evidence = [{ session: 's1', step: 1 }];

export const dot = '<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8"><rect width="8" height="8"/></svg>';

/** A picture and a style sheet that names it, as a session's answers held them. */
export const assets: readonly Asset[] = [
  { url: '/css/main.css?v=2', mime: 'text/css; charset=utf-8', base64: base64('h1 { background: url(../img/dot.svg) }') },
  { url: '/img/dot.svg', mime: 'image/svg+xml', base64: base64(dot) },
];

function element(what: string, attrs: Record<string, string>, ...kids: Template[]): Template {
  const [el = '', anchor = ''] = what.split(' ');
  return { el, anchor, attrs, kids };
}

/** One page with a field that adds names; `picture` is the address of its image. */
export function namesWorld(picture: string): World {
  return {
    v: 1,
    app: 'names <script>alert(1)</script>',
    viewport: { width: 800, height: 600 },
    start: '/names/dist/index.html',
    defaultAccount: 'ada',
    tables: [{ name: 'person', columns: [{ name: 'name', type: 'text', scope: 'server', initial: '' }] }],
    registers: [{ name: 'mood', scope: 'tab', initial: 'fine' }],
    seeds: { ada: { tables: { person: [{ id: 'p1', name: '<b>Ada</b>' }] }, registers: { mood: 'good' } } },
    pages: [
      {
        id: 'names',
        route: '/names/dist/index.html',
        title: 'Names',
        evidence,
        template: element(
          'html h',
          {},
          element('head hd', {}),
          element(
            'body b',
            {},
            element('h1 t', {}, { text: 'Names' }),
            element('img i', { src: picture, alt: 'Dot' }),
            element('input n', { placeholder: 'Name', value: '' }),
            element('ul u', {}, { each: { from: 'person', as: 'r' }, kids: [element('li r', {}, { text: { col: 'name' } })] }),
          ),
        ),
      },
    ],
    rules: [
      {
        id: 'add',
        on: { ui: { page: 'names', anchor: 'n', event: 'key', key: 'Enter' } },
        when: { fn: 'not', args: [{ fn: 'isBlank', args: [{ arg: 'value' }] }] },
        do: [
          { insert: 'person', at: 'end', row: { name: { fn: 'trim', args: [{ arg: 'value' }] } } },
          { draft: 'n', to: null },
        ],
        then: 'stay',
        evidence,
        certainty: 'ambiguous',
        probability: 0.75,
        alternatives: ['Blank names are added too.'],
      },
    ],
    styles: [],
    css: ['h1 { color: rgb(1, 2, 3) }'],
    exceptions: [{ evidence: { session: 's2', step: 7 }, why: 'No rule explains it.' }],
  };
}

export const fn = (name: string, ...args: Expr[]): Expr => ({ fn: name, args });

const grammar: Grammar = {
  root: [],
  blocks: [
    {
      block: 'line',
      interrupts: true,
      open: '## ',
      close: '',
      wrap: [{ tag: 'h2', attrs: {} }],
      reach: 'line',
      section: { tag: 'section', attrs: {} },
    },
  ],
  paragraph: { wrap: [{ tag: 'p', attrs: {} }], lines: 'join', blank: 'split' },
  inlines: [{ inline: 'span', open: '**', close: '**', wrap: [{ tag: 'strong', attrs: {} }], raw: false, flank: true, word: false }],
};

/** A page of so many items, at several addresses, with a heading and a list that are only remembered. */
export function memoryWorld(items: number): World {
  const here = fn('concat', { loc: 'path' }, { lit: '?' }, { loc: 'search' });
  const at = (key: Expr) => ({ from: 'mp0', as: 'm', where: fn('eq', { col: 'key', of: 'm' }, key) });
  const get: Expr = { col: 'h0', of: 'm' };
  const remembered = fn('if', { count: at(here) }, { first: at(here), get }, { first: at({ lit: '*' }), get });
  const text = { type: 'text', scope: 'server', initial: '' } as const;
  const order = [{ by: { col: 'name' }, desc: true }];
  const world = namesWorld('/assets/dot.svg');
  return {
    ...world,
    tables: [
      {
        name: 'item',
        columns: [
          { name: 'name', ...text },
          { name: 'at0', type: 'list', scope: 'server', initial: [] },
        ],
      },
      {
        name: 'mp0',
        columns: [
          { name: 'key', ...text },
          { name: 'h0', ...text },
        ],
      },
    ],
    seeds: {
      ada: {
        tables: {
          item: Array.from({ length: items }, (_, i) => ({ id: `i${i}`, name: `item ${i}`, at0: ['/items/3?'] })),
          mp0: [{ id: 'm0', key: '/items/3?', h0: 'Three' }],
        },
        registers: {},
      },
    },
    pages: [
      {
        id: 'items',
        route: '/items/:id',
        also: [{ route: '/old', query: { tab: null } }],
        title: 'Items',
        evidence,
        template: element(
          'html h',
          {},
          element(
            'body b',
            {},
            element('h1 t', {}, { text: remembered }),
            element(
              'ul u',
              {},
              { each: { from: 'item', as: 'r', order, limit: { lit: 5 } }, kids: [element('li r', {}, { text: { col: 'name' } })] },
            ),
            element('div d', {}, { markup: { reg: 'mood' }, grammar: 'wiki' }),
            element('button s', {}, { text: 'Save' }),
            element('a l', { href: '/items/1' }, { text: 'First' }),
          ),
        ),
      },
    ],
    rules: [
      {
        id: 'save',
        on: { ui: { page: 'items', anchor: 's', event: 'click' } },
        when: fn('eq', { reg: 'mood' }, { lit: 'good' }),
        do: [{ set: 'mood', to: { lit: 'fine' } }],
        then: 'stay',
        evidence,
        certainty: 'ambiguous',
        probability: 1,
      },
    ],
    grammars: { wiki: grammar },
    exceptions: [{ evidence: { session: 's2', step: 7 }, why: 'No rule of click at l explains the change of set:mood, upd:item.name.' }],
  };
}
