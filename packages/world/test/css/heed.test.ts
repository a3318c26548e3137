import type { DomElement } from '@backlot/protocol';
import { describe, expect, it } from 'vitest';
import { heededBy, heededPart } from '../../src/css/heed.ts';
import { parseSelector } from '../../src/css/parse-selector.ts';
import type { CompiledSelector } from '../../src/css/selector.ts';

const field: DomElement = { tag: 'input', attrs: { class: 'title' }, children: [], key: 'field' };
const form: DomElement = { tag: 'form', attrs: { class: 'edit' }, children: [field], key: 'form' };
const root: DomElement = { tag: 'html', attrs: {}, children: [form], key: 'root' };

const heeds = (selector: string) => heededBy(parseSelector(selector) as CompiledSelector);
const heeded = (selector: string) => heededPart(root, { hover: 'field', focus: 'field' }, heeds(selector));

describe('heededPart', () => {
  it('leaves out focus and pointer that no selector asks about', () => {
    expect(heeded('.title, a[href]')).toEqual({ hover: null, focus: null, target: null });
  });

  it('takes the focus where a selector asks the focused element for it', () => {
    expect(heeded('.title:focus ~ p')).toMatchObject({ focus: 'field', hover: null });
    expect(heeded('.edit:focus')).toMatchObject({ focus: null });
    expect(heeded('.other:focus-visible')).toMatchObject({ focus: null });
  });

  it('takes the pointer, and the focus within, where a selector asks an element around for them', () => {
    expect(heeded('.edit:hover p')).toMatchObject({ hover: 'field', focus: null });
    expect(heeded('form:focus-within')).toMatchObject({ hover: null, focus: 'field' });
    expect(heeded('.other:hover, .other:focus-within')).toMatchObject({ hover: null, focus: null });
  });

  it('takes both where they are asked for inside of another condition, whatever the element is', () => {
    for (const selector of ['.other:not(:focus)', '.other:is(.edit :focus)', 'p:has(:focus)', 'p:nth-child(1 of :focus)'])
      expect(heeded(selector)).toMatchObject({ focus: 'field' });
    expect(heeded('.other:not(:hover)')).toMatchObject({ hover: 'field' });
  });

  it('leaves out what points at nothing on the page', () => {
    expect(heededPart(root, { hover: 'gone', focus: 'gone' }, heeds(':hover, :focus, :focus-within'))).toMatchObject({
      hover: null,
      focus: null,
    });
  });
});
