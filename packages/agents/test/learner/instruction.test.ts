import { describe, expect, it } from 'vitest';
import { areAkin, readInstruction } from '../../src/learner/instruction.ts';

describe('readInstruction', () => {
  it('finds what stands in quotes, with the words around it', () => {
    const { spans, words, template } = readInstruction('Add a note titled “Green tea” with "red, hot" tags.');
    expect(spans.map(({ text, before, after }) => [text, before, after])).toEqual([
      ['Green tea', ['a', 'note', 'titled'], 'with'],
      ['red, hot', ['with'], 'tags'],
    ]);
    expect(words).toEqual(['add', 'a', 'note', 'titled', 'with', 'tags']);
    expect(template).toBe('add a note titled _ with _ tags');
  });

  it('finds numbers and addresses', () => {
    expect(readInstruction('Set 12 as the limit of https://example.org/a?b=1, not v2.').spans.map(({ text }) => text)).toEqual([
      '12',
      'https://example.org/a?b=1',
    ]);
  });

  it('reads an instruction without any', () => {
    expect(readInstruction('Log out.')).toEqual({ spans: [], words: ['log', 'out'], template: 'log out' });
  });
});

describe('areAkin', () => {
  it('takes forms of a word for one, and short words only as they are', () => {
    expect(areAkin('titled', 'title')).toBe(true);
    expect(areAkin('tag', 'tags')).toBe(true);
    expect(areAkin('to', 'top')).toBe(false);
  });
});
