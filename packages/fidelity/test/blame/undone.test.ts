import type { Row, State } from '@backlot/protocol';
import { reset } from '@backlot/world';
import { describe, expect, it } from 'vitest';
import { isUndone } from '../../src/blame/undone.ts';
import { counterWorld } from '../fixtures/counter-world.ts';

const holding = (...thing: readonly Row[]): State => ({ ...reset(counterWorld()), tables: { thing } });
const tea = { id: '1', name: 'tea' };
const milk = { id: '2', name: 'milk' };

describe('isUndone', () => {
  it.each<[what: string, before: State, predicted: State, after: State]>([
    ['a cell that was written reads otherwise', holding(tea), holding({ ...tea, name: 'coffee' }), holding(tea)],
    ['a row that was added is not there', holding(tea), holding(tea, milk), holding(tea)],
    ['rows are there again where some were removed', holding(tea, milk), holding(tea), holding(tea, { ...milk, id: '3' })],
  ])('is true where %s', (_, before, predicted, after) => {
    expect(isUndone({ before, predicted, after })).toBe(true);
  });

  it.each<[what: string, before: State, predicted: State, after: State]>([
    ['what was written is so', holding(tea), holding({ ...tea, name: 'coffee' }), holding({ ...tea, name: 'coffee' })],
    [
      'only what was not written reads otherwise',
      holding(tea, milk),
      holding({ ...tea, name: 'coffee' }, milk),
      holding({ ...tea, name: 'coffee' }, { ...milk, name: 'oats' }),
    ],
    ['a row appears of which nothing was known', holding(tea), holding(tea), holding(tea, milk)],
  ])('is false where %s', (_, before, predicted, after) => {
    expect(isUndone({ before, predicted, after })).toBe(false);
  });
});
