import type { Asset, Template, World } from '@backlot/protocol';

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
