import { PNG } from 'pngjs';
import { describe, expect, it } from 'vitest';
import { structuralSimilarity } from '../../src/looks/structural-similarity.ts';

/** A picture with a dark square at a place. */
function picture(at: number, height = 64): Uint8Array {
  const png = new PNG({ width: 64, height });
  png.data.fill(255);
  for (let y = at; y < at + 16; y++) for (let x = at; x < at + 16; x++) png.data.set([0, 0, 0], 4 * (y * 64 + x));
  return PNG.sync.write(png);
}

describe('structuralSimilarity', () => {
  it('is 1 for the same picture', () => {
    expect(structuralSimilarity(picture(8), picture(8))).toBe(1);
  });

  it('falls with the distance of what is moved', () => {
    const [near, far] = [structuralSimilarity(picture(8), picture(10)), structuralSimilarity(picture(8), picture(40))];
    expect(near).toBeLessThan(1);
    expect(far).toBeLessThan(near);
  });

  it('counts what only the longer picture has', () => {
    expect(structuralSimilarity(picture(8), picture(8, 128))).toBe(1);
    expect(structuralSimilarity(picture(8), picture(100, 128))).toBeLessThan(1);
  });
});
