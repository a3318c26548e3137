import type { Effect, Expr } from '@backlot/protocol';
import { describe, expect, it } from 'vitest';
import { withSources } from '../../src/rules/sources.ts';
import { withUpserts } from '../../src/rules/upserts.ts';
import type { Binding } from '../../src/state/bindings.ts';
import type { ColumnModel, TableModel } from '../../src/state/tables.ts';

const area = { live: true, pattern: { kind: 'element', tag: 'textarea', nodes: new Map([[{}, { attrs: { name: 'body' } }]]) } };
const columns: readonly ColumnModel[] = [
  { name: 'key', type: 'text' },
  { name: 'c0', type: 'text' },
  { name: 'c1', type: 'text', source: area as unknown as NonNullable<ColumnModel['source']> },
];
const tableBy = (by: Binding['by'] | undefined): TableModel => ({
  name: 't0',
  key: 'key',
  columns,
  recalled: true,
  bindings: [{ ...(by ? { by } : {}), columns } as unknown as Binding],
});
const addressed = tableBy({ param: 'id', column: 'key', nameAt: () => '' });
const name: Expr = { fn: 'trim', args: [{ arg: 'id' }] };
const rich: Expr = { fn: 'richText', args: [{ arg: 'body' }, { lit: '{}' }] };
const isSaved: Expr = { fn: 'not', args: [{ fn: 'isBlank', args: [{ arg: 'save' }] }] };
const own = (column: string): Expr => ({ col: column, of: 'it' });
const update = (value: Expr): Effect => ({ update: 't0', where: { fn: 'eq', args: [own('key'), name] }, set: { c0: value } });

describe('withUpserts', () => {
  it('makes the record that is written where there was none', () => {
    const [insert, ...rest] = withUpserts([update(rich)], [addressed]);
    expect(insert).toMatchObject({ do: [{ insert: 't0', row: { key: name, c0: { lit: '' } } }] });
    expect(rest).toEqual([update(rich)]);
  });

  it('makes none where lists show the records, or where no text is written', () => {
    expect(withUpserts([update(rich)], [tableBy(undefined)])).toEqual([update(rich)]);
    expect(withUpserts([update({ lit: 'x' })], [addressed])).toEqual([update({ lit: 'x' })]);
  });
});

describe('withSources', () => {
  it('keeps the source of what is laid out in the field of its name', () => {
    expect(withSources([update(rich)], [addressed])).toMatchObject([{ set: { c0: rich, c1: { arg: 'body' } } }]);
  });

  it('keeps it just when the text is laid out', () => {
    const value: Expr = { fn: 'if', args: [isSaved, rich, own('c0')] };
    expect(withSources([update(value)], [addressed])).toMatchObject([
      { set: { c1: { fn: 'if', args: [isSaved, { arg: 'body' }, own('c1')] } } },
    ]);
  });

  it('keeps a blank text too', () => {
    const value: Expr = { fn: 'if', args: [{ fn: 'isBlank', args: [{ arg: 'body' }] }, { lit: 'gone' }, rich] };
    expect(withSources([update(value)], [addressed])).toMatchObject([{ set: { c1: { arg: 'body' } } }]);
  });
});
