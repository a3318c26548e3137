import type { DomElement } from '@backlot/protocol';
import { findAll } from '@backlot/world';
import { describe, expect, it } from 'vitest';
import { dialogKinds } from '../../src/template/dialog-kinds.ts';
import { el, html, viewOf } from '../fixtures/dom.ts';

const fields = ['title', 'state', 'owner', 'due'].map((name) => el('label', {}, name, el('input', { name })));
const dialog = (heading: string, ...parts: readonly DomElement[]): DomElement =>
  el('div', { role: 'dialog' }, el('h2', {}, heading), ...parts);

/** The kinds of dialogs open at addresses. */
function kindsOf(...open: readonly (readonly [string, DomElement])[]): readonly (string | undefined)[] {
  const views = open.map(([url, over]) => viewOf(html(el('main', {}, 'List'), over), { url }));
  const kinds = dialogKinds(views);
  return views.map(({ root }) => kinds.get(findAll(root, ({ attrs }) => attrs['role'] === 'dialog')[0] as DomElement));
}

describe('dialogKinds', () => {
  it('tells dialogs of records from those opened over a page, though they have the same fields', () => {
    const [first, second, made] = kindsOf(
      ['/tasks/7', dialog('Paint box', ...fields)],
      ['/tasks/8', dialog('Mend roof', ...fields)],
      ['/tasks', dialog('New task', ...fields)],
    );
    expect(first).toBe(second);
    expect(made).not.toBe(first);
  });

  it('takes a dialog whose address was misread with the others of its heading', () => {
    const [astray, ...others] = kindsOf(
      ['/tasks', dialog('Paint box', ...fields)],
      ['/tasks/7', dialog('Paint box', ...fields)],
      ['/tasks/7', dialog('Paint box', ...fields)],
      ['/tasks/8', dialog('Mend roof', ...fields)],
    );
    expect(new Set([astray, ...others]).size).toBe(1);
  });

  it('tells dialogs that look different apart, wherever they open', () => {
    const [made, asked] = kindsOf(['/tasks', dialog('New task', ...fields)], ['/tasks', dialog('Sure?', el('p', {}, 'Really?'))]);
    expect(made).not.toBe(asked);
  });
});
