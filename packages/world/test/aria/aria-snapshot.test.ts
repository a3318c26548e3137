import type { StyleRule } from '@backlot/protocol';
import { describe, expect, it } from 'vitest';
import { ariaSnapshot, ariaTree, pointableTree, renderAria } from '../../src/aria/index.ts';
import { el, lines, page } from './dom.ts';

const rule = (selector: string, rest: Omit<StyleRule, 'selector' | 'specificity'>): StyleRule => ({ selector, specificity: 0, ...rest });

describe('the structure of a snapshot', () => {
  it('names headings by their content and tells the level', () => {
    expect(ariaSnapshot(page(el('h2', {}, 'Two ', el('b', {}, 'words'))), [])).toBe('- heading "Two words" [level=2]');
  });

  it('leaves out elements without a role and merges their texts', () => {
    expect(ariaSnapshot(page(el('div', {}, 'a', el('span', {}, 'b')), el('div', {}, 'c')), [])).toBe('- text: ab c');
  });

  it('tells the address of a link below its name', () => {
    expect(ariaSnapshot(page(el('a', { href: '/x' }, 'Go'), el('a', {}, 'anchor')), [])).toBe(
      lines('- link "Go":', '  - /url: /x', '- text: anchor'),
    );
  });

  it('cuts the data off a data address', () => {
    expect(ariaSnapshot(page(el('a', { href: 'data:text/plain,abc' }, 'D')), [])).toBe(lines('- link "D":', '  - /url: data:text/plain,…'));
  });

  it('writes a lone text behind its node', () => {
    expect(ariaSnapshot(page(el('p', {}, 'one'), el('ul', {}, el('li', {}, 'two'))), [])).toBe(
      lines('- paragraph: one', '- list:', '  - listitem: two'),
    );
  });

  it('nests owned elements where they are owned', () => {
    const root = page(el('ul', { 'aria-owns': 'late' }, el('li', {}, 'a')), el('div', { id: 'late', role: 'listitem' }, 'b'));
    expect(ariaSnapshot(root, [])).toBe(lines('- list:', '  - listitem: a', '  - listitem: b'));
  });

  it('prints nothing for an empty body', () => {
    expect(ariaSnapshot(page(), [])).toBe('');
  });

  it('reads nothing inside of a frame', () => {
    expect(ariaSnapshot(page(el('iframe', {}, el('html', {}, el('body', {}, el('p', {}, 'in'))))), [])).toBe('- iframe');
  });
});

describe('form controls in a snapshot', () => {
  it('tells value and placeholder of a text field', () => {
    expect(ariaSnapshot(page(el('label', {}, 'Name', el('input', { value: 'v', placeholder: 'p' }))), [])).toBe(
      lines('- text: Name', '- textbox "Name":', '  - /placeholder: p', '  - text: v'),
    );
  });

  it('names a field by its placeholder where nothing else does', () => {
    expect(ariaSnapshot(page(el('input', { placeholder: 'Find' }), el('textarea', {}, 'text')), [])).toBe(
      lines('- textbox "Find"', '- textbox: text'),
    );
  });

  it('tells which boxes are on', () => {
    const root = page(
      el('input', { type: 'checkbox', checked: '' }),
      el('input', { type: 'radio' }),
      el('div', { role: 'checkbox', 'aria-checked': 'mixed' }),
    );
    expect(ariaSnapshot(root, [])).toBe(lines('- checkbox [checked]', '- radio', '- checkbox [checked=mixed]'));
  });

  it('shows the first enabled option of a drop-down as chosen', () => {
    const root = page(el('select', {}, el('option', { disabled: '' }, 'a'), el('option', {}, 'b')));
    expect(ariaSnapshot(root, [])).toBe(lines('- combobox:', '  - option "a" [disabled]', '  - option "b" [selected]'));
  });

  it('takes the live choice of a select from the select where no option is marked', () => {
    const root = page(el('select', { value: 'y' }, el('option', { value: 'x' }, 'X'), el('option', { value: 'y' }, 'Y')));
    expect(ariaSnapshot(root, [])).toBe(lines('- combobox:', '  - option "X"', '  - option "Y" [selected]'));
  });

  it('switches fields off by their field set, but not those in its legend', () => {
    const root = page(el('fieldset', { disabled: '' }, el('legend', {}, el('button', {}, 'on')), el('button', {}, 'off')));
    expect(ariaSnapshot(root, [])).toBe(lines('- group "on":', '  - button "on"', '  - button "off" [disabled]'));
  });

  it('tells pressed, expanded and invalid', () => {
    const root = page(
      el('button', { 'aria-pressed': 'true', 'aria-expanded': 'true' }, 'b'),
      el('input', { 'aria-invalid': 'true', 'aria-label': 'i' }),
    );
    expect(ariaSnapshot(root, [])).toBe(lines('- button "b" [expanded] [pressed]', '- textbox "i" [invalid]'));
  });
});

