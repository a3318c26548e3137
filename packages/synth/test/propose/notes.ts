import type { Action, DomElement, DomNode, PageView, Rule, Session, State, Step, Template, World } from '@backlot/protocol';
import { act, currentUrl, render, reset, titleOf } from '@backlot/world';

const el = (tag: string, anchor: string, attrs: Record<string, string>, ...kids: Template[]): Template => ({
  el: tag,
  anchor,
  attrs,
  kids,
});

/** What the sum below the list says. */
const sum = { fn: 'concat', args: [{ count: { from: 'note', as: 'n' } }, { lit: ' in all' }] } as const;

const template: Template = el(
  'html',
  'html',
  {},
  el(
    'body',
    'body',
    {},
    el('input', 'title', { 'aria-label': 'Title', name: 'title', type: 'text' }),
    el('button', 'add', {}, { text: 'Add' }),
    el(
      'ul',
      'list',
      {},
      {
        each: { from: 'note', as: 'note' },
        kids: [
          el(
            'li',
            'item',
            {},
            el('b', 'name', {}, { text: { col: 'title' } }),
            el('i', 'mark', {}, { text: { fn: 'if', args: [{ col: 'done' }, { lit: 'done' }, { lit: 'open' }] } }),
            el('button', 'tick', {}, { text: 'Tick' }),
          ),
        ],
      },
    ),
    el('p', 'sum', {}, { text: sum }),
  ),
);

const click = (anchor: string): Rule['on'] => ({ ui: { page: 'p', anchor, event: 'click' } });
const learned = { evidence: [], certainty: 'certain', probability: 1 } as const;

/** A click on a note's button turns its mark. */
export const tickBody = {
  do: [
    {
      update: 'note',
      where: { fn: 'eq', args: [{ col: 'id' }, { col: 'id', of: 'note' }] },
      set: { done: { fn: 'not', args: [{ col: 'done' }] } },
    },
  ],
  then: 'stay',
} as const;

/** Notes go to the end of the list, unless they are blank. */
export const addBody = {
  when: { fn: 'not', args: [{ fn: 'isBlank', args: [{ field: 'title' }] }] },
  do: [
    { insert: 'note', row: { title: { field: 'title' } }, at: 'end' },
    { draft: 'title', to: null },
  ],
  then: 'stay',
} as const;

/** The application as it really is. */
export const truth: World = {
  v: 1,
  app: 'notes',
  viewport: { width: 800, height: 600 },
  start: '/',
  defaultAccount: 'ada',
  tables: [
    {
      name: 'note',
      columns: [
        { name: 'title', type: 'text', scope: 'server', initial: '' },
        { name: 'done', type: 'boolean', scope: 'server', initial: false },
      ],
    },
  ],
  registers: [{ name: 'theme', scope: 'browser', initial: 'light' }],
  seeds: { ada: { tables: { note: [{ id: 'a', title: 'Milk', done: false }] }, registers: { theme: 'light' } } },
  pages: [{ id: 'p', route: '/', title: 'Notes', template, evidence: [] }],
  rules: [
    { id: 'add', on: click('add'), ...addBody, ...learned },
    { id: 'tick', on: click('tick'), ...tickBody, ...learned },
  ],
  styles: [],
  css: [],
  exceptions: [],
};

const withoutKeys = ({ key: _key, ...element }: DomElement): DomElement => ({
  ...element,
  children: element.children.map((kid: DomNode) => ('tag' in kid ? withoutKeys(kid) : kid)),
});

function viewOf(state: State): PageView {
  const url = currentUrl(state);
  return { url, root: withoutKeys(render(truth, state).root), title: titleOf(truth, state), at: 0, load: 1 };
}

/** A session of somebody who does these things in the real application. */
export function sessionOf(id: string, actions: readonly Action[]): Session {
  let state = reset(truth, 'ada');
  const steps = actions.map((action, index): Step => {
    const before = viewOf(state);
    const { explanation, state: after } = act(truth, state, action);
    if (explanation.refused !== undefined) throw new Error(explanation.refused);
    state = after;
    return { index, before, action, after: viewOf(state), exchanges: [], thinkMs: 1000, latencyMs: 10, event: index };
  });
  const { viewport } = truth;
  return { id, app: 'notes', account: 'ada', baseURL: 'http://127.0.0.1:1', viewport, synthetic: true, steps, problems: [] };
}

export const open: Action = { kind: 'goto', value: '/' };
export const tick = (nth: number): Action => ({ kind: 'click', target: { role: 'button', name: 'Tick', nth } });
export const add = (title: string): readonly Action[] => [
  { kind: 'fill', target: { role: 'textbox', name: 'Title', nth: 0 }, value: title },
  { kind: 'click', target: { role: 'button', name: 'Add', nth: 0 } },
];

/** Three visits, in each of which a note is added and two are ticked. */
export const sessions: readonly Session[] = ['Tea', 'Rye bread', 'Salt'].map((title, i) =>
  sessionOf(`s${i}`, [open, ...add(title), tick(1), tick(0), tick(i % 2)]),
);

const ticks = sessions.flatMap(({ id, steps }) =>
  steps
    .filter(({ action }) => action.target?.name === 'Tick')
    .map(({ index }) => ({ evidence: { session: id, step: index }, why: 'No rule.' })),
);

/** What was learned of it: a click on a note's button is remembered, not understood. */
export const withoutTick: World = { ...truth, rules: truth.rules.filter(({ id }) => id !== 'tick'), exceptions: ticks };

/** What was learned of it: new notes were put to the wrong end. */
export const withWrongEnd: World = {
  ...truth,
  rules: truth.rules.map((rule) => {
    if (rule.id !== 'add') return rule;
    const evidence = sessions.map(({ id }) => ({ session: id, step: 2 }));
    return {
      ...rule,
      certainty: 'ambiguous',
      evidence,
      do: [{ insert: 'note', row: { title: { field: 'title' } }, at: 'start' }, ...rule.do.slice(1)],
    };
  }),
};

/** What was learned of it: the sum was taken for a constant. */
export const withFixedSum: World = JSON.parse(JSON.stringify(truth).replace(JSON.stringify({ text: sum }), '{"text":"1 in all"}'));
