import type { Row } from '@backlot/protocol';
import { describe, expect, it } from 'vitest';
import { buildSite } from '../../src/pages/page-model.ts';
import { followRecords } from '../../src/state/lineage.ts';
import { tablesOf } from '../../src/state/merge.ts';
import type { Tracked } from '../../src/state/track.ts';
import { trackTable } from '../../src/state/track.ts';
import { itemsIn, wholeAddresses } from '../../src/state/whole-lists.ts';
import type { View, ViewSet } from '../../src/views.ts';
import { viewsOf } from '../../src/views.ts';
import type { TableModel } from '../../src/state/tables.ts';
import { mainList } from '../../src/state/tables.ts';
import { onlyTable, plainMerge } from '../fixtures/tables.ts';
import { pantry } from '../fixtures/pantry.ts';
import { logsOf, record } from '../fixtures/visitor.ts';

/** Visitors who filter; each time the products have other names. */
const sessions = record(
  pantry,
  ['ale', 'bun', 'cod', 'dab'].map((word) => (visitor) => {
    visitor.fill('New product', `${word} one`).enter('New product').fill('New product', `${word} two`).enter('New product');
    visitor.check('checkbox', 'In stock', 0).click('link', 'Missing').click('link', 'In stock').click('link', 'Everything');
  }),
);

interface Followed {
  readonly views: ViewSet;
  readonly table: TableModel;
  readonly whole: ReadonlySet<string>;
  readonly track: (session: number) => Tracked;
}

function follow(): Followed {
  const views = viewsOf(logsOf(sessions));
  const site = buildSite(views.all);
  const table = onlyTable({ tables: tablesOf({ ...plainMerge(site), byLineage: () => true }) });
  const { list, page } = mainList(table);
  const lineages = views.sessions.map((session) =>
    followRecords(session, list, { outerOf: (view) => page.instanceOf.get(view), dataOf: () => '' }),
  );
  const whole = wholeAddresses(table, views.sessions, lineages);
  const track = (number: number): Tracked => {
    const [session, lineage] = [views.sessions[number], lineages[number]];
    if (!session || !lineage) throw new Error(`There is no session ${number}.`);
    return trackTable({ table, session, lineage, wholeAddresses: whole });
  };
  return { views, table, whole, track };
}

const { views, table, whole, track } = follow();

describe('wholeAddresses', () => {
  it('are those where going there hides no record', () => {
    expect([...whole].toSorted()).toEqual(['/', '/#/']);
  });
});

describe('trackTable', () => {
  it('takes over what a whole list shows', () => {
    const rows = views.sessions[1]?.after.map((view) =>
      track(1)
        .rows.get(view)
        ?.map(({ c0 }) => c0),
    );
    expect(rows?.at(-1)).toEqual(['bun one', 'bun two']);
    expect(rows?.[2]).toEqual(['bun one']);
  });

  it('knows a foretold record by what people see of it', () => {
    const [session] = views.sessions;
    const stamped: TableModel = { ...table, columns: [...table.columns, { name: 'stamp', type: 'text' }] };
    const { list, page } = mainList(table);
    if (!session) throw new Error('There is no session.');
    const lineage = followRecords(session, list, { outerOf: (view) => page.instanceOf.get(view), dataOf: () => '' });
    const foretold: Row = { id: 'n0', c0: 'ale one', c1: false, stamp: 'then' };
    const tracked = trackTable({
      table: stamped,
      session,
      lineage,
      wholeAddresses: new Set(),
      predict: (step, rows) => (step === 2 ? [...rows, foretold] : null),
    });
    expect(tracked.rows.get(session.after.at(-1) as View)?.map(({ c0 }) => c0)).toEqual(['ale one', 'ale two']);
  });

  it('keeps records that a filter hides', () => {
    const [after] = [views.sessions[0]?.after.find(({ url }) => url.endsWith('#/missing'))];
    if (!after) throw new Error('Nobody went there.');
    expect(itemsIn(table, after)).toHaveLength(1);
    expect(
      track(0)
        .rows.get(after)
        ?.map(({ c0, c1 }) => [c0, c1]),
    ).toEqual([
      ['ale one', true],
      ['ale two', false],
    ]);
  });

  it('names a record the same from view to view', () => {
    const ids = views.sessions[2]?.after.slice(2).map((view) => track(2).rows.get(view)?.[0]?.id);
    expect(new Set(ids).size).toBe(1);
  });
});
