import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { staysInPlace } from '../../src/browser/stable-order.ts';

const kept = (places: readonly number[]) => places.filter((_place, i) => staysInPlace(places)[i]);

describe('staysInPlace', () => {
  it.each<[readonly number[], readonly number[]]>([
    [[], []],
    [
      [0, 1, 2],
      [0, 1, 2],
    ],
    [
      [1, 2, 0],
      [1, 2],
    ],
    [
      [2, 0, 1],
      [0, 1],
    ],
    [
      [-1, 0, -1, 2],
      [0, 2],
    ],
    [[3, 2, 1, 0], [0]],
  ])('of %j leaves %j', (places, left) => {
    expect(kept(places)).toEqual(left);
  });

  it('leaves places that rise, and no longer rising choice exists', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray([0, 1, 2, 3, 4, 5, 6]), (places) => {
        const left = kept(places);
        expect(left.every((place, i) => i === 0 || place > (left[i - 1] as number))).toBe(true);
        let longest = 0;
        for (let mask = 0; mask < 1 << places.length; mask++) {
          const choice = places.filter((_place, i) => mask & (1 << i));
          if (choice.every((place, i) => i === 0 || place > (choice[i - 1] as number))) longest = Math.max(longest, choice.length);
        }
        expect(left).toHaveLength(longest);
      }),
    );
  });
});
