import { describe, expect, it } from 'vitest';
import type { TrailModel } from '../../src/explain/trails.ts';
import { withEmptied } from '../../src/rules/emptied.ts';
import { learnActions } from '../../src/rules/learn.ts';
import type { Case } from '../../src/rules/cases.ts';
import { occasion } from '../fixtures/occasions.ts';

/** Occasions of one request, with what a trail listed before and after each. */
function after(lists: readonly (readonly [before: readonly string[], after: readonly string[]])[]): unknown {
  const cases = lists.map((): Case => occasion({ asked: '/leave', to: '/' }).of);
  const entries = (pages: readonly string[]) => pages.map((page) => [`/${page}`, page, ''] as const);
  const shown = new Map(
    cases.flatMap(({ before, after: then }, i) => {
      const [was, is] = lists[i] as readonly [readonly string[], readonly string[]];
      return [[before.view, entries(was)] as const, [then.view, entries(is)] as const];
    }),
  );
  const register = { name: 'trail0', holes: new Map(), initial: [], scope: 'browser' as const, values: new Map() };
  const trail: TrailModel = { register, most: 0, shown, loops: new Map() };
  const learned = learnActions(cases, { tables: [], around: () => ({ shown: [], choice: null }) });
  return [...withEmptied(learned, [trail]).values()].map(({ decision }) => decision.outcomes.map(({ effects }) => effects));
}

const emptied = [{ set: 'trail0', to: { lit: [] } }];

describe('withEmptied', () => {
  it('lets an action empty a trail that listed pages before and lists none after it', () => {
    expect(
      after([
        [['ash', 'elm'], []],
        [['oak'], []],
        [[], []],
      ]),
    ).toEqual([[emptied]]);
  });

  it('leaves an action alone after which the trail mostly goes on', () => {
    expect(
      after([
        [['ash'], []],
        [['oak'], []],
        [['elm'], ['elm']],
        [['fir'], ['fir']],
      ]),
    ).toEqual([[[]]]);
  });
});
