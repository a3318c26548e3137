import type { Value } from '@backlot/protocol';
import { describe, expect, it } from 'vitest';
import type { Example } from '../../src/explain/learn-expr.ts';
import { tellsUnusual } from '../../src/explain/unusual.ts';

const examplesOf = (...values: readonly Value[]): readonly Example[] => values.map((value) => ({ scope: {} as Example['scope'], value }));
const learned = (...misses: readonly number[]) => ({ expr: { lit: 'shut' }, size: 0, misses });

describe('tellsUnusual', () => {
  const examples = examplesOf('shut', 'shut', 'shut', 'shut', 'open', 'ajar', 'open', 'open');

  it('keeps what is right everywhere, and what misses little of what is out of the ordinary', () => {
    expect(tellsUnusual(learned(), examples)).not.toBeNull();
    expect(tellsUnusual(learned(5), examples)).not.toBeNull();
  });

  it('drops what is right only because hardly anything changes', () => {
    expect(tellsUnusual(learned(4, 5), examples)).toBeNull();
    expect(tellsUnusual(learned(4, 5, 6, 7), examples)).toBeNull();
  });

  it('does not hold it against an explanation that it errs on what is usual', () => {
    expect(tellsUnusual(learned(0, 1), examples)).not.toBeNull();
  });
});
