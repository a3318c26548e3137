import type { DomElement } from '@backlot/protocol';
import { describe, expect, it } from 'vitest';
import { buildSite } from '../../src/pages/page-model.ts';
import { cellOf, itemColumns } from '../../src/state/columns.ts';
import { ownerColumns } from '../../src/state/owners.ts';
import { viewsOf } from '../../src/views.ts';
import { el, html, visitOf } from '../fixtures/dom.ts';
import { logsOf } from '../fixtures/visitor.ts';

const issue = (number: number, ...comments: readonly string[]): { url: string; root: DomElement } => ({
  url: `/issue/${number}`,
  root: html(
    el('h1', {}, 'Issue'),
    el('div.talk', {}, ...comments.map((text) => el('section.said', {}, el('b.text', {}, text), el('button', {}, 'Like')))),
  ),
});

/** So many comments that they are data and no parts of the page. */
const many = 'First,Second,Third,Fourth,Fifth,Sixth,Seventh,Eighth,Ninth,Tenth,Eleventh,Twelfth'.split(',');

/** For each item of the one list, the number in its page's address and the cells of the columns that say whose it is. */
function ownersOf(...pages: readonly { url: string; root: DomElement }[]): { names: readonly string[]; cells: readonly string[] } {
  const site = buildSite(viewsOf(logsOf([visitOf(pages), visitOf([issue(9, ...many), issue(9, ...many, 'So it is')], 's01')])).all);
  const [page, ...others] = site.pages;
  const [list] = page?.pattern.lists ?? [];
  if (!page || !list || others.length > 0) throw new Error('There is no list, or more than one page.');
  const { columns } = itemColumns(page.holes.filter((hole) => hole.frame === list.itemFrame));
  const owners = ownerColumns(page, list, columns);
  const items = [...list.items.values()].flat().filter(({ view }) => view.session === 0);
  return {
    names: owners.map(({ name }) => name),
    cells: items.map((item) => [item.view.url.split('/').at(-1), ...owners.map((column) => cellOf(column, item))].join(' ')),
  };
}

describe('ownerColumns', () => {
  it('say by the path whose items a list holds', () => {
    const { names, cells } = ownersOf(
      issue(1, 'Yes', 'No', 'Maybe'),
      issue(2, 'Why'),
      issue(1, 'Yes', 'No', 'Maybe'),
      issue(2, 'Why', 'So'),
    );
    expect(names).toHaveLength(1);
    expect(names[0]).toMatch(/^of_\w+$/);
    expect(cells.toSorted()).toEqual([...Array<string>(6).fill('1 1'), ...Array<string>(3).fill('2 2')]);
  });

  it('are none where the same items stand at other addresses as well', () => {
    const { names } = ownersOf(issue(1, 'Yes', 'No', 'Maybe'), issue(2, 'Yes', 'No'), issue(3, 'No', 'Maybe'));
    expect(names).toEqual([]);
  });

  it('are none where only one address was seen', () => {
    const { names } = ownersOf(issue(9, 'Yes'), issue(9, 'Yes', 'No'), issue(9, 'Yes', 'No', 'Maybe'));
    expect(names).toEqual([]);
  });
});
