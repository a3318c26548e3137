import type { Expr, Template, World } from '@backlot/protocol';

const el = (el: string, anchor: string, attrs: Record<string, string | Expr>, ...kids: Template[]): Template => ({
  el,
  anchor,
  attrs,
  kids,
});
const text = (text: string | Expr): Template => ({ text });
const all = { from: 'item', as: 'r' };
const open: Expr = { count: { from: 'item', as: 'q', where: { fn: 'not', args: [{ col: 'done' }] } } };
const isRow: Expr = {
  fn: 'eq',
  args: [
    { col: 'id', of: 'it' },
    { col: 'id', of: 'r' },
  ],
};
const shown: Expr = {
  fn: 'or',
  args: [
    { fn: 'eq', args: [{ loc: 'hash' }, { lit: '' }] },
    { fn: 'eq', args: [{ loc: 'hash' }, { lit: '/' }] },
    {
      fn: 'and',
      args: [
        { fn: 'eq', args: [{ loc: 'hash' }, { lit: '/open' }] },
        { fn: 'not', args: [{ col: 'done' }] },
      ],
    },
    { fn: 'and', args: [{ fn: 'eq', args: [{ loc: 'hash' }, { lit: '/done' }] }, { col: 'done' }] },
  ],
};
const evidence = [{ session: 's1', step: 1 }];
const rule = { evidence, certainty: 'certain', probability: 1 } as const;

