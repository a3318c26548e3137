import { describe, expect, it } from 'vitest';
import type { Action, DomElement, Rule, Template, World } from '@backlot/protocol';
import { render, reset } from '@backlot/world';
import { foresee, foreseeReal } from '../../src/index.ts';
import { amountIn, spendsOf } from '../../src/guard/money.ts';
import { reversalOf } from '../../src/guard/reversibility.ts';
import { viewTables } from '../../src/guard/view-tables.ts';
import { listWorld } from '../../../world/fixtures/list-world.ts';

const state = reset(listWorld, 'two');
const { root } = render(listWorld, state);
const clear: Action = { kind: 'click', target: { role: 'button', name: 'Clear done', nth: 0 } };
const field = { target: { role: 'textbox', name: 'What needs doing?', nth: 0 } };

describe('foresight', () => {
  it('tells of records that go, behind a dialog too, and leaves the state alone', () => {
    const before = JSON.stringify(state);
    expect(foresee(listWorld, state, clear)).toMatchObject({
      irreversible: true,
      changes: [{ how: 'deleted', table: 'item' }],
      to: '/',
      leaves: false,
    });
    expect(JSON.stringify(state)).toBe(before);
  });

  it('foresees nothing where the dialog is dismissed', () => {
    const dismissed: Action = { ...clear, dialog: { type: 'confirm', message: '', accepted: false } };
    expect(foresee(listWorld, state, dismissed)).toMatchObject({ irreversible: false, changes: [] });
  });

  it('tells what is written and sent, and that it can be taken back', () => {
    const typed = { ...state, drafts: {} };
    const filled = foresee(listWorld, typed, { kind: 'fill', ...field, value: 'Tea' });
    expect(filled).toMatchObject({ changes: [], irreversible: false, sent: [] });
  });

  it('knows where a link leads, in and out of the application', () => {
    expect(foresee(listWorld, state, { kind: 'click', target: { role: 'link', name: 'Settings', nth: 0 } })).toMatchObject({
      to: '/settings',
      leaves: false,
    });
    expect(foresee(listWorld, state, { kind: 'goto', value: 'https://elsewhere.test/x' })?.leaves ?? true).toBe(true);
  });

  it('is nothing for what the world would not take', () => {
    expect(foresee(listWorld, state, { kind: 'click', target: { role: 'button', name: 'No such', nth: 0 } })).toBeNull();
  });

  it('of a click into a text field is not that nobody knows', () => {
    expect(foresee(listWorld, state, { kind: 'click', ...field })?.certainty).not.toBe('unseen');
  });

  it('suspects a deletion in a real application where only missing records spoke against it', () => {
    // The rule wants a mark that no believed record has.
    const wanting = JSON.parse(
      JSON.stringify(listWorld).replace(
        '{"col":"done","of":"it"}}]',
        '{"fn":"and","args":[{"col":"done","of":"it"},{"col":"unseen","of":"it"}]}}]',
      ),
    ) as World;
    expect(foresee(wanting, state, clear)?.changes).toEqual([]);
    expect(foreseeReal(wanting, { state, root }, clear)).toMatchObject({
      irreversible: true,
      changes: [{ how: 'deleted', table: 'item' }],
    });
    const dismissed: Action = { ...clear, dialog: { type: 'confirm', message: '', accepted: false } };
    expect(foreseeReal(wanting, { state, root }, dismissed)).toMatchObject({ irreversible: false, changes: [] });
  });
});

describe('foresight of a real application that shows more than its clone', () => {
  const real = (href: string): DomElement => {
    const link: DomElement = { tag: 'a', attrs: { href }, children: [{ text: 'Elsewhere' }] };
    return { ...root, children: [...root.children, { tag: 'body', attrs: {}, children: [link] }] };
  };
  const click: Action = { kind: 'click', target: { role: 'link', name: 'Elsewhere', nth: 0 } };

  it('follows a link to an address that the clone knows', () => {
    const foreseen = foreseeReal(listWorld, { state, root: real('/settings') }, click);
    expect(foreseen).toMatchObject({ to: '/settings', certainty: 'ambiguous', changes: [], irreversible: false });
  });

  it('foresees what the request of a link deletes', () => {
    const deleting = ruled({ on: { request: { method: 'GET', route: '/drop' } }, do: [{ delete: 'item', where: { lit: true } }] });
    expect(foreseeReal(deleting, { state, root: real('/drop') }, click)).toMatchObject({ irreversible: true });
  });

  it('knows that a link leads out of the application', () => {
    expect(foreseeReal(listWorld, { state, root: real('https://elsewhere.test/') }, click)).toMatchObject({ leaves: true });
  });

  it.each(['', '#', '#top', 'javascript:go()'])('is nothing for a link to %j, which a script makes do something', (href) => {
    expect(foreseeReal(listWorld, { state, root: real(href) }, click)).toBeNull();
  });

  it('is nothing for what neither shows', () => {
    expect(foreseeReal(listWorld, { state, root }, click)).toBeNull();
  });

  it('suspects a control that is called like one beside it that deletes, whatever else it changes', () => {
    const [first, ...others] = listWorld.pages;
    const html = first!.template as Extract<Template, { el: string }>;
    const again: Template = { el: 'button', anchor: 'again', attrs: {}, kids: [{ text: 'Delete' }] };
    const kids = html.kids.map((kid) => ('el' in kid && kid.el === 'body' ? { ...kid, kids: [again, ...kid.kids] } : kid));
    const renames: Rule = {
      ...listWorld.rules[0]!,
      id: 'renames',
      on: { ui: { page: first!.id, anchor: 'again', event: 'click' } },
      do: [{ set: 'name', to: { lit: 'Other' } }],
    };
    const world = { ...listWorld, pages: [{ ...first!, template: { ...html, kids } }, ...others], rules: [...listWorld.rules, renames] };
    const shown = { state, root: render(world, state).root };
    const own: Action = { kind: 'click', target: { role: 'button', name: 'Delete', nth: 0 } };
    expect(foresee(world, state, own)?.changes).toMatchObject([{ how: 'register', table: 'name' }]);
    expect(foreseeReal(world, shown, own)).toMatchObject({ irreversible: true, changes: [{ how: 'register' }, { how: 'deleted' }] });
  });
});

