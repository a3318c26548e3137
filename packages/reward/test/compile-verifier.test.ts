import type { Answer, Goal, Row, State, Verifier, World } from '@backlot/protocol';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileVerifier, potential, verify, type Said } from '../src/index.ts';

const world = {
  pages: [],
  rules: [],
  tables: [
    {
      name: 'note',
      label: 'title',
      columns: [
        { name: 'title', type: 'text', scope: 'server', initial: '' },
        { name: 'done', type: 'boolean', scope: 'server', initial: false },
        { name: 'open', type: 'boolean', scope: 'page', initial: false },
      ],
    },
  ],
  registers: [
    { name: 'theme', scope: 'browser', initial: 'light' },
    { name: 'menu', scope: 'page', initial: false },
  ],
} as unknown as World;

const row: fc.Arbitrary<Row> = fc.record({
  id: fc.constantFrom('n1', 'n2', 'n3', 'n4'),
  title: fc.constantFrom('a', 'b'),
  done: fc.boolean(),
  open: fc.boolean(),
});
const state: fc.Arbitrary<State> = fc
  .record({
    rows: fc.uniqueArray(row, { selector: ({ id }) => id, maxLength: 4 }),
    theme: fc.constantFrom('light', 'dark'),
    menu: fc.boolean(),
    url: fc.constantFrom('/', '/notes?page=2', '/notes?page=3', '/notes?page=2&by=title'),
  })
  .map(
    ({ rows, theme, menu, url }) =>
      ({ tables: { note: rows }, registers: { theme, menu }, history: { entries: [url], index: 0 } }) as unknown as State,
  );
const cells = fc.record({ title: fc.constantFrom('a', 'b'), done: fc.boolean() }, { requiredKeys: [] });
const id = fc.constantFrom('n1', 'n2', 'n3');
const goal: fc.Arbitrary<Goal> = fc.oneof(
  fc.record({ kind: fc.constant('inserted' as const), table: fc.constant('note'), cells, count: fc.integer({ min: 1, max: 2 }) }),
  fc.record({
    kind: fc.constant('updated' as const),
    table: fc.constant('note'),
    row: id,
    was: cells,
    now: cells,
    free: fc.subarray(['title', 'done']),
  }),
  fc.record({ kind: fc.constant('deleted' as const), table: fc.constant('note'), row: id, was: cells }),
  fc.record({ kind: fc.constant('register' as const), name: fc.constant('theme'), value: fc.constantFrom('light', 'dark') }),
  fc.record({ kind: fc.constant('at' as const), url: fc.constantFrom('/', '/notes?page=2') }),
);
/** One goal a row: goals that ask different things of the same row are no verifier. */
const goals = fc.uniqueArray(goal, { selector: (each) => ('row' in each ? each.row : each.kind), maxLength: 3 });
const names = ['Ada, Countess', 'Bob', '5 notes'];
const answer: fc.Arbitrary<Answer> = fc.oneof(
  fc.record({ kind: fc.constant('number' as const), value: fc.constantFrom(5, 1200, -2.5) }),
  fc.record({ kind: fc.constant('date' as const), value: fc.constantFrom('2026-11-12', '2026-01-02') }),
  fc.record({ kind: fc.constant('record' as const), value: fc.constantFrom(...names) }),
  fc.record({ kind: fc.constant('set' as const), values: fc.subarray(names, { minLength: 1 }) }),
  fc.constant({ kind: 'impossible' as const }),
);
const saidTexts = [
  '5',
  'There are 5.',
  '1,200',
  '-2.5',
  '5 of 7',
  '',
  '12 November 2026',
  'On Nov. 12th, 2026',
  '12.11.2026',
  '2026-01-02',
];
const said: fc.Arbitrary<Said> = fc.record(
  {
    answer: fc.oneof(
      fc.constantFrom(...saidTexts, '“bob”.', 'none'),
      fc.shuffledSubarray(names).map((some) => some.join(' and ')),
    ),
    gaveUp: fc.boolean(),
  },
  { requiredKeys: [] },
);
const verifier: fc.Arbitrary<Verifier> = fc.record(
  { goals, alternatives: fc.array(goals, { maxLength: 2 }), nothingElse: fc.boolean(), aside: fc.subarray(['theme']), answer },
  { requiredKeys: ['goals', 'nothingElse'] },
);
const compiled = (source: string): ((end: State, said?: Said) => { reward: number }) =>
  new Function(`return ${source}`)() as (end: State, said?: Said) => { reward: number };

describe('compileVerifier', () => {
  it('gives the reward that verify gives', () => {
    fc.assert(
      fc.property(verifier, state, state, said, (asked, start, end, words) => {
        const judged = compiled(compileVerifier(asked, { world, start }))(end, words).reward;
        expect(judged).toBe(verify(asked, { world, start, end, said: words }).reward);
      }),
      { numRuns: 1000 },
    );
  }, 60_000);

  it('needs nothing but itself', () => {
    const start = { tables: { note: [] }, registers: {}, history: { entries: ['/'], index: 0 } } as unknown as State;
    const source = compileVerifier(
      { goals: [{ kind: 'inserted', table: 'note', cells: { title: 'a' }, count: 1 }], nothingElse: true },
      { world, start },
    );
    const added = { ...start, tables: { note: [{ id: 'n9', title: 'a', done: false }] } };
    expect(compiled(source)(start).reward).toBe(0);
    expect(compiled(source)(added).reward).toBe(1);
  });
});

describe('dense reward', () => {
  it('shaped less sparse return is −Φ(start) at γ = 1 with Φ(end) = 0, truncated episodes included', () => {
    const episode = fc.array(state, { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(verifier, episode, fc.boolean(), (asked, states, isTruncated) => {
        const start = states[0] as State;
        const phi = states.map((end) => potential(asked, { world, start, end }));
        const last = states.length - 1;
        const sparse = states.map((end, i) => (i === last && !isTruncated ? verify(asked, { world, start, end }).reward : 0));
        const held = (i: number): number => (i === last ? 0 : (phi[i] as number));
        const shaped = states.slice(1).reduce((sum, _, k) => sum + (sparse[k + 1] as number) + held(k + 1) - held(k), 0);
        const plain = sparse.slice(1).reduce((sum: number, r) => sum + r, 0);
        expect(shaped - plain).toBeCloseTo(last === 0 ? 0 : -(phi[0] as number), 9);
      }),
      { numRuns: 1000 },
    );
  });
});
