import type { DomElement, StyleRule } from '@backlot/protocol';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { accessibleElements, ariaSnapshot, computeStyles, pointableTree, renderAria } from '../../src/index.ts';
import { el } from '../aria/dom.ts';

const selectors = [
  '.a .b',
  '.a > .b',
  'div + div',
  '.b ~ .c',
  'div:first-child',
  'div:nth-child(2)',
  'div:last-child',
  '.a:has(.c)',
  '.c:has(input:checked) a',
  'a:focus',
  '.a:focus-within .b',
  'div:hover > a',
  'input:checked + label',
  'div:empty',
  'select:has(option:checked) + div',
  '#one .c',
];
const rules = fc
  .array(fc.record({ selector: fc.constantFrom(...selectors), how: fc.constantFrom('none', 'before', 'hidden') }), { maxLength: 5 })
  .map((all) =>
    all.map(({ selector, how }): StyleRule => {
      if (how === 'none') return { selector, specificity: 0, display: 'none' };
      if (how === 'hidden') return { selector, specificity: 0, visibility: 'hidden' };
      return { selector, specificity: 0, pseudo: 'before', content: '"*"' };
    }),
  );

const names = fc.constantFrom('one', 'two', 'three');
const classes = fc.constantFrom('a', 'b', 'c', 'a c', '');
const piece = fc.oneof(
  fc.tuple(classes).map(
    ([name]) =>
      (key: string) =>
        el('a', { key, class: name, href: '/x' }, `link ${key}`),
  ),
  fc.tuple(names, fc.boolean()).map(
    ([id, isOn]) =>
      (key: string) =>
        el('input', { key, id, type: 'checkbox', ...(isOn ? { checked: '' } : {}) }),
  ),
  names.map((id) => (key: string) => el('label', { key, for: id }, `label ${key}`)),
  names.map((id) => (key: string) => el('div', { key, id }, el('a', { key: `${key}1`, href: '/y' }, 'inner'))),
  names.map((id) => (key: string) => el('section', { key, 'aria-labelledby': id }, el('p', { key: `${key}1` }, 'text'))),
  names.map((id) => (key: string) => el('div', { key, role: 'group', 'aria-owns': id }, 'owner')),
  classes.map((name) => (key: string) => el('select', { key, class: name }, el('option', { key: `${key}1`, value: '1' }, 'one'))),
  classes.map((name) => (key: string) => el('header', { key, class: name }, el('span', { key: `${key}1`, class: 'b' }, 'head'))),
  fc.constant((key: string) => el('tr', { key }, el('th', { key: `${key}1` }, 'cell'))),
  fc.constant((key: string) => el('summary', { key }, 'summary')),
  classes.map((name) => (key: string) => el('div', { key, class: name })),
);
const pool = fc.array(piece, { minLength: 4, maxLength: 9 }).map((all) => all.map((make, i) => make(`k${i}`)));
const holder = fc.record({
  tag: fc.constantFrom('div', 'section', 'label', 'details', 'fieldset', 'table', 'article'),
  attrs: fc.constantFrom({}, { class: 'a' }, { class: 'c' }, { disabled: '' }, { open: '' }, { 'aria-hidden': 'true' }, { id: 'one' }),
});
const plan = fc.record({
  order: fc.array(fc.nat(), { minLength: 9, maxLength: 9 }),
  holders: fc.array(holder, { minLength: 1, maxLength: 4 }),
  hover: fc.option(fc.nat(8)),
  focus: fc.option(fc.nat(8)),
});

/** A page that holds some of the elements, each at most once. */
function pageOf(
  elements: readonly DomElement[],
  { order, holders }: { order: readonly number[]; holders: readonly { tag: string; attrs: object }[] },
) {
  const parts: DomElement[][] = holders.map(() => []);
  elements.forEach((element, i) => {
    const place = (order[i] ?? 0) % (holders.length + 1);
    if (place < holders.length) parts[place]?.[(order[i] ?? 0) % 2 === 0 ? 'push' : 'unshift'](element);
  });
  const body = holders.map(({ tag, attrs }, i) => el(tag, { key: `h${i}`, ...attrs }, ...(parts[i] ?? [])));
  return el('html', { key: 'root' }, el('body', { key: 'body' }, ...body));
}

/** The same page as nobody painted it: of such pages nothing is shared. */
const unshared = ({ key: _key, ...root }: DomElement): DomElement => root;

describe('pages that have elements in common', () => {
  it('look and sound as each would alone', () => {
    fc.assert(
      fc.property(pool, rules, fc.array(plan, { minLength: 2, maxLength: 6 }), (elements, styles, plans) => {
        for (const { hover, focus, ...page } of plans) {
          const root = pageOf(elements, page);
          const interaction = { hover: hover === null ? null : `k${hover}`, focus: focus === null ? null : `k${focus}` };
          const alone = unshared(root);
          expect(ariaSnapshot(root, styles, interaction)).toBe(ariaSnapshot(alone, styles, interaction));
          expect(renderAria(pointableTree(root, styles, interaction))).toBe(renderAria(pointableTree(alone, styles, interaction)));
          const heard = (of: DomElement) =>
            accessibleElements(of, styles, interaction).map(({ role, name, hidden, element }) => [role, name, hidden, element.tag]);
          expect(heard(root)).toEqual(heard(alone));
        }
      }),
      { numRuns: 1500, seed: 6 },
    );
  });

  it('share the styled element where nothing around it differs that counts', () => {
    const styles: StyleRule[] = [{ selector: '.a .b', specificity: 0, display: 'none' }];
    const shared = el('p', { key: 'p', class: 'b' }, 'text');
    const pageWith = (name: string, more: string) =>
      el('html', { key: 'root' }, el('body', { key: 'body' }, el('div', { key: 'd', class: name }, shared), el('p', { key: 'q' }, more)));
    const styled = (root: DomElement) => computeStyles(root, styles).of(shared);
    const first = styled(pageWith('c', 'one'));
    expect(styled(pageWith('c', 'two'))).toBe(first);
    expect(styled(pageWith('a', 'two'))).not.toBe(first);
    expect(styled(pageWith('a', 'two'))?.display).toBe('none');
  });
});
