import { describe, expect, it } from 'vitest';
import { isFixed, isMadeUp } from '../../src/template/fixed-name.ts';

describe('isMadeUp', () => {
  it.each([':r1:', ':R2d:', ':Rab:', '«r4»', '«R4a»', '_r_1_', '_R_2mab_', 'menu-:r5:', 'radix-:r0:'])('is true of %s', (id) => {
    expect(isMadeUp(id)).toBe(true);
  });

  it.each(['total', 'r1', 'item-3', 'a:r', 'your_r_side', ':x1:'])('is false of %s', (id) => {
    expect(isMadeUp(id)).toBe(false);
  });
});

describe('isFixed', () => {
  it('is true of names without numbers that nobody made up', () => {
    expect(['header', 'item-3', ':Rab:', undefined].map(isFixed)).toEqual([true, false, false, false]);
  });
});
