import { describe, expect, it } from 'vitest';
import { accessibleElements, accessiblePage, describeElement } from '../../src/aria/index.ts';
import { el, page } from './dom.ts';

const first = el('button', {}, 'Save');
const concealed = el('button', { hidden: '' }, 'Save');
const second = el('button', {}, 'Save');
const plain = el('div', {}, 'no role');
const secret = el('a', { href: '/s', style: 'display:none' }, 'Secret');
const root = page(first, concealed, second, plain, secret);

describe('describing an element', () => {
  it('counts among the visible elements of the same role and name', () => {
    expect(describeElement(root, [], first)).toEqual({ role: 'button', name: 'Save', nth: 0, hidden: false });
    expect(describeElement(root, [], second)).toEqual({ role: 'button', name: 'Save', nth: 1, hidden: false });
  });

  it('counts a hidden element among all', () => {
    expect(describeElement(root, [], concealed)).toEqual({ role: 'button', name: 'Save', nth: 1, hidden: true });
  });

  it('names a hidden element as if it were visible', () => {
    expect(describeElement(root, [], secret)).toEqual({ role: 'link', name: 'Secret', nth: 0, hidden: true });
  });

  it('gives elements without a role the role generic', () => {
    expect(describeElement(root, [], plain)).toMatchObject({ role: 'generic', name: '', hidden: false });
  });

  it('refuses an element of another tree', () => {
    expect(() => describeElement(root, [], el('p'))).toThrow('The <p> element is not in the given tree');
  });
});

describe('finding a target', () => {
  it('finds every element that it describes', () => {
    for (const element of [first, second, plain, secret])
      expect(accessiblePage(root, []).find(describeElement(root, [], element))).toBe(element);
  });

  it('prefers visible elements and falls back to hidden ones', () => {
    expect(accessiblePage(root, []).find({ role: 'button', name: 'Save', nth: 1 })).toBe(second);
    expect(accessiblePage(root, []).find({ role: 'button', name: 'Save', nth: 2 })).toBe(second);
    expect(accessiblePage(root, []).find({ role: 'link', name: 'Secret', nth: 0 })).toBe(secret);
  });

  it('finds nothing where role, name or count do not fit', () => {
    expect(accessiblePage(root, []).find({ role: 'link', name: 'Save', nth: 0 })).toBeNull();
    expect(accessiblePage(root, []).find({ role: 'button', name: 'save', nth: 0 })).toBeNull();
    expect(accessiblePage(root, []).find({ role: 'button', name: 'Save', nth: 3 })).toBeNull();
  });

  it('collapses the white space of the wanted name', () => {
    expect(accessiblePage(root, []).find({ role: 'button', name: ' Save\n', nth: 0 })).toBe(first);
  });

  it('sees what the pointer reveals', () => {
    const menu = el('button', { key: 'm' }, 'Menu');
    const item = el('a', { href: '/i' }, 'Item');
    const tree = page(menu, item);
    const rules = [
      { selector: 'a', specificity: 1, display: 'none' },
      { selector: 'button:hover + a', specificity: 1002, display: 'inline' },
    ];
    expect(accessiblePage(tree, rules).describe(item).hidden).toBe(true);
    expect(accessiblePage(tree, rules, { hover: 'm' }).describe(item).hidden).toBe(false);
  });
});

describe('listing elements', () => {
  it('gives all elements with a role in document order, hidden ones marked', () => {
    expect(accessibleElements(root, []).map(({ role, name, hidden }) => [role, name, hidden])).toEqual([
      ['document', '', false],
      ['button', 'Save', false],
      ['button', 'Save', true],
      ['button', 'Save', false],
      ['link', 'Secret', true],
    ]);
  });
});
