import { describe, expect, it } from 'vitest';
import { readInstruction } from '../../src/learner/instruction.ts';
import { viewPage } from '../../src/learner/page-view.ts';
import { scopesOf } from '../../src/learner/scope.ts';

const spans = readInstruction('Delete “Tea”.').spans;
const scopesIn = (aria: string, nth: number) => {
  const view = viewPage({ aria, url: '/', title: '', dialog: null, clock: 0 }, spans);
  const node = view.nodes.findIndex((each) => each.role === 'button' && each.nth === nth);
  return scopesOf(view, node, 0);
};

describe('scopesOf', () => {
  it('tells the element that shares an item with the mention from its copies', () => {
    const item = (text: string) => `  - listitem:\n    - text: ${text}\n    - button "Delete"\n`;
    const list = `- list:\n${item('Milk')}${item('Tea')}${item('Rice')}`;
    expect(scopesIn(list, 1)).toMatchObject([{ isInside: true, isNext: true, isPrevious: false }]);
    expect(scopesIn(list, 0)).toMatchObject([{ isInside: false, isPrevious: true }]);
    expect(scopesIn(list, 2)).toMatchObject([{ isInside: false, isNext: false }]);
  });

  it('tells by order and headings where records lie flat', () => {
    const flat = ['Milk', 'Tea', 'Rice'].map((text) => `- heading "${text}"\n- button "Delete"\n`).join('');
    expect(scopesIn(flat, 1)).toMatchObject([{ isNext: true, isUnderHeading: true, isInside: false }]);
    expect(scopesIn(flat, 2)).toMatchObject([{ isNext: false, isUnderHeading: false }]);
  });

  it('says nothing of an element without copies', () => {
    expect(scopesIn('- text: Tea\n- button "Delete"', 0)).toEqual([]);
  });
});
