import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Action } from '@backlot/protocol';
import { readAction, sayAction } from '../../src/index.ts';

const name = fc.string({ unit: 'grapheme', maxLength: 20 });
const target = fc.record({ role: fc.constantFrom('button', 'textbox'), name, nth: fc.nat(99) });
const actions: fc.Arbitrary<Action> = fc.oneof(
  fc.record({ kind: fc.constant('click' as const), target }),
  fc.record({ kind: fc.constant('fill' as const), target, value: name }),
  fc.record({ kind: fc.constant('goto' as const), value: name }),
  fc.constant({ kind: 'back' as const }),
);

describe('an action in words', () => {
  it('is read as what it says, in words and in JSON', () => {
    fc.assert(
      fc.property(actions, (action) => {
        expect(readAction(sayAction(action))).toEqual(action);
        expect(readAction(JSON.stringify(action))).toEqual(action);
      }),
      { numRuns: 3000 },
    );
  });

  it.each(['', 'click', 'destroy button "X"', 'click button X', '{"kind":"click","target":1}', '{', 'click button "X" #0'])(
    'that is none is refused or read, never broken: %j',
    (text) => {
      try {
        expect(readAction(text).kind).toBe('click');
      } catch (error) {
        expect((error as Error).message).toMatch(/action/);
      }
    },
  );

  it('is any text at all', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 80 }), (text) => {
        expect(() => readAction(text)).toThrow(/action/);
      }),
      { numRuns: 10_000 },
    );
  });
});
