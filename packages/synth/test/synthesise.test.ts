import type { Session } from '@backlot/protocol';
import { describe, expect, it } from 'vitest';
import type { Replay } from '../src/gates/index.ts';
import { replaySteps, roundTripPages } from '../src/gates/index.ts';
import type { Synthesis } from '../src/synthesise.ts';
import { synthesise } from '../src/synthesise.ts';
import { guestBook, guestBookVisit } from './fixtures/guest-book.ts';
import { museum, museumVisit } from './fixtures/museum.ts';
import { intruder, office, officeVisit } from './fixtures/office.ts';
import { pantry, pantryVisit } from './fixtures/pantry.ts';
import { workshop, workshopVisit } from './fixtures/workshop.ts';
import { logsOf, record } from './fixtures/visitor.ts';

const looks = { styles: [], css: [] };
const numbers = (from: number, count: number): readonly number[] => Array.from({ length: count }, (_, i) => from + i);
const learn = (sessions: readonly Session[]): Synthesis => synthesise(logsOf(sessions), looks);
const allExact = (sessions: readonly Session[]): Replay => {
  const steps = sessions.reduce((sum, session) => sum + session.steps.length, 0);
  return { steps, accepted: steps, exact: steps, firstMisses: [] };
};

const pantryTraining = record(
  pantry,
  numbers(1, 12).map((seed) => pantryVisit(seed, 16)),
);
const bookTraining = record(
  guestBook,
  numbers(1, 10).map((seed) => guestBookVisit(seed, 10)),
);

describe('a one-page list with filters in the fragment', () => {
  const synthesis = learn(pantryTraining);

  it('is replayed exactly with products that were never seen', () => {
    const heldOut = record(
      pantry,
      numbers(101, 8).map((seed) => pantryVisit(seed, 20)),
    );
    expect(replaySteps(synthesis.world, heldOut)).toEqual(allExact(heldOut));
  });

  it('leaves no training step unexplained', () => {
    expect(synthesis.world.exceptions).toEqual([]);
    expect(roundTripPages(synthesis).misses).toEqual([]);
    expect(replaySteps(synthesis.world, pantryTraining)).toEqual(allExact(pantryTraining));
  });

  it('becomes one page and one table with a text and a switch', () => {
    expect(synthesis.world.pages.map(({ route }) => route)).toEqual(['/']);
    expect(synthesis.world.tables.map(({ columns }) => columns.map(({ type }) => type))).toEqual([['text', 'boolean']]);
  });

  it('learns one rule for what each control does', () => {
    const effects = synthesis.world.rules.flatMap((rule) => rule.do);
    const self = {
      fn: 'eq',
      args: [
        { col: 'id', of: 'it' },
        { col: 'id', of: 'rt0' },
      ],
    };
    expect(effects).toContainEqual({ delete: 't0', where: self });
    expect(effects).toContainEqual({ delete: 't0', where: { fn: 'not', args: [{ col: 'c1', of: 'it' }] } });
    expect(effects).toContainEqual({ update: 't0', where: { lit: true }, set: { c1: { lit: true } } });
    expect(effects).toContainEqual({ update: 't0', where: self, set: { c1: { arg: 'checked' } } });
    expect(effects).toContainEqual({ insert: 't0', row: { c0: { fn: 'trim', args: [{ arg: 'value' }] }, c1: { lit: false } }, at: 'end' });
  });

  it('marks a guess about blank text as ambiguous and names the alternative', () => {
    const guess = synthesis.world.rules.find(({ when }) => when !== undefined && 'fn' in when && when.fn === 'isBlank');
    expect(guess?.certainty).toBe('ambiguous');
    expect(guess?.alternatives).toHaveLength(1);
  });
});

describe('pages that list what was looked at lately', () => {
  const training = record(
    museum,
    numbers(1, 8).map((seed) => museumVisit(seed, 14)),
  );
  const synthesis = learn(training);

  it('are replayed exactly on walks that nobody took', () => {
    const heldOut = record(
      museum,
      numbers(101, 6).map((seed) => museumVisit(seed, 20)),
    );
    expect(replaySteps(synthesis.world, heldOut)).toEqual(allExact(heldOut));
  });

  it('are given back with the list as it stood', () => {
    expect(roundTripPages(synthesis).misses).toEqual([]);
  });

  it('put themselves into the list when they are opened, but for those that are no part of it', () => {
    const opened = synthesis.world.rules.filter(({ on }) => 'open' in on);
    const hall = synthesis.world.pages.find(({ route }) => route === '/hall');
    expect(opened.map(({ on, certainty }) => [on, certainty])).toEqual([[{ open: hall?.id }, 'certain']]);
    expect(JSON.stringify(opened[0]?.do)).toContain('"recent"');
  });
});

describe('a board of scripts that are sent their records as data', () => {
  const training = record(
    workshop,
    numbers(1, 10).map((seed) => workshopVisit(seed, 12, 'J12')),
  );
  const synthesis = learn(training);

  it('is replayed exactly with records that were never opened and moves that were never made', () => {
    const heldOut = record(
      workshop,
      numbers(101, 6).map((seed) => workshopVisit(seed, 12)),
    );
    expect(replaySteps(synthesis.world, heldOut)).toEqual(allExact(heldOut));
  });

  it('leaves no training step unexplained', () => {
    expect(synthesis.world.exceptions).toEqual([]);
    expect(roundTripPages(synthesis).misses).toEqual([]);
  });

  it('says nothing that was sent but is nowhere shown', () => {
    expect(JSON.stringify(training)).toContain('kept in drawer');
    expect(JSON.stringify(synthesis.world)).not.toContain('kept in drawer');
  });

  it('becomes one table of jobs, which columns show by their state and the page of one by its address', () => {
    const [jobs] = synthesis.world.tables;
    const rows = synthesis.world.seeds['ada']?.tables[jobs?.name ?? ''] ?? [];
    expect(rows).toHaveLength(12);
    expect(rows.map((row) => row[jobs?.label ?? ''])).toContain('Mend the violin');
    const updates = synthesis.world.rules.flatMap((rule) => rule.do).filter((effect) => 'update' in effect);
    expect(updates).toEqual([{ update: jobs?.name, where: expect.objectContaining({ fn: 'eq' }), set: expect.anything() }]);
  });
});

