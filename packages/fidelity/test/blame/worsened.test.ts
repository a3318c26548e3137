import { describe, expect, it } from 'vitest';
import { worsened, type Part } from '../../src/index.ts';

const rule = (id: string, wrong: number): { readonly part: Part; readonly wrong: number } => ({ part: { kind: 'rule', rule: id }, wrong });

describe('worsened', () => {
  it('puts first what is in play in more wrong steps than before, and leaves out the faults of old', () => {
    const found = worsened([rule('old', 9), rule('better', 3)], [rule('old', 9), rule('better', 1), rule('new', 2), rule('worse', 5)]);
    expect(found.map(({ suspect, more }) => [suspect.part, more])).toEqual([
      [{ kind: 'rule', rule: 'worse' }, 5],
      [{ kind: 'rule', rule: 'new' }, 2],
    ]);
  });
});
