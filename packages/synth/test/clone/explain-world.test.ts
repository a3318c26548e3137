import { describe, expect, it } from 'vitest';
import type { Detail } from '../../src/clone/explain-detail.ts';
import { detailOf } from '../../src/clone/explain-detail.ts';
import { overviewOf } from '../../src/clone/explain-overview.ts';
import { wordEvidence } from '../../src/clone/word-evidence.ts';
import { memoryWorld, namesWorld } from './fixtures.ts';

const world = memoryWorld(3);

function detail(asked: string): Detail {
  const found = detailOf(world, asked);
  if ('closest' in found) throw new Error(`${asked} is not found.`);
  return found.detail;
}

describe('overviewOf', () => {
  const overview = overviewOf(world);

  it('says pages with all their addresses and how often they were seen', () => {
    expect(overview.pages).toEqual([{ id: 'items', addresses: ['/items/:id', '/old?tab=…'], title: 'Items', views: 1, rules: 1 }]);
  });

  it('says tables with rows by account, where they are shown, and what changes them', () => {
    expect(overview.tables).toEqual([
      {
        name: 'item',
        columns: [
          { name: 'name', type: 'text', scope: 'server', example: 'item 0' },
          { name: 'at0', type: 'list', scope: 'server', example: ['/items/3?'] },
        ],
        rows: { ada: 3 },
        shown: [
          { table: 'item', page: 'items', in: 'the list “‹name›”', query: 'rows of item, ordered by its name, last first, at most 5' },
        ],
        changedBy: [],
      },
    ]);
    expect(overviewOf(namesWorld('')).tables[0]?.changedBy).toEqual(['add']);
  });

  it('says registers with where they are shown and set', () => {
    expect(overview.registers).toEqual([{ name: 'mood', scope: 'tab', initial: 'fine', readOn: ['items'], setBy: ['save'] }]);
  });

  it('keeps apart what is only remembered', () => {
    expect(overview.remembered.tables.map(({ name }) => name)).toEqual(['mp0']);
    expect(overview.remembered.lists).toEqual([{ table: 'item', columns: ['at0'] }]);
    expect(overview.remembered.exceptions).toEqual([
      {
        why: 'No rule of click on the link “First” explains the change of the register mood, name of item.',
        evidence: [{ session: 's2', step: 7 }],
      },
    ]);
  });

  it('says of what is not certain which recording would decide', () => {
    expect(overview.rules.ambiguous.map(({ id, wouldDecide }) => [id, wouldDecide])).toEqual([
      ['save', ['It was seen only once: record once more how the button “Save” is clicked, with other data and on another page state.']],
    ]);
  });
});

describe('detailOf', () => {
  it.each(['items', '/items/:id', '/items/3', '/old?tab=1', 'http://localhost:80/items/3', 'Items'])('finds a page by %s', (asked) => {
    expect(detail(asked)).toMatchObject({ kind: 'page', id: 'items', lists: [{ in: 'the list “‹name›”' }] });
  });

  it.each(['save', 'Save', 'the button “Save”'])('finds a rule by %s', (asked) => {
    expect(detail(asked)).toMatchObject({
      kind: 'rules',
      rules: [{ id: 'save', head: 'When the button “Save” is clicked, if the register mood is “good”:', leads: 'The page stays.' }],
    });
  });

  it('says what an element without rules does by itself', () => {
    expect(detail('first')).toEqual({
      kind: 'elements',
      asked: 'first',
      elements: [{ page: 'items', name: 'the link “First”', does: 'the browser follows it to /items/1' }],
    });
  });

  it('finds a table with the rows that accounts begin with', () => {
    expect(detail('mp0')).toMatchObject({ kind: 'table', rows: { ada: 1 }, seeds: { ada: [{ h0: 'Three' }] } });
  });

  it('names what is close where nothing is so called', () => {
    expect(detailOf(world, 'saev')).toMatchObject({ closest: expect.arrayContaining(['save']) });
    expect(detailOf(world, '/itens')).toMatchObject({ closest: expect.arrayContaining(['/items/:id']) });
  });
});

describe('wordEvidence', () => {
  it('says steps by session, runs as ranges', () => {
    const steps = [1, 4, 5, 6, 9, 10].map((step) => ({ session: 'a', step }));
    expect(wordEvidence([...steps, { session: 'b', step: 0 }])).toEqual(['a, steps 1, 4–6, 9, 10', 'b, step 0']);
  });
});
