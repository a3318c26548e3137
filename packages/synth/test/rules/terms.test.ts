import type { Expr, Value } from '@backlot/protocol';
import { describe, expect, it } from 'vitest';
import type { Occasion } from '../../src/rules/terms.ts';
import { termsOf } from '../../src/rules/terms.ts';
import { occasion, tableWith } from '../fixtures/occasions.ts';

const offer = { t0: ['Red', 'Blue', 'Green'].map((c0, i) => ({ id: `a${i}`, c0 })) };
const holds = (text: string): Expr => ({ fn: 'eq', args: [{ reg: 'colour' }, { lit: text }] });

/** Conditions on the register, where it held those values on as many occasions. */
function testsOf(values: readonly Value[], opened = true): readonly Expr[] {
  const occasions = values.map((colour) => occasion({ before: offer, registers: { colour } }));
  const { tests } = termsOf(occasions, [{ ...tableWith('text'), ...(opened ? { opened } : {}) }]);
  return tests.filter((test) => JSON.stringify(test).includes('"colour"'));
}

describe('termsOf', () => {
  it('may tell outcomes apart by which of the texts that an opened list had on offer was chosen', () => {
    expect(testsOf(['Red', 'Blue', 'Red', null])).toEqual([holds('Blue'), holds('Red')]);
  });

  it('tells none apart by a text that was not on offer', () => {
    expect(testsOf(['Red', 'Mauve'])).toEqual([holds('Red')]);
    expect(testsOf(['Mauve', 'Pink'])).toEqual([]);
  });

  it('tells none apart by what was always chosen, or by lists that no script opens', () => {
    expect(testsOf(['Red', 'Red'])).toEqual([]);
    expect(testsOf(['Red', 'Blue'], false)).toEqual([]);
  });

  it('names the fields that stood on every page where the action was taken, not those that tell the pages apart', () => {
    const on = (...fields: readonly string[]): Occasion => {
      const told = occasion({});
      const before = { ...told.of.before, live: new Map(fields.map((field) => [field, 'x'])) };
      return { ...told, of: { ...told.of, before } };
    };
    const { inputs } = termsOf([on('title', 'filter'), on('title')], []);
    expect(inputs.filter((term) => 'field' in term)).toEqual([{ field: 'title' }]);
  });
});