describe('pages for those who have signed in', () => {
  const training = record(
    office,
    numbers(1, 6).map((seed) => officeVisit(seed, 8)),
  );
  const synthesis = learn(training);

  it('are replayed exactly on visits that nobody made', () => {
    const heldOut = record(
      office,
      numbers(101, 6).map((seed) => officeVisit(seed, 12)),
    );
    expect(replaySteps(synthesis.world, heldOut)).toEqual(allExact(heldOut));
  });

  it('lead others to where one signs in, and on to what they asked for, be it that nobody was turned away from it before', () => {
    const heldOut = record(office, [intruder('/letters'), intruder('/archive')]);
    expect(replaySteps(synthesis.world, heldOut)).toEqual(allExact(heldOut));
  });
});

describe('server-rendered pages with forms and a sign-in', () => {
  const synthesis = learn(bookTraining);

  it('are replayed exactly with entries that were never seen', () => {
    const heldOut = record(
      guestBook,
      numbers(101, 6).map((seed) => guestBookVisit(seed, 12)),
    );
    expect(replaySteps(synthesis.world, heldOut)).toEqual(allExact(heldOut));
  });

  it('begin with the rows that the account had', () => {
    const [table] = synthesis.world.tables;
    const rows = synthesis.world.seeds['ada']?.tables[table?.name ?? ''] ?? [];
    expect(rows.map(({ c0, c1 }) => [c0, c1])).toEqual([
      ['What a view', 'happy'],
      ['Too many stairs', 'tired'],
    ]);
  });

  it('make one rule of each request, whatever page sent it', () => {
    const requests = synthesis.world.rules.flatMap(({ on, then }) =>
      'request' in on ? [[on.request.method, on.request.route, then]] : [],
    );
    expect(requests).toEqual([
      ['POST', '/enter', 'redirectBack'],
      ['POST', '/enter', { go: { lit: '/' } }],
      ['POST', '/leave', 'redirectBack'],
      ['POST', '/write', { go: { lit: '/' } }],
    ]);
  });

  it('send a password back that nobody was seen to pass with, and say what would decide', () => {
    const [refused, passed] = synthesis.world.rules.filter(({ on }) => 'request' in on && on.request.route === '/enter');
    expect(JSON.stringify(refused?.when)).toContain('"arg":"password"');
    expect([refused?.do, refused?.certainty, refused?.alternatives?.length]).toEqual([[], 'ambiguous', 1]);
    expect(passed?.when).toBeUndefined();
  });

  it('remember who is the host in one register that signing in and leaving set', () => {
    const sets = synthesis.world.rules.flatMap(({ on, do: effects }) =>
      effects.flatMap((effect) =>
        'to' in effect && 'set' in effect && 'request' in on ? [{ ...effect, route: on.request.route, by: on.request.method }] : [],
      ),
    );
    expect(synthesis.world.registers).toHaveLength(1);
    expect(sets.map(({ set, by, route }) => [set, by, route])).toEqual([
      ['g0', 'POST', '/enter'],
      ['g0', 'POST', '/leave'],
    ]);
    expect(new Set(sets.map(({ to }) => JSON.stringify(to))).size).toBe(2);
  });

  it('make nobody the host who only looks at the entrance', () => {
    const looksIn = record(guestBook, [(visitor) => visitor.click('link', 'Host entrance').click('link', 'Never mind')]);
    expect(replaySteps(synthesis.world, looksIn)).toEqual(allExact(looksIn));
  });
});

describe('synthesise', () => {
  it('gives the same bytes for the same logs', () => {
    const once = JSON.stringify(learn(pantryTraining).world);
    const again = JSON.stringify(
      learn(
        record(
          pantry,
          numbers(1, 12).map((seed) => pantryVisit(seed, 16)),
        ),
      ).world,
    );
    expect(again).toBe(once);
  });

  it('gives the same bytes whatever order the sessions come in', () => {
    const reversed = synthesise({ ...logsOf(bookTraining), sessions: bookTraining.toReversed() }, looks);
    expect(JSON.stringify(reversed.world)).toBe(JSON.stringify(learn(bookTraining).world));
  });

  it('says what to do where there is no session', () => {
    expect(() => learn([])).toThrow(/at least one readable log/);
  });
});

describe.each([
  ['puts products in by a button that empties the field', { byButton: true }],
  ['puts products in where the filter hides them at once', { outOfSight: true }],
])('a visitor who %s', (_, manner) => {
  it('is replayed exactly', () => {
    const { world } = learn(
      record(
        pantry,
        numbers(1, 12).map((seed) => pantryVisit(seed, 16, manner)),
      ),
    );
    const heldOut = record(
      pantry,
      numbers(101, 6).map((seed) => pantryVisit(seed, 20, manner)),
    );
    expect(replaySteps(world, heldOut)).toEqual(allExact(heldOut));
  });
});
