import type { DomElement } from '@backlot/protocol';
import { describe, expect, it } from 'vitest';
import { buildSite } from '../../src/pages/page-model.ts';
import { paramsOf } from '../../src/pages/params.ts';
import type { Binding } from '../../src/state/bindings.ts';
import { cellOf, isSerial } from '../../src/state/columns.ts';
import { localTables } from '../../src/state/tables.ts';
import type { Instance } from '../../src/template/pattern.ts';
import { el, html, viewOf } from '../fixtures/dom.ts';

/** The records behind a list of the given rows, shown in three sessions. */
function recordsOf(row: (name: string, i: number) => DomElement): Binding {
  const pages = [['pear', 'fig', 'lime'], ['kiwi'], ['plum', 'date', 'sloe', 'mango']].map((names) => names.map(row));
  const site = buildSite(pages.map((rows, session) => viewOf(html(el('div', {}, ...rows)), { session })));
  const [records] = localTables(site, new Set());
  if (!records) throw new Error('No list was found.');
  return records;
}

const itemsOf = ({ list }: Binding): readonly Instance[] => [...(list?.items.values() ?? [])].flat();
const shown = (table: Binding): readonly string[] =>
  [...table.shows].map(([hole, expr]) => `${hole.kind} ${hole.name} ${JSON.stringify(expr)}`);

