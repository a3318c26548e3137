import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Token } from '../../src/template/align.ts';
import { alignTokens, tokenize } from '../../src/template/align.ts';
import { el } from '../fixtures/dom.ts';

const noRecords = { kindOf: () => null, grouped: false };
const named = (id: string): Token => ({ kind: 'element', nodes: [el('p', { id })], label: 'p' });
const idOf = (token: Token | undefined): string => {
  const node = token?.nodes[0];
  return node && 'tag' in node ? (node.attrs['id'] ?? '') : '';
};
const align = (...sequences: readonly (readonly Token[])[]) => alignTokens(new Map(sequences.map((tokens, i) => [i, tokens])));

describe('tokenize', () => {
  it('takes neighbouring records, with the texts between them, as one run', () => {
    const parent = el('p', {}, 'Tags: ', el('a', {}, 'x'), ', ', el('a', {}, 'y'), '.', el('hr'));
    const tokens = tokenize(parent, { kindOf: ({ tag }) => (tag === 'a' ? 'a' : null), grouped: false });
    expect(tokens.map(({ kind, nodes }) => [kind, nodes.length])).toEqual([
      ['text', 1],
      ['run', 3],
      ['text', 1],
      ['element', 1],
    ]);
  });

  it('packs siblings that take turns into one record each', () => {
    const parent = el('dl', {}, el('dt', {}, 'a'), el('dd', {}, '1'), el('dt', {}, 'b'), el('dd', {}, '2'), el('dd', {}, '3'));
    const [run] = tokenize(parent, { kindOf: ({ tag }) => tag, grouped: true });
    expect(run?.nodes.map((node) => ('tag' in node ? node.children.length : 0))).toEqual([2, 2, 1]);
  });
});

describe('alignTokens', () => {
  it('gives a part that is only sometimes there a column of its own', () => {
    const columns = align([named('a'), named('b'), named('c')], [named('a'), named('c')]);
    expect(columns.map((column) => [...column.tokens.keys()])).toEqual([[0, 1], [0], [0, 1]]);
  });

  it('puts a new part in its place between the columns known so far', () => {
    const columns = align([named('a'), named('b'), named('d')], [named('b'), named('c'), named('d')]);
    expect(columns.map((column) => idOf(column.samples[0]))).toEqual(['a', 'b', 'c', 'd']);
  });

  it('keeps elements of different names apart though they look alike', () => {
    const field = (name: string): Token => ({ kind: 'element', nodes: [el('input', { name })], label: 'input:text' });
    expect(align([field('user')], [field('word')])).toHaveLength(2);
  });

  const part = (heading: string, ...rest: readonly string[]): Token => ({
    kind: 'element',
    nodes: [el('div', {}, el('h3', {}, heading), ...rest.map((text) => el('p', {}, text)))],
    label: 'div',
  });

  it('keeps parts apart whose headings stand side by side elsewhere, numbers aside', () => {
    const columns = align([part('Notes', 'a'), part('Comments (2)', 'b', 'c')], [part('Comments', 'd')], [part('Notes', 'e')]);
    expect(columns.map((column) => [...column.tokens.keys()])).toEqual([
      [0, 2],
      [0, 1],
    ]);
  });

  it('takes parts with other headings as one where none of these stand side by side', () => {
    expect(align([part('Rain', 'a')], [part('Snow', 'b')]).map((column) => column.tokens.size)).toEqual([2]);
  });

  const cell = (text: string | null, span = '1'): Token => ({
    kind: 'element',
    nodes: [el('td', { colspan: span }, text === null ? el('i') : el('b.big', {}, text))],
    label: 'td',
  });

  it('puts the cells of rows that have as many into columns by their place, whatever is in them', () => {
    const columns = align([cell('a'), cell(null)], [cell(null), cell('b')]);
    expect(columns.map((column) => column.tokens.size)).toEqual([2, 2]);
  });

  it('aligns texts though they say different things', () => {
    const columns = align(tokenize(el('p', {}, 'one'), noRecords), tokenize(el('p', {}, 'two'), noRecords));
    expect(columns.map((column) => column.tokens.size)).toEqual([2]);
  });

  it('shows each of many parts of one sequence of distinct elements in order', () => {
    const names = [...'abcdefghijkl'].map((letter) => `part-${letter}`);
    const parts = fc.array(fc.subarray(names, { minLength: 1 }), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(parts, (subsets) => {
        const columns = align(...subsets.map((ids) => ids.map(named)));
        for (const [i, ids] of subsets.entries()) {
          expect(columns.flatMap((column) => (column.tokens.has(i) ? [idOf(column.tokens.get(i))] : []))).toEqual(ids);
        }
      }),
    );
  });

  it('never puts two parts of one sequence into one column', () => {
    const names = [...'abcdef'].map((letter) => `part-${letter}`);
    const parts = fc.array(fc.shuffledSubarray(names, { minLength: 1 }), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(parts, (sequences) => {
        const columns = align(...sequences.map((ids) => ids.map(named)));
        const placed = columns.reduce((sum, column) => sum + column.tokens.size, 0);
        expect(placed).toBe(sequences.flat().length);
      }),
    );
  });
});
