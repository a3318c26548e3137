import { describe, expect, it } from 'vitest';
import type { Explained } from '../../src/explain/site-holes.ts';
import { buildSite, type PageModel } from '../../src/pages/page-model.ts';
import { draftEffects } from '../../src/rules/drafts.ts';
import type { Occasion } from '../../src/rules/terms.ts';
import type { Belief } from '../../src/state/belief.ts';
import type { View } from '../../src/views.ts';
import { el, html, viewOf } from '../fixtures/dom.ts';
import { occasion } from '../fixtures/occasions.ts';
import { stateOf } from '../fixtures/scopes.ts';

const form = (value: string): View => viewOf(html(el('form', {}, el('input', { name: 'subject', value }), el('button', {}, 'Next'))));

/** What a click does to a field that held a text, where the page has it with another text of its own afterwards, and shows that. */
function emptied(own: string, shown: string): ReturnType<typeof draftEffects> {
  const views = [form(''), form(own)] as const;
  const page = buildSite(views).pages[0] as PageModel;
  const field = [...page.pattern.elements.values()].find(({ tag }) => tag === 'input');
  const button = [...page.pattern.elements.values()].find(({ tag }) => tag === 'button');
  if (!field || !button) throw new Error('The form has no field.');
  const hole = page.holes.find(({ id }) => id === `${field.anchor}@value`);
  const belief = (view: View, value: string, text: string): Belief => ({
    view,
    page,
    state: stateOf({ registers: { g0: value } }),
    params: {},
    live: new Map([[field.anchor, text]]),
    rowsOf: () => ({}),
  });
  const told = occasion({});
  const of: Occasion['of'] = {
    ...told.of,
    before: belief(views[0], '', 'tea'),
    after: belief(views[1], own, shown),
    origin: { ...told.of.origin, page: page.id, element: button, anchor: button.anchor },
  };
  const exprs = new Map(hole ? [[hole, { reg: 'g0' }]] : []);
  return draftEffects([{ ...told, of }], { exprs } as unknown as Explained);
}

describe('draftEffects', () => {
  it('empty a field that shows what the page says again', () => {
    expect(emptied('', '')).toMatchObject([{ to: null }]);
  });

  it('leave a field alone that a script drew anew with the text that was typed', () => {
    expect(emptied('tea', 'tea')).toEqual([]);
  });
});