describe('names', () => {
  it('prefers aria-labelledby to aria-label to content', () => {
    const root = page(
      el('span', { id: 's' }, 'by id'),
      el('button', { 'aria-labelledby': 's', 'aria-label': 'l' }, 'c'),
      el('button', { 'aria-label': 'l' }, 'c'),
    );
    expect(ariaSnapshot(root, [])).toBe(lines('- text: by id', '- button "by id": c', '- button "l": c'));
  });

  it('takes hidden text in where a hidden element is referred to', () => {
    expect(
      ariaSnapshot(page(el('b', { id: 'h', hidden: '' }, 'hid', el('i', {}, 'den')), el('button', { 'aria-labelledby': 'h' })), []),
    ).toBe('- button "hidden"');
  });

  it('sets blocks apart by spaces, inline boxes not', () => {
    const root = page(el('button', {}, el('span', {}, 'a'), el('span', {}, 'b'), el('div', {}, 'c'), 'd'));
    expect(ariaSnapshot(root, [])).toBe('- button "ab c d"');
  });

  it('names an image by alt, an svg by its title, a table by its caption', () => {
    const root = page(el('img', { alt: 'A' }), el('svg', {}, el('title', {}, 'T')), el('table', {}, el('caption', {}, 'C')));
    expect(ariaSnapshot(root, [])).toBe(lines('- img "A"', '- img "T"', '- table "C":', '  - caption: C'));
  });

  it('does not print names beyond 900 characters', () => {
    expect(ariaSnapshot(page(el('button', { 'aria-label': 'x'.repeat(901) })), [])).toBe('- button');
  });
});

describe('what CSS decides of a snapshot', () => {
  it('leaves out what is not displayed, not visible or hidden by ARIA', () => {
    const root = page(
      el('p', { class: 'a' }, '1'),
      el('p', { style: 'visibility: hidden' }, '2'),
      el('p', { 'aria-hidden': 'true' }, '3'),
      el('p', {}, '4'),
    );
    expect(ariaSnapshot(root, [rule('.a', { display: 'none' })])).toBe('- paragraph: "4"');
  });

  it('adds generated content to text and names', () => {
    const rules = [rule('a', { pseudo: 'before', content: '"\\2192  "' }), rule('a', { pseudo: 'after', content: 'attr(data-n)' })];
    expect(ariaSnapshot(page(el('a', { href: '#', 'data-n': '7' }, 'Go')), rules)).toBe(lines('- link "→ Go7":', '  - /url: "#"'));
  });

  it('shows on hover what the rules show on hover', () => {
    const root = page(el('div', { key: 'd' }, el('button', { key: 'b' }, 'X')));
    const rules = [rule('button', { display: 'none' }), rule('div:hover button', { display: 'block' })];
    expect(ariaSnapshot(root, rules)).toBe('');
    expect(ariaSnapshot(root, rules, { hover: 'd' })).toBe('- button "X"');
    expect(ariaSnapshot(root, rules, { hover: 'b' })).toBe('- button "X"');
  });

  it('keeps texts of flex items apart', () => {
    const root = page(el('div', { class: 'f' }, el('span', {}, 'a'), el('span', {}, 'b')));
    expect(ariaSnapshot(root, [])).toBe('- text: ab');
    expect(ariaSnapshot(root, [rule('.f', { display: 'flex' })])).toBe('- text: a b');
  });

  it('shows of closed details the summary only', () => {
    const details = (attrs: Record<string, string>) => page(el('details', attrs, el('summary', {}, 'S'), 'text', el('p', {}, 'p')));
    expect(ariaSnapshot(details({}), [])).toBe('- group: S');
    expect(ariaSnapshot(details({ open: '' }), [])).toBe(lines('- group:', '  - text: S text', '  - paragraph: p'));
  });
});

describe('quoting', () => {
  it.each([
    ['a: b', '- paragraph: "a: b"'],
    ['true', '- paragraph: "true"'],
    ['12', '- paragraph: "12"'],
    ['- x', '- paragraph: "- x"'],
    ['say "x"', '- paragraph: say "x"'],
    ['"x"', '- paragraph: "\\"x\\""'],
    ['a #b', '- paragraph: "a #b"'],
    ['{x}', '- paragraph: "{x}"'],
  ])('writes the text %s as YAML reads it back', (text, expected) => {
    expect(ariaSnapshot(page(el('p', {}, text)), [])).toBe(expected);
  });

  it('puts a key in single quotes where its name needs it', () => {
    expect(ariaSnapshot(page(el('button', {}, "it's: x")), [])).toBe(`- 'button "it''s: x"'`);
  });
});

describe('the tree behind a snapshot', () => {
  it('carries the element, its value and where the focus is', () => {
    const field = el('input', { key: 'k', value: 'v' });
    expect(ariaTree(page(field), [], { focus: 'k' })).toEqual([
      { role: 'textbox', name: '', element: field, children: ['v'], value: 'v', active: true },
    ]);
  });
});

describe('a tree to point at', () => {
  it('makes a node of each text that has no role', () => {
    const root = page(el('div', {}, 'a', el('span', {}, 'b')), el('label', {}, 'Name', el('input', {})));
    expect(renderAria(pointableTree(root, []))).toBe(
      lines('- generic:', '  - text: a', '  - generic: b', '- generic:', '  - text: Name', '  - textbox "Name"'),
    );
  });

  it('does not repeat what the node around says', () => {
    expect(renderAria(pointableTree(page(el('button', {}, el('span', {}, 'Save'))), []))).toBe('- button "Save"');
  });

  it('carries marks behind the states', () => {
    const root = page(el('input', { type: 'checkbox', checked: '', key: 'k1' }), el('p', { key: 'k2' }, 'two'));
    expect(renderAria(pointableTree(root, []), ({ element }) => ` [ref=${element.key}]`)).toBe(
      lines('- checkbox [checked] [ref=k1]', '- paragraph [ref=k2]: two'),
    );
  });
});
