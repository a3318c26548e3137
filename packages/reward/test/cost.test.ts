import { describe, expect, it } from 'vitest';
import { costOf, defaultCostModel, learnCostModel } from '../src/index.ts';

describe('costOf', () => {
  it('adds one step and the time of its kind for each action, and the length of a wait', () => {
    const cost = costOf([{ kind: 'click' }, { kind: 'press', value: 'Enter' }, { kind: 'wait', value: '250' }]);
    expect(cost).toEqual({ steps: 3, ms: defaultCostModel.msByKind.click + defaultCostModel.msByKind.press + 250 });
  });
});

describe('learnCostModel', () => {
  it('takes the median of each kind and keeps the default where nothing was measured', () => {
    const model = learnCostModel([
      { kind: 'click', ms: 100 },
      { kind: 'click', ms: 900 },
      { kind: 'click', ms: 300 },
      { kind: 'fill', ms: 10 },
      { kind: 'fill', ms: 30 },
    ]);
    expect(model.msByKind).toEqual({ ...defaultCostModel.msByKind, click: 300, fill: 20 });
  });
});
