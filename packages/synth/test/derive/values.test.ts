import { describe, expect, it } from 'vitest';
import { generalises, learn } from './cases.ts';

describe('derive, for numbers', () => {
  it('reads numbers in texts', () => {
    generalises(
      [
        ['12', 12],
        ['7', 7],
      ],
      [['3.5', 3.5]],
    );
    generalises(
      [
        ['$1,234.50', 1234.5],
        ['$7.00', 7],
      ],
      [['$12,000', 12000]],
    );
    generalises(
      [
        ['about 7 days', 7],
        ['about 30 days', 30],
      ],
      [['about 2 days', 2]],
    );
  });

  it('adds, takes away and multiplies by a constant', () => {
    generalises(
      [
        [1, 4],
        [5, 8],
        [9, 12],
      ],
      [[20, 23]],
    );
    generalises(
      [
        [11, 4],
        [5, -2],
        [9, 2],
      ],
      [[20, 13]],
    );
    generalises(
      [
        [1, 3],
        [5, 15],
        [9, 27],
      ],
      [[20, 60]],
    );
    generalises(
      [
        [1, 5],
        [5, 13],
        [9, 21],
      ],
      [[20, 43]],
    );
  });

  it('combines two inputs', () => {
    generalises(
      [
        [2, 3, 5],
        [4, 4, 8],
        [7, 1, 8],
      ],
      [[1, 1, 2]],
    );
    generalises(
      [
        [2, 3, -1],
        [4, 4, 0],
        [7, 1, 6],
      ],
      [[1, 1, 0]],
    );
    generalises(
      [
        [2, 3, 6],
        [4, 4, 16],
        [7, 1, 7],
      ],
      [[5, 3, 15]],
    );
    generalises(
      [
        [6, 3, 2],
        [4, 4, 1],
        [7, 2, 3.5],
      ],
      [[9, 3, 3]],
    );
    generalises(
      [
        [6, 3, 3],
        [4, 5, 4],
        [7, 2, 2],
      ],
      [[9, 1, 1]],
    );
    generalises(
      [
        [6, 3, 6],
        [4, 5, 5],
        [7, 2, 7],
      ],
      [[9, 1, 9]],
    );
    generalises(
      [
        [6, 3, 1, 10],
        [4, 5, 2, 11],
        [7, 4, 3, 14],
      ],
      [[9, 1, 1, 11]],
    );
  });

  it('finds a rate and rounds as the examples do', () => {
    generalises(
      [
        [19.99, 1.6],
        [5, 0.4],
        [123.45, 9.88],
        [10, 0.8],
      ],
      [[200, 16]],
    );
    generalises(
      [
        [1, 3, 33],
        [2, 3, 67],
        [1, 2, 50],
      ],
      [[1, 4, 25]],
    );
    generalises(
      [
        [0.1, 0.2, 0.3],
        [0.7, 0.1, 0.8],
        [1, 2.5, 3.5],
      ],
      [[0.3, 0.6, 0.9]],
    );
  });

  it('counts items and words', () => {
    generalises(
      [
        [['a', 'b'], 2],
        [[], 0],
        [['c'], 1],
      ],
      [[['x', 'y', 'z'], 3]],
    );
    generalises(
      [
        ['a b', 2],
        ['one', 1],
        ['x y z', 3],
      ],
      [['p q r s', 4]],
    );
    generalises(
      [
        ['a, bb', 2],
        ['one two', 1],
        ['x y,z z,q', 3],
      ],
      [['p,q r,s,t', 4]],
    );
  });
});

describe('derive, for lists', () => {
  it('makes a list of a text', () => {
    generalises(
      [
        ['a b c', ['a', 'b', 'c']],
        ['dd', ['dd']],
      ],
      [['x  y', ['x', 'y']]],
    );
    generalises(
      [
        ['B, a, ', ['a', 'b']],
        ['Q,q', ['q']],
        ['z,y', ['y', 'z']],
      ],
      [['N, M', ['m', 'n']]],
    );
    generalises(
      [
        ['a, b c', ['a', 'b', 'c']],
        ['d,e', ['d', 'e']],
      ],
      [['x y', ['x', 'y']]],
    );
  });

  it('writes a list as text, with a separator between items or after each', () => {
    generalises(
      [
        [['a', 'b', 'c'], 'a b c'],
        [['dd'], 'dd'],
      ],
      [[['x', 'y'], 'x y']],
    );
    generalises(
      [
        [['a', 'b', 'c'], 'a; b; c; '],
        [['dd', 'e'], 'dd; e; '],
      ],
      [
        [['x', 'y'], 'x; y; '],
        [[], ''],
      ],
    );
    generalises(
      [
        ['c, a,b', 'a b c'],
        ['z,y', 'y z'],
      ],
      [['n, m', 'm n']],
    );
    generalises(
      [
        [['a', 'b'], 'Tags: a, b.'],
        [['c', 'd', 'e'], 'Tags: c, d, e.'],
      ],
      [[['x'], 'Tags: x.']],
    );
  });

  it('sorts and drops what stands twice', () => {
    generalises(
      [
        [
          ['b', 'a', 'b'],
          ['a', 'b'],
        ],
        [
          ['d', 'c'],
          ['c', 'd'],
        ],
      ],
      [
        [
          ['z', 'y', 'z'],
          ['y', 'z'],
        ],
      ],
    );
  });
});

describe('derive, for conditions', () => {
  it('tells blank from not', () => {
    generalises(
      [
        ['', true],
        ['a', false],
        [' ', true],
        ['b', false],
      ],
      [['c', false]],
    );
    generalises(
      [
        ['', false],
        ['a', true],
        [' ', false],
        ['b', true],
      ],
      [['c', true]],
    );
  });

  it('turns a switch around', () => {
    generalises(
      [
        [true, false],
        [false, true],
      ],
      [],
    );
  });

  it('compares with a constant, with another input and with a limit', () => {
    generalises(
      [
        ['open', true],
        ['shut', false],
        ['open', true],
        ['lost', false],
      ],
      [['gone', false]],
    );
    generalises(
      [
        ['a', 'a', true],
        ['b', 'a', false],
        ['c', 'c', true],
        ['c', 'd', false],
      ],
      [
        ['q', 'q', true],
        ['r', 'q', false],
      ],
    );
    generalises(
      [
        ['a', ['a', 'b'], true],
        ['b', ['a'], false],
        ['c', ['c'], true],
        ['c', ['d'], false],
      ],
      [['q', ['r', 'q'], true]],
    );
    generalises(
      [
        ['hello', 'ell', true],
        ['b', 'a', false],
        ['cat', 'at', true],
        ['c', 'd', false],
      ],
      [['xyz', 'yz', true]],
    );
    expect(
      learn([
        [3, false],
        [48, true],
        [96, true],
        [7, false],
      ])?.expr,
    ).toEqual({ fn: 'gt', args: [{ reg: 'a' }, { lit: 10 }] });
    generalises(
      [
        [1, 2, true],
        [2, 1, false],
        [5, 9, true],
        [3, 3, false],
      ],
      [
        [7, 8, true],
        [8, 8, false],
      ],
    );
  });

  it('sees a word that one side has', () => {
    generalises(
      [
        ['urgent: a', true],
        ['b', false],
        ['c urgent', true],
        ['d', false],
      ],
      [
        ['so urgent', true],
        ['e', false],
      ],
    );
  });
});
