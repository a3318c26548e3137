import { describe, expect, it } from 'vitest';
import { matchBlocks, type Block } from '../../src/looks/blocks.ts';

const page = { width: 1000, height: 500 };
const block = (text: string, y = 10, colour: Block['colour'] = [0, 0, 0]): Block => ({ text, x: 10, y, width: 100, height: 20, colour });

describe('matchBlocks', () => {
  it('gives everything to pages with the same texts at the same places', () => {
    const { scores, different } = matchBlocks([block('Milk'), block('Bread', 40)], [block('Milk'), block('Bread', 40)], page);
    expect(scores).toEqual({ blocks: 1, text: 1, position: 1, colour: 1 });
    expect(different).toEqual({ real: [], clone: [] });
  });

  it('takes off the area of texts that only one page has', () => {
    const { scores, different } = matchBlocks([block('Milk'), block('Bread', 40)], [block('Milk')], page);
    expect(scores.blocks).toBeCloseTo(2 / 3);
    expect(different).toEqual({ real: [block('Bread', 40)], clone: [] });
  });

  it('takes off what a text is moved by, as a share of the page, and what its colour is off', () => {
    const { scores } = matchBlocks([block('Milk')], [block('Milk', 60, [255, 255, 255])], page);
    expect(scores.position).toBeCloseTo(0.9);
    expect(scores.colour).toBeCloseTo(0);
  });

  it('matches the nearest of equal texts', () => {
    const { scores } = matchBlocks([block('Edit', 10), block('Edit', 100)], [block('Edit', 100), block('Edit', 10)], page);
    expect(scores.position).toBe(1);
  });

  it('counts the characters that two spellings of a text have in common', () => {
    const { scores } = matchBlocks([block('11 links')], [block('12 links')], page);
    expect(scores.text).toBeGreaterThan(0.5);
    expect(scores.text).toBeLessThan(1);
    expect(scores.blocks).toBe(1);
  });

  it('does not show what is only pushed down as different while something else is', () => {
    const { different } = matchBlocks([block('New', 10), block('Milk', 40)], [block('Milk', 10)], page);
    expect(different).toEqual({ real: [block('New', 10)], clone: [] });
  });

  it('shows what is moved where nothing else is different', () => {
    const { different } = matchBlocks([block('Milk', 40)], [block('Milk', 10)], page);
    expect(different).toEqual({ real: [block('Milk', 40)], clone: [block('Milk', 10)] });
  });

  it('holds two empty pages for alike', () => {
    expect(matchBlocks([], [], page).scores).toEqual({ blocks: 1, text: 1, position: 1, colour: 1 });
  });
});
