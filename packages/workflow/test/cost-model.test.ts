import { defaultCostModel } from '@backlot/reward';
import { describe, expect, it } from 'vitest';
import { costModelOf } from '../src/index.ts';

describe('costModelOf', () => {
  it('takes the median pause of each kind of action, and the default where none was logged', () => {
    const { msByKind } = costModelOf({ thinkMs: { click: { mu: Math.log(800), sigma: 0.5, count: 12 } } });
    expect(msByKind.click).toBe(800);
    expect({ ...msByKind, click: 0 }).toEqual({ ...defaultCostModel.msByKind, click: 0 });
  });
});
