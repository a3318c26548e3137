import { describe, expect, it } from 'vitest';
import { computeStyles, matches, parseSelector } from '../../src/css/index.ts';
import { el, page } from '../aria/dom.ts';

const item = (text: string, attrs: Record<string, string> = {}) => el('li', { id: text, ...attrs }, text);
const root = page(
  el(
    'ul',
    { class: 'list big', key: 'list' },
    item('one', { class: 'a' }),
    item('two', { 'data-x': 'foo-bar baz' }),
    item('three', { key: 'k' }),
    item('four'),
  ),
  el('input', { id: 'box', type: 'CHECKBOX', checked: '' }),
  el('fieldset', { disabled: '' }, el('input', { id: 'off' })),
  el('p', { id: 'empty' }),
  el('a', { id: 'link', href: '#three' }, 'link'),
);

/** Ids of the elements that a selector matches. */
function matched(selector: string): string[] {
  const compiled = parseSelector(selector);
  const { elements } = computeStyles(root, [], { hover: 'k', focus: 'k', target: 'four' });
  return compiled === null
    ? ['(none)']
    : elements.filter((each) => 'id' in each.attrs && matches(compiled, each)).map((each) => each.attrs['id'] ?? '');
}

describe('selectors', () => {
  it.each([
    ['li.a', ['one']],
    ['#two', ['two']],
    ['LI#three', ['three']],
    ['.list > li:first-child', ['one']],
    ['ul.big li + li', ['two', 'three', 'four']],
    ['#two ~ li', ['three', 'four']],
    ['html body li:last-child', ['four']],
    ['li:nth-child(2n+1)', ['one', 'three']],
    ['li:nth-child(-n + 2)', ['one', 'two']],
    ['li:nth-last-child(1)', ['four']],
    ['li:nth-child(even of :not(.a))', ['three']],
    ['input:first-of-type', ['box', 'off']],
    ['p:only-of-type', ['empty']],
    ['[data-x]', ['two']],
    ['[data-x~=baz]', ['two']],
    ['[data-x|="foo"]', ['two']],
    ['[data-x^="FOO" i]', ['two']],
    ['[data-x$=baz]', ['two']],
    ["[data-x*='-']", ['two']],
    ['[data-x=foo]', []],
    ['[type=checkbox]', ['box']],
    ['li:not(.a, #two)', ['three', 'four']],
    [':is(#one, p)', ['one', 'empty']],
    [':where(ul) > .a', ['one']],
    ['ul:has(> .a) > #four', ['four']],
    [':checked', ['box']],
    ['input:disabled', ['off']],
    ['input:enabled', ['box']],
    ['p:empty', ['empty']],
    ['li:hover', ['three']],
    ['ul:hover > .a', ['one']],
    ['li:focus', ['three']],
    ['ul:focus-within > .a', ['one']],
    [':target', ['four']],
    [':link', ['link']],
    ['li:active', []],
    ['li:not(:active).a', ['one']],
    ['#\\74wo', ['two']],
    ['li:hover, p', ['three', 'empty']],
  ])('%s', (selector, expected) => {
    expect(matched(selector)).toEqual(expected);
  });

  it.each(['li:unknown', 'li:not(:unknown)', 'li::before', '', '..a', 'li >', '[x', 'li, :unknown'])('does not compile %j', (selector) => {
    expect(parseSelector(selector)).toBeNull();
  });

  it('leaves what it does not know out of a forgiving list', () => {
    expect(matched(':is(:unknown, .a)')).toEqual(['one']);
  });
});
