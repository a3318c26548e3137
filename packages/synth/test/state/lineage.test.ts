import type { Action, DomElement } from '@backlot/protocol';
import { describe, expect, it } from 'vitest';
import { buildSite } from '../../src/pages/page-model.ts';
import { followRecords } from '../../src/state/lineage.ts';
import { viewsOf } from '../../src/views.ts';
import { el, html, visitOf } from '../fixtures/dom.ts';
import { logsOf } from '../fixtures/visitor.ts';

interface Shown {
  readonly text: string;
  readonly node?: number;
}

const rowOf = ({ text, node }: Shown): DomElement => ({
  ...el('section', {}, el('b', {}, text), el('button', {}, 'Remove')),
  ...(node === undefined ? {} : { id: node }),
});

/** The numbers of the records on each page of a visit; another visit shows that the rows are data. */
function numbersOn(
  ...pages: readonly { readonly rows: readonly Shown[]; readonly load?: number; readonly action?: Action }[]
): readonly (readonly (number | undefined)[])[] {
  const other = [
    { root: html(el('div', {}, ...['x', 'y', 'z', 'v'].map((text) => rowOf({ text })))) },
    { root: html(el('div', {}, rowOf({ text: 'w' }))) },
  ];
  const visit = pages.map(({ rows, ...how }) => ({ root: html(el('div', {}, ...rows.map(rowOf))), ...how }));
  const { all, sessions } = viewsOf(logsOf([visitOf(visit), visitOf(other, 's01')]));
  const [page] = buildSite(all).pages;
  const list = page?.pattern.lists[0];
  const [session] = sessions;
  if (!page || !list || !session) throw new Error('The pages show no list.');
  const lineage = followRecords(session, list, { outerOf: (view) => page.instanceOf.get(view), dataOf: () => '' });
  return session.after.map((view) => {
    const outer = page.instanceOf.get(view);
    return (outer ? (list.items.get(outer) ?? []) : []).map((item) => lineage.get(item));
  });
}

describe('followRecords', () => {
  it('knows a record again by its node while the document stays, whatever it then says', () => {
    const before = {
      rows: [
        { text: 'pear', node: 1 },
        { text: 'fig', node: 2 },
      ],
      load: 0,
    };
    const after = {
      rows: [
        { text: 'fig', node: 2 },
        { text: 'quince', node: 1 },
      ],
      load: 0,
    };
    expect(numbersOn(before, after)).toEqual([
      [0, 1],
      [1, 0],
    ]);
  });

  it('knows records again by what they show where the page uses their nodes again for others', () => {
    const page = (...texts: readonly string[]) => ({ rows: texts.map((text, i) => ({ text, node: i + 1 })), load: 0 });
    expect(numbersOn(page('pear', 'fig', 'plum'), page('fig', 'plum'), page('pear', 'fig', 'plum'))).toEqual([
      [0, 1, 2],
      [1, 2],
      [0, 1, 2],
    ]);
  });

  it('knows a record again by what it shows in another document', () => {
    expect(numbersOn({ rows: [{ text: 'pear' }, { text: 'fig' }] }, { rows: [{ text: 'fig' }, { text: 'pear' }] })).toEqual([
      [0, 1],
      [1, 0],
    ]);
  });

  const press: Action = { kind: 'click', target: { role: 'button', name: 'Rename', nth: 0 } };

  it('takes a record that an action changed in its place as the same', () => {
    const [before, after] = [{ rows: [{ text: 'pear' }, { text: 'fig' }] }, { rows: [{ text: 'pear' }, { text: 'plum' }] }];
    expect(numbersOn(before, { ...after, action: press })).toEqual([
      [0, 1],
      [0, 1],
    ]);
  });

  it('takes what stands in the place of a record after a mere move as another record', () => {
    expect(numbersOn({ rows: [{ text: 'pear' }, { text: 'fig' }] }, { rows: [{ text: 'pear' }, { text: 'plum' }] })).toEqual([
      [0, 1],
      [0, 2],
    ]);
  });

  it('finds a record that was out of sight by what it showed last', () => {
    const pages = [
      { rows: [{ text: 'pear' }, { text: 'fig' }] },
      { rows: [{ text: 'fig' }] },
      { rows: [{ text: 'pear' }, { text: 'fig' }] },
    ];
    expect(numbersOn(...pages)).toEqual([[0, 1], [1], [0, 1]]);
  });

  it('keeps records apart that show the same', () => {
    expect(numbersOn({ rows: [{ text: 'fig' }, { text: 'fig' }] }, { rows: [{ text: 'fig' }, { text: 'fig' }, { text: 'fig' }] })).toEqual([
      [0, 1],
      [0, 1, 2],
    ]);
  });
});
