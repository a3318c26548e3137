import { describe, expect, it } from 'vitest';
import { lengthTests } from '../../src/rules/length-tests.ts';
import type { Told } from '../fixtures/occasions.ts';
import { occasion } from '../fixtures/occasions.ts';

const password = { field: 'password' };
/** Tests on what a field holds, from what pages said once it held that. */
const tests = (...told: readonly (readonly [held: string, says: string, of?: Told])[]): readonly unknown[] =>
  lengthTests(
    told.map(([held, says, of]) => occasion({ fields: { password: held }, says, ...of })),
    [password, { arg: 'value' }],
  );
const isShorter = (than: number): unknown => ({ fn: 'lt', args: [{ fn: 'len', args: [password] }, { lit: than }] });

describe('lengthTests', () => {
  it('ask whether a field holds fewer signs than a complaint wants', () => {
    expect(tests(['abc', 'At least 6 signs, please'], ['abcdefgh', ''])).toEqual([isShorter(6)]);
  });

  it('ask nothing that tells no occasions apart', () => {
    expect(tests(['abc', 'At least 6 signs, please'], ['abcde', ''])).toEqual([]);
  });

  it('ask nothing about numbers that are no lengths', () => {
    expect(tests(['abc', 'You have 1 try'], ['', ''])).toEqual([]);
    expect(tests(['abc', 'Room 300'], ['a'.repeat(400), ''])).toEqual([]);
  });

  it('ask nothing about what another page says', () => {
    expect(tests(['abc', 'At least 6 signs, please', { to: '/help' }], ['abcdefgh', ''])).toEqual([]);
  });

  it('ask about four numbers at most, the least first', () => {
    const numbers = [9, 3, 8, 4, 7];
    expect(tests(['ab', numbers.join(' or ')], ['abcdefghijk', ''])).toEqual([3, 4, 7, 8].map(isShorter));
  });
});
