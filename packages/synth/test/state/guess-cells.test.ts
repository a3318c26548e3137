import type { Row } from '@backlot/protocol';
import { describe, expect, it } from 'vitest';
import { guessCells } from '../../src/state/guess-cells.ts';
import type { Binding } from '../../src/state/bindings.ts';
import type { TableModel } from '../../src/state/tables.ts';

const column = (name: string, type: 'text' | 'boolean' = 'text') => ({ name, type }) as const;
const listed = [column('name'), column('kind')];
const opened = [column('intro'), column('sold', 'boolean'), column('mark')];
const place = (columns: Binding['columns'], by?: object): Binding => ({ columns, ...(by ? { by } : {}) }) as Binding;

/** Records that a list shows by name and kind, and pages of their own by three things more. */
const table: TableModel = {
  name: 't0',
  key: 'name',
  columns: [...listed, ...opened],
  bindings: [place(listed), place([column('name'), ...opened], {})],
  recalled: true,
};

const known = ['Alder lamp', 'Birch stool', 'Cedar lamp', 'Maple stool', 'Tulip lamp', 'Willow stool'].map((name, i): Row => {
  const kind = name.split(' ')[1] as string;
  return { id: `t0k${name}`, name, kind, intro: `${name} is our ${kind}.`, sold: kind === 'lamp', mark: `X-${i * 37}` };
});
const guessed = (row: Row): Row | undefined => guessCells(table, [...known, row])([row])[0];

describe('guessCells', () => {
  it('works out what other cells tell', () => {
    expect(guessed({ id: 'n', name: 'Rowan stool', kind: 'stool' })?.['intro']).toBe('Rowan stool is our stool.');
  });

  it('works out of names of one shape what those of another shape tell otherwise', () => {
    const said = (name: string): string => {
      const [what = '', which = ''] = name.toLowerCase().split(/ [-/] /);
      return name.includes('/') ? `Size ${which.toUpperCase()} of our ${what}.` : `A ${what} in ${which}.`;
    };
    const wares = 'Mug - Grey,Bowl - Teal,Vase - Navy,Dish - Rust,Tee / M,Hood / L,Coat / S,Sock / XL'.split(',');
    const rows = wares.map((name): Row => ({ id: name, name, kind: 'ware', intro: said(name), sold: false, mark: name }));
    const guess = (name: string): unknown => {
      const fresh: Row = { id: 'n', name, kind: 'ware' };
      return guessCells(table, [...rows, fresh])([fresh])[0]?.['intro'];
    };
    expect(['Pot - Olive', 'Cape / XS'].map(guess)).toEqual(['A pot in olive.', 'Size XS of our cape.']);
    expect(guess('Plain')).toBeNull();
  });

  it('takes from the records most alike what only few values say', () => {
    expect(guessed({ id: 'n', name: 'Rowan lamp', kind: 'lamp' })?.['sold']).toBe(true);
    expect(guessed({ id: 'n', name: 'Rowan stool', kind: 'stool' })?.['sold']).toBe(false);
  });

  it('takes what follows from the group that a record is of, whatever else it has in common with others', () => {
    const shops = new Map([
      ['lamp', 'Light & Co'],
      ['stool', 'Wood Ltd'],
    ]);
    const rows = known.map((row): Row => ({ ...row, mark: shops.get(row['kind'] as string) ?? null }));
    const odd: Row = { id: 'n', name: 'Alder stool lamp', kind: 'stool' };
    expect(guessCells(table, [...rows, odd])([odd])[0]?.['mark']).toBe('Wood Ltd');
  });

  it('goes by the group of a record, though one was taken for one of another group', () => {
    const shops = ['Light & Co', 'Wood Ltd', 'Glass Inc'];
    const rows = Array.from({ length: 24 }, (_, i): Row => {
      const shop = i === 7 ? 0 : i % 3;
      return { id: `r${i}`, name: `Thing ${i * 37}`, kind: `k${i % 3}`, intro: `n${i}`, sold: true, mark: shops[shop] ?? '' };
    });
    const fresh: Row = { id: 'n', name: 'Thing 5', kind: 'k1' };
    expect(guessCells(table, [...rows, fresh])([fresh])[0]?.['mark']).toBe('Wood Ltd');
  });

  it('leaves unknown what each record has of its own', () => {
    expect(guessed({ id: 'n', name: 'Rowan lamp', kind: 'lamp' })?.['mark']).toBeUndefined();
  });

  it('takes what a page did not show of a record for absent', () => {
    expect(guessed({ id: 'n', name: 'Rowan lamp', kind: 'lamp', intro: 'Sold out.' })?.['sold']).toBeUndefined();
  });
});
