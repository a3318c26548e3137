import { describe, expect, it } from 'vitest';
import { buildSite } from '../../src/pages/page-model.ts';
import { holesByRecord } from '../../src/state/record-holes.ts';
import type { View } from '../../src/views.ts';
import { viewsOf } from '../../src/views.ts';
import { el, html, visitOf } from '../fixtures/dom.ts';
import { logsOf } from '../fixtures/visitor.ts';

const nameAt = ({ url }: View): string => url.split('/').at(-1) ?? '';

/** What the pages of a record say that hangs on the record, where people came to these one after another. */
function heldBy(visits: readonly string[], mood: (visit: number) => string): readonly string[] {
  const pages = visits.map((id, i) => ({ url: `/of/${id}`, root: html(el('h2', {}, `Name ${id}`), el('p', {}, mood(i))) }));
  const views = viewsOf(logsOf([visitOf(pages)]));
  const holes = buildSite(views.all).pages.flatMap((page) => page.holes);
  const kept = holesByRecord(holes, { nameAt, accountOf: () => 'ada' });
  return kept.flatMap(({ pattern }) => ('parent' in pattern && pattern.parent && 'tag' in pattern.parent ? [pattern.parent.tag] : []));
}

const visits = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'g', 'h'];

describe('holesByRecord', () => {
  it('are those that show the same of a record whenever one comes to it', () => {
    expect(heldBy(visits, (i) => `mood of ${visits[i]}`)).toEqual(['h2', 'p']);
  });

  it('leaves out what differs from visit to visit, though most records were visited once and agree with themselves', () => {
    expect(heldBy(visits, (i) => `mood ${i}`)).toEqual(['h2']);
  });

  it('goes by records that were visited once where no other was', () => {
    expect(heldBy(visits.slice(0, 8), (i) => `mood ${i}`)).toEqual(['h2', 'p']);
  });
});