/** A hand-written list of things to do on two pages: what synthesis should find for such an application. Two accounts. */
export const listWorld: World = {
  v: 1,
  app: 'list',
  viewport: { width: 1280, height: 800 },
  start: '/',
  defaultAccount: 'empty',
  tables: [
    {
      name: 'item',
      label: 'title',
      columns: [
        { name: 'title', type: 'text', scope: 'server', initial: '' },
        { name: 'done', type: 'boolean', scope: 'server', initial: false },
        { name: 'editing', type: 'boolean', scope: 'page', initial: false },
      ],
    },
  ],
  registers: [{ name: 'name', scope: 'server', initial: 'My list' }],
  seeds: {
    empty: { tables: { item: [] }, registers: {} },
    two: {
      tables: {
        item: [
          { id: 'a1', title: 'Buy milk', done: false, editing: false },
          { id: 'a2', title: 'Call Ada', done: true, editing: false },
        ],
      },
      registers: { name: 'Ada’s list' },
    },
  },
  pages: [
    {
      id: 'list',
      route: '/',
      title: { fn: 'concat', args: [{ reg: 'name' }, { lit: ' · List' }] },
      evidence,
      template: el(
        'html',
        'p0',
        {},
        el('head', 'p1', {}),
        el(
          'body',
          'p2',
          {},
          el('h1', 'p3', {}, text({ reg: 'name' })),
          el('input', 'p4', { class: 'new', placeholder: 'What needs doing?', value: '' }),
          el(
            'ul',
            'p5',
            {},
            {
              each: { ...all, where: shown },
              kids: [
                el(
                  'li',
                  'p6',
                  {
                    class: {
                      fn: 'concat',
                      args: [
                        { fn: 'if', args: [{ col: 'done' }, { lit: 'done ' }, { lit: '' }] },
                        { fn: 'if', args: [{ col: 'editing' }, { lit: 'editing' }, { lit: '' }] },
                      ],
                    },
                  },
                  el('input', 'p7', { type: 'checkbox', 'aria-label': 'Done', checked: { col: 'done' } }),
                  el('label', 'p8', {}, text({ col: 'title' })),
                  el('button', 'p9', { class: 'drop' }, text('Delete')),
                  {
                    when: { col: 'editing' },
                    kids: [el('input', 'p10', { class: 'edit', 'aria-label': 'Edit', value: { col: 'title' } })],
                  },
                ),
              ],
            },
          ),
          {
            when: { count: { from: 'item', as: 'q' } },
            kids: [
              el(
                'footer',
                'p11',
                {},
                el(
                  'span',
                  'p12',
                  {},
                  text({
                    fn: 'concat',
                    args: [open, { lit: ' ' }, { fn: 'plural', args: [open, { lit: 'item' }, { lit: 'items' }] }, { lit: ' left' }],
                  }),
                ),
                el('a', 'p13', { href: '#/' }, text('All')),
                el('a', 'p14', { href: '#/open' }, text('Open')),
                el('a', 'p15', { href: '#/done' }, text('Done')),
                {
                  when: { count: { from: 'item', as: 'q', where: { col: 'done' } } },
                  kids: [el('button', 'p16', {}, text('Clear done'))],
                },
              ),
            ],
          },
          el('a', 'p17', { href: '/settings' }, text('Settings')),
        ),
      ),
    },
    {
      id: 'settings',
      route: '/settings',
      title: 'Settings',
      evidence,
      template: el(
        'html',
        's0',
        {},
        el('head', 's1', {}),
        el(
          'body',
          's2',
          {},
          el('h1', 's3', {}, text('Settings')),
          el(
            'form',
            's4',
            { method: 'post', action: '/settings' },
            el('label', 's5', { for: 'name' }, text('Name')),
            el('input', 's6', { id: 'name', name: 'name', value: { reg: 'name' } }),
            el('button', 's7', { type: 'submit' }, text('Save')),
          ),
          el('a', 's8', { href: '/' }, text('Back to the list')),
        ),
      ),
    },
  ],
  rules: [
    {
      ...rule,
      id: 'ignore',
      on: { ui: { page: 'list', anchor: 'p4', event: 'key', key: 'Enter' } },
      when: { fn: 'isBlank', args: [{ arg: 'value' }] },
      do: [],
      then: 'stay',
    },
    {
      ...rule,
      id: 'add',
      on: { ui: { page: 'list', anchor: 'p4', event: 'key', key: 'Enter' } },
      do: [
        { insert: 'item', at: 'end', row: { title: { fn: 'trim', args: [{ arg: 'value' }] }, done: { lit: false } } },
        { draft: 'p4', to: null },
      ],
      then: 'stay',
    },
    {
      ...rule,
      id: 'toggle',
      on: { ui: { page: 'list', anchor: 'p7', event: 'click' } },
      do: [{ update: 'item', where: isRow, set: { done: { fn: 'not', args: [{ col: 'done', of: 'it' }] } } }],
      then: 'stay',
    },
    {
      ...rule,
      id: 'drop',
      on: { ui: { page: 'list', anchor: 'p9', event: 'click' } },
      do: [{ delete: 'item', where: isRow }],
      then: 'stay',
    },
    {
      ...rule,
      id: 'edit',
      on: { ui: { page: 'list', anchor: 'p8', event: 'dblclick' } },
      do: [{ update: 'item', where: isRow, set: { editing: { lit: true } } }, { focus: 'p10' }],
      then: 'stay',
    },
    {
      ...rule,
      id: 'erase',
      on: { ui: { page: 'list', anchor: 'p10', event: 'key', key: 'Enter' } },
      when: { fn: 'isBlank', args: [{ arg: 'value' }] },
      do: [{ delete: 'item', where: isRow }],
      then: 'stay',
    },
    {
      ...rule,
      id: 'commit',
      on: { ui: { page: 'list', anchor: 'p10', event: 'key', key: 'Enter' } },
      do: [
        { update: 'item', where: isRow, set: { title: { fn: 'trim', args: [{ arg: 'value' }] }, editing: { lit: false } } },
        { draft: 'p10', to: null },
      ],
      then: 'stay',
    },
    {
      ...rule,
      id: 'clear',
      on: { ui: { page: 'list', anchor: 'p16', event: 'click' } },
      do: [],
      then: {
        dialog: {
          type: 'confirm',
          message: { lit: 'Delete what is done?' },
          accept: [{ delete: 'item', where: { col: 'done', of: 'it' } }],
          then: 'stay',
        },
      },
    },
    {
      ...rule,
      id: 'rename',
      on: { request: { method: 'POST', route: '/settings' } },
      do: [{ set: 'name', to: { arg: 'name' } }],
      then: { go: { lit: '/' } },
    },
  ],
  styles: [{ selector: 'li:not(:hover) > .drop', specificity: 21, display: 'none' }],
  css: ['li:not(:hover) > .drop { display: none } .done label { text-decoration: line-through }'],
  exceptions: [],
};
