import { describe, expect, it } from 'vitest';
import { scoreActions, sumScores } from '../../src/score/score-actions.ts';
import type { ScoredAction } from '../../src/score/score-actions.ts';

const act = (kind: string, name = 'x', value?: string, changed = true): ScoredAction => ({ kind, role: 'button', name, value, changed });

describe('the score of inferred actions', () => {
  it('aligns by longest common subsequence', () => {
    const truth = [act('click', 'a'), act('click', 'b'), act('fill', 'c', '1')];
    const { pairs, misses } = scoreActions(truth, [act('click', 'b'), act('click', 'z'), act('fill', 'c', '1')]);
    expect(pairs).toEqual([
      [1, 0],
      [2, 2],
    ]);
    expect(misses.map(({ side, index }) => [side, index])).toEqual([
      ['missed', 0],
      ['invented', 1],
    ]);
  });

  it('takes a check for a click on the box', () => {
    expect(scoreActions([act('click')], [act('check')]).pairs).toHaveLength(1);
  });

  it('leaves out keys that change nothing, on both sides', () => {
    expect(scoreActions([act('press', 'x', 'Tab', false)], [act('press', 'y', 'Tab', false)]).kinds).toEqual({});
  });

  it('compares values of fills and addresses of gotos, and only the kind of back', () => {
    const differ = (kind: string) => scoreActions([act(kind, 'x', '1')], [act(kind, 'x', '2')]).pairs.length;
    expect(['fill', 'goto', 'select', 'press', 'back'].map(differ)).toEqual([0, 0, 0, 0, 1]);
  });

  it('sums to precision, recall and F1', () => {
    const score = scoreActions([act('click', 'a'), act('click', 'b')], [act('click', 'a')]);
    expect(sumScores([score, score]).all).toEqual({ truth: 4, inferred: 2, matched: 2, precision: 1, recall: 0.5, f1: 4 / 6 });
  });
});
