import type { Effect, Expr, Rule, Template, World } from '@backlot/protocol';

const el = (name: string, attrs: Record<string, string | Expr>, ...kids: Template[]): Template => {
  const [tag = '', anchor = ''] = name.split('#');
  return { el: tag, anchor, attrs, kids };
};
const evidence = [{ session: 's1', step: 1 }];
const rule = (id: string, on: Rule['on'], does: readonly Effect[]): Rule => ({
  id,
  on,
  do: [...does],
  then: 'stay',
  evidence,
  certainty: 'certain',
  probability: 1,
});
const onField = (event: 'input' | 'key', key?: string): Rule['on'] => ({
  ui: { page: 'form', anchor: 'tags', event, ...(key === undefined ? {} : { key }) },
});

/** A form whose field of tags opens suggestions over the box below it, until the field is left by Tab. Entries are kept with their box. */
export const suggestingWorld: World = {
  v: 1,
  app: 'suggesting',
  viewport: { width: 800, height: 600 },
  start: '/',
  defaultAccount: 'one',
  tables: [
    {
      name: 'entry',
      label: 'tags',
      columns: [
        { name: 'tags', type: 'text', scope: 'server', initial: '' },
        { name: 'private', type: 'boolean', scope: 'server', initial: false },
      ],
    },
  ],
  registers: [{ name: 'open', scope: 'page', initial: false }],
  seeds: { one: { tables: { entry: [] }, registers: {} } },
  pages: [
    {
      id: 'form',
      route: '/',
      title: 'Form',
      evidence,
      template: el(
        'html#h0',
        {},
        el('head#h1', {}),
        el(
          'body#h2',
          {},
          el(
            'form#f0',
            { method: 'post', action: '/' },
            el('input#tags', { type: 'text', name: 'tags', 'aria-label': 'Tags', value: '' }),
            {
              when: { reg: 'open' },
              kids: [el('ul#list', { role: 'listbox', class: 'over' }, el('li#option', { role: 'option' }, { text: 'garden' }))],
            },
            el('p#p0', {}, el('input#private', { type: 'checkbox', name: 'private', 'aria-label': 'Private' })),
            el('button#save', { type: 'submit' }, { text: 'Save' }),
          ),
          el('ol#o0', {}, { each: { from: 'entry', as: 'r' }, kids: [el('li#row', {}, { text: { col: 'tags' } })] }),
        ),
      ),
    },
  ],
  rules: [
    rule('opens', onField('input'), [{ set: 'open', to: { lit: true } }]),
    rule('closes', onField('key', 'Tab'), [{ set: 'open', to: { lit: false } }]),
    {
      ...rule('adds', { request: { method: 'POST', route: '/' } }, [
        { insert: 'entry', at: 'end', row: { tags: { arg: 'tags' }, private: { fn: 'eq', args: [{ arg: 'private' }, { lit: 'on' }] } } },
      ]),
      then: { go: { lit: '/' } },
    },
  ],
  styles: [],
  css: ['.over { position: absolute; top: 0; left: 0; margin: 30px 0 0; width: 400px; height: 100px; background: white }'],
  exceptions: [],
};
