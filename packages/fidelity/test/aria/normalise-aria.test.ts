import { describe, expect, it } from 'vitest';
import { isSamePage, lineDifference, lineF1, normaliseAria } from '../../src/index.ts';

describe('normaliseAria', () => {
  it('leaves out addresses, the focus and the colon of parents', () => {
    expect(normaliseAria('- list:\n  - listitem:\n    - link "Home" [active]:\n      - /url: "#/"')).toEqual([
      '- list',
      '  - listitem',
      '    - link "Home"',
    ]);
  });

  it('masks moments, spans of time and long hexadecimal marks', () => {
    const lines = normaliseAria(
      '- text: March 3, 2024 at 10:15 PM\n- text: 2024-03-03T10:15:00\n- text: about 3 hours ago\n- text: 0123456789abcdef',
    );
    expect(lines).toEqual(['- text: <time>', '- text: <time>', '- text: <time>', '- text: <hex>']);
  });

  it('keeps numbers that are no moments', () => {
    expect(normaliseAria('- text: 12 items, 3 of 14')).toEqual(['- text: 12 items, 3 of 14']);
  });
});

describe('lineF1', () => {
  it('counts lines as often as they stand on both pages', () => {
    expect(lineF1(['- a', '- a', '- b'], ['- a', '- b', '- c'])).toBeCloseTo(2 / 3);
  });

  it('is 1 for two empty pages', () => {
    expect(lineF1([], [])).toBe(1);
  });
});

describe('lineDifference', () => {
  it('tells what is missing and what is too much, as often as it is', () => {
    expect(lineDifference(['- a', '- a', '- b'], ['- a', '- c'])).toEqual({ missing: ['- a', '- b'], extra: ['- c'] });
  });

  it('finds no difference in another order, which is another page all the same', () => {
    expect(lineDifference(['- a', '- b'], ['- b', '- a'])).toEqual({ missing: [], extra: [] });
    expect(isSamePage(['- a', '- b'], ['- b', '- a'])).toBe(false);
  });
});