describe('itemColumns', () => {
  it('takes a text as a column of its records', () => {
    const table = recordsOf((name) => el('section', {}, el('b', {}, name), el('button', {}, 'Remove')));
    expect(table.columns.map(({ name, type }) => [name, type])).toEqual([['c0', 'text']]);
    const { columns } = table;
    const cells = itemsOf(table).map((item) => columns.map((column) => cellOf(column, item)));
    expect(cells.flat().toSorted()).toEqual(['date', 'fig', 'kiwi', 'lime', 'mango', 'pear', 'plum', 'sloe']);
  });

  it('takes the white space between two parts as constant, though some items have more of it', () => {
    const table = recordsOf((name, i) => el('section', {}, el('b', {}, name), i % 2 === 0 ? ' ' : '\n  ', el('button', {}, 'Remove')));
    expect(table.columns.map(({ name }) => name)).toEqual(['c0']);
    expect(shown(table)).toContain('text  {"lit":" "}');
  });

  it('derives what repeats a column, with constant text around it', () => {
    const table = recordsOf((name) =>
      el(
        'section',
        { title: name },
        el('b', {}, name),
        el('a', { href: `/see/${name}/all` }, 'See'),
        el('i', { 'aria-label': `About ${name}` }),
      ),
    );
    expect(table.columns.map(({ name }) => name)).toEqual(['c0']);
    expect(shown(table)).toEqual([
      'text  {"col":"c0"}',
      'attribute href {"fn":"concat","args":[{"lit":"/see/"},{"col":"c0"},{"lit":"/all"}]}',
      'attribute title {"col":"c0"}',
      'attribute aria-label {"fn":"concat","args":[{"lit":"About "},{"col":"c0"},{"lit":""}]}',
    ]);
  });

  it('takes a class, its opposite and a box that agree as one switch', () => {
    const table = recordsOf((name, i) => {
      const ripe = i % 2 === 0;
      return el(
        ripe ? 'section.ripe' : 'section.raw',
        {},
        el('input', { type: 'checkbox', ...(ripe ? { checked: '' } : {}) }),
        el('b', {}, name),
      );
    });
    expect(table.columns.map(({ name, type }) => [name, type])).toEqual([
      ['c0', 'text'],
      ['c1', 'boolean'],
    ]);
    const switches = shown(table).filter((line) => line.includes('c1'));
    expect(switches).toHaveLength(3);
    expect(switches.filter((line) => line.includes('"not"'))).toHaveLength(1);
    expect(switches).toContain('attribute checked {"col":"c1"}');
  });

  it('takes a switch that is on just where a number is at its least as derived', () => {
    const counted = (isOn: (count: number) => boolean): readonly string[] =>
      shown(
        recordsOf((name, i) =>
          el('section', {}, el('b', {}, name), el('i', {}, String(i + 1)), isOn(i + 1) && el('em', {}, 'The last one')),
        ),
      ).filter((line) => line.startsWith('presence'));
    expect(counted((count) => count === 1)).toEqual(['presence  {"fn":"eq","args":[{"col":"c1"},{"lit":"1"}]}']);
    expect(counted((count) => count % 2 === 1)).toEqual(['presence  {"col":"c2"}']);
    expect(counted((count) => count > 1)).toEqual(['presence  {"col":"c2"}']);
  });

  it('reads from no switch that a number is at its least where only one other was seen', () => {
    const table = recordsOf((name, i) =>
      el('section', {}, el('b', {}, name), el('i', {}, i === 0 ? '1' : '2'), i === 0 && el('em', {}, 'The last one')),
    );
    expect(table.columns.map(({ type }) => type)).toEqual(['text', 'text', 'boolean']);
  });

  it('repeats in addresses of records what the address of the page says', () => {
    const towns = { oslo: ['pear', 'fig', 'lime'], rome: ['kiwi'], bern: ['plum', 'date', 'sloe', 'mango'] };
    const page = (town: string, names: readonly string[], session: number) => {
      const row = (name: string): DomElement =>
        el('section', {}, el('a', { href: `/in/${town}/${name}/buy` }, name), el('button', {}, 'Remove'));
      return viewOf(html(el('div', {}, ...names.map(row))), { session, url: `/in/${town}` });
    };
    const site = buildSite(Object.entries(towns).map(([town, names], session) => page(town, names, session)));
    const [param] = Object.keys(paramsOf(site.pages[0]!, site.pages[0]!.views[0]!));
    const [table] = localTables(site, new Set());
    const address = table && shown(table).find((line) => line.startsWith('attribute href'));
    expect(address).toContain(`{"lit":"in"},{"lit":"/"},{"fn":"encode","args":[{"param":"${param}"}]},{"lit":"/"},{"col":"c0"}`);
  });

  it('takes a part that shows only where a text is filled in as derived', () => {
    const table = recordsOf((name, i) =>
      el('section', {}, el('b', {}, name), i % 2 === 0 && el('em.note', {}, [...name].toReversed().join(''))),
    );
    expect(table.columns.map(({ type }) => type)).toEqual(['text', 'text']);
    expect(shown(table)).toContain('presence  {"fn":"not","args":[{"fn":"isBlank","args":[{"col":"c1"}]}]}');
  });

  /** The first of two rows is edited and left again while the page stays loaded, and made anew with another mark each time. */
  function editedRecords(): Binding {
    const row = (name: string, { id, mark, editing = false }: { id: number; mark: number; editing?: boolean }): DomElement => ({
      ...el(
        editing ? 'section.editing' : 'section',
        {},
        editing ? el('input', { type: 'text', mark: `d${mark}` }) : el('p', { mark: `d${mark}` }, el('b', {}, name)),
      ),
      id,
    });
    const pages = ['pear', 'plum'].flatMap((name, session) =>
      [false, true, false].map((editing, step) =>
        viewOf(html(el('div', {}, row(name, { id: 1, mark: step + 1, editing }), ...(step < 2 ? [row('fig', { id: 2, mark: 9 })] : []))), {
          session,
          step,
        }),
      ),
    );
    const [records] = localTables(buildSite(pages), new Set());
    if (!records) throw new Error('No list was found.');
    return records;
  }

  it('takes what comes and goes while the record stays as a switch, not as a blank text', () => {
    const presences = shown(editedRecords()).filter((line) => line.startsWith('presence'));
    expect(presences).toHaveLength(2);
    expect(presences.join()).not.toContain('isBlank');
  });

  it('knows numbered marks that are made anew from what is the record’s', () => {
    const serial = editedRecords().columns.filter(isSerial);
    expect(serial.map(({ source }) => source?.name)).toEqual(['mark']);
  });

  it('gives no column to a style that hides records as the address and their switches say', () => {
    const row = (name: string, ripe: boolean, isHidden: boolean): DomElement =>
      el(
        ripe ? 'section.row.ripe' : 'section.row',
        isHidden ? { style: 'display: none;' } : {},
        el('b', {}, name),
        el('button', {}, 'Remove'),
      );
    const pages = ['', '#/ripe'].flatMap((fragment, session) =>
      [['pear', 'fig', 'lime'], ['kiwi'], ['plum', 'date']].map((names, step) => {
        const rows = names.map((name, i) =>
          row(session === 0 ? name : [...name].toReversed().join(''), i % 2 === 0, fragment !== '' && i % 2 === 1),
        );
        return viewOf(html(el('div', {}, ...rows)), { session, step, url: `/${fragment}` });
      }),
    );
    const [table] = localTables(buildSite(pages), new Set());
    expect(table?.columns.map(({ type }) => type)).toEqual(['text', 'boolean']);
    expect(table?.rest.map(({ name }) => name)).toEqual(['style']);
  });

  it('gives no column to what is known to depend on the address', () => {
    const rows = ['pear', 'fig', 'lime'].map((name, i) => el(i === 0 ? 'section.far' : 'section', {}, el('b', {}, name), el('hr')));
    const site = buildSite([viewOf(html(el('div', {}, ...rows))), viewOf(html(el('div', {}, ...rows.slice(1))), { session: 1 })]);
    const far = site.pages[0]?.holes.find(({ kind }) => kind === 'token');
    if (!far) throw new Error('The class does not vary.');
    const [table] = localTables(site, new Set([far]));
    expect(table?.columns.map(({ type }) => type)).toEqual(['text']);
    expect(table?.rest).toEqual([far]);
  });

  it('keeps a list inside a record as a list', () => {
    const table = recordsOf((name, i) =>
      el(
        'section.fruit',
        {},
        el('b.name', {}, name),
        el('p', {}, ...['x', 'y', 'z'].slice(i).map((tag) => el('a.tag', { href: `/t/${tag}${name}` }, `${tag}${name}`))),
      ),
    );
    const [item] = itemsOf(table);
    const column = table.columns.find(({ type }) => type === 'list');
    expect(column && item && cellOf(column, item)).toEqual(['xpear', 'ypear', 'zpear']);
  });
});
