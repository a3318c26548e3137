import type { DomElement, World } from '@backlot/protocol';
import { describe, expect, it } from 'vitest';
import { listWorld } from '../fixtures/list-world.ts';
import { accessibleElements, ariaSnapshot, formData, matchQuery, parseAddress, reset, toQuery } from '../src/index.ts';

/** Names that every object has of itself: pages, forms, addresses and accounts may be called so. */
const taken = Object.getOwnPropertyNames(Object.prototype);

const el = (tag: string, attrs: Record<string, string>, ...children: DomElement['children']): DomElement => ({ tag, attrs, children });
const body = (...children: DomElement['children']): DomElement => el('html', {}, el('body', {}, ...children));

describe('what is called like a member of every object', () => {
  it.each(taken)('is an ordinary element: %s', (tag) => {
    const root = body(el(tag, {}, { text: 'Text' }), el('button', { role: tag }, { text: 'Go' }));
    expect(ariaSnapshot(root, [])).toBe('- text: Text\n- button "Go"');
  });

  it.each(taken)('is an ordinary type of field: %s', (type) => {
    expect(accessibleElements(body(el('input', { type })), []).map(({ role }) => role)).toEqual(['document', 'textbox']);
  });

  it.each(taken)('is no pseudo-class, attribute or variable that anything has: %s', (name) => {
    const rule = { specificity: 1, display: 'none' };
    const rules = [
      { ...rule, selector: `p:${name}` },
      { ...rule, selector: `p[${name}]` },
      { ...rule, selector: 'p', display: `var(${name}, block)` },
    ];
    expect(ariaSnapshot(body(el('p', { style: `${name}: none` }, { text: 'Text' })), rules)).toBe('- paragraph: Text');
  });

  it.each(taken)('is sent as any field is: %s', (name) => {
    const form = el('form', {}, el('input', { name, value: '1' }), el('input', { name, value: '2' }));
    const data = formData(form);
    expect(Object.entries(data)).toEqual([[name, '1,2']]);
    expect(Object.entries(parseAddress(`/?${toQuery(Object.fromEntries([[name, '1']]))}`).query)).toEqual([[name, '1']]);
    expect(Object.keys(Object.prototype)).toEqual([]);
  });

  it.each(taken)('is in an address only where it stands there: %s', (name) => {
    expect(matchQuery(Object.fromEntries([[name, null]]), parseAddress('/?q=1').query)).toBe(false);
    expect(matchQuery(Object.fromEntries([[name, null]]), parseAddress(`/?${name}=1`).query)).toBe(true);
  });

  it.each(taken)('is an account only where the world has it: %s', (account) => {
    expect(reset(listWorld, account).tables).toEqual(reset(listWorld).tables);
    const seeds = Object.fromEntries([...Object.entries(listWorld.seeds), [account, listWorld.seeds['two']]]) as World['seeds'];
    expect(reset({ ...listWorld, seeds }, account).tables).toEqual(reset(listWorld, 'two').tables);
  });
});