const ruled = (...rules: readonly Partial<Rule>[]): World => ({
  ...listWorld,
  rules: rules.map((rule, i) => ({
    id: `r${i}`,
    on: { ui: { page: 'p', anchor: 'a', event: 'click' } },
    do: [],
    then: 'stay',
    evidence: [],
    certainty: 'certain',
    probability: 1,
    ...rule,
  })),
});
const row = { id: 'a', title: 'Tea', done: false };

describe('what can be undone', () => {
  const deleted = { kind: 'deleted', table: 'item', row } as const;
  const inserted = { kind: 'inserted', table: 'item', row } as const;
  const updated = { kind: 'updated', table: 'item', was: row, now: { ...row, done: true }, columns: ['done'] } as const;

  it.each([
    ['a deletion by typing it anew', deleted, ruled({ do: [{ insert: 'item', row: { title: { arg: 'value' } }, at: 'end' }] }), false],
    ['a deletion where nothing adds records', deleted, ruled(), false],
    ['an addition that some rule deletes', inserted, ruled({ do: [{ delete: 'item', where: { lit: true } }] }), true],
    ['an addition that nobody saw deleted', inserted, ruled(), null],
    [
      'a mark that the user sets',
      updated,
      ruled({ do: [{ update: 'item', where: { lit: true }, set: { done: { arg: 'checked' } } }] }),
      true,
    ],
    [
      'a mark that is turned over',
      updated,
      ruled({ do: [{ update: 'item', where: { lit: true }, set: { done: { fn: 'not', args: [{ col: 'done' }] } } }] }),
      true,
    ],
    ['a mark that is set back', updated, ruled({ do: [{ update: 'item', where: { lit: true }, set: { done: { lit: false } } }] }), true],
    [
      'a mark that is only ever set',
      updated,
      ruled({ do: [{ update: 'item', where: { lit: true }, set: { done: { lit: true } } }] }),
      null,
    ],
  ])('%s', (_what, change, world, expected) => {
    expect(reversalOf(world).canUndo(change)).toBe(expected);
  });

  it('is a deletion whose record is made anew out of what is remembered', () => {
    const columns = listWorld.tables.find(({ name }) => name === 'item')!.columns.map(({ name }) => name);
    const remembered = Object.fromEntries(columns.map((name) => [name, { reg: 'trash' } as const]));
    expect(reversalOf(ruled({ do: [{ insert: 'item', row: remembered, at: 'end' }] })).canUndo(deleted)).toBe(true);
  });

  it('is a row of a table that only opening a page empties', () => {
    const world = ruled({
      on: { request: { method: 'GET', route: '/daily' } },
      then: 'default',
      do: [{ delete: 'item', where: { lit: true } }],
    });
    expect([...viewTables(world)]).toEqual(['item']);
    expect(reversalOf(world).canUndo(deleted)).toBe(true);
  });
});

describe('money', () => {
  it.each([
    ['$12.50', 12.5],
    ['Total: 1.234,50 €', 1234.5],
    ['EUR 1,200', 1200],
    ["CHF 1'000.00", 1000],
    ['£7', 7],
    ['12 apples', null],
    ['2026-01-01', null],
  ])('in %j is %j', (text, amount) => expect(amountIn(text)).toBe(amount));

  it('that is spent is what written amounts grow by', () => {
    const order = { id: 'o', total: '$40.00', shipping: '$5.00' };
    expect(spendsOf([{ kind: 'inserted', table: 'orders', row: order }])).toBe(40);
    const now = { ...order, total: '$60.00' };
    expect(spendsOf([{ kind: 'updated', table: 'orders', was: order, now, columns: ['total'] }])).toBe(20);
    expect(spendsOf([{ kind: 'deleted', table: 'orders', row: order }])).toBe(0);
    expect(spendsOf([{ kind: 'inserted', table: 'orders', row: { id: 'o', total: 12, count: 900 } }])).toBe(12);
  });
});
