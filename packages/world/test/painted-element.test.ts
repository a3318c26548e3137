import { describe, expect, it } from 'vitest';
import { PaintedElement, placeOf } from '../src/painted-element.ts';

const painted = (key: string, rowIds: string) =>
  new PaintedElement({ tag: 'li', attrs: {}, children: [], key, svg: false, rowIds }, new Set(['item', 'link']));

describe('mayHold', () => {
  it('looks for an element of a row in that row alone', () => {
    const first = painted('item:r1', ':r1');
    expect(PaintedElement.mayHold(first, placeOf('link:r1'))).toBe(true);
    expect(PaintedElement.mayHold(first, placeOf('link:r1:s4'))).toBe(true);
    expect(PaintedElement.mayHold(first, placeOf('link:r2'))).toBe(false);
    expect(PaintedElement.mayHold(first, placeOf('other:r1'))).toBe(false);
  });

  it('looks for parts of rich text where the element of its template may be', () => {
    expect(PaintedElement.mayHold(painted('item:r1', ':r1'), placeOf('link~2:r1'))).toBe(true);
  });

  it('looks everywhere outside of rows', () => {
    expect(PaintedElement.mayHold(painted('list', ''), placeOf('link:r7'))).toBe(true);
  });
});
