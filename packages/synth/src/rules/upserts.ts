import type { Effect, Expr } from '@backlot/protocol';
import { candidate } from '@backlot/world';
import type { TableModel } from '../state/tables.ts';

type Update = Extract<Effect, { update: string }>;

/** The name by which an update finds its record, where it names one by the key. */
function namedBy({ where }: Update, key: string): Expr | null {
  if (!('fn' in where) || where.fn !== 'eq') return null;
  const [col, name] = where.args as readonly [Expr, Expr];
  return 'col' in col && col.col === key && col.of === candidate ? name : null;
}

const isWritten = ({ set }: Update): boolean => Object.values(set).some((value) => JSON.stringify(value).includes('"richText"'));

/**
 * Writing the text of a record that only its address names makes the record where there was none: the same form makes a page of a wiki
 * and changes it.
 */
export function withUpserts(effects: readonly Effect[], tables: readonly TableModel[]): readonly Effect[] {
  return effects.flatMap((effect): readonly Effect[] => {
    if (!('update' in effect) || !isWritten(effect)) return [effect];
    const table = tables.find(({ name }) => name === effect.update);
    const isAddressed = table?.bindings.every(({ by }) => by !== undefined) === true;
    const name = table?.key !== undefined && isAddressed ? namedBy(effect, table.key) : null;
    if (!table || name === null) return [effect];
    const key = table.key as string;
    const found: Expr = { count: { from: table.name, as: 'k', where: { fn: 'eq', args: [{ col: key, of: 'k' }, name] } } };
    const blank = Object.fromEntries(table.columns.map((column): [string, Expr] => [column.name, blankOf(column)]));
    const insert: Effect = { insert: table.name, row: { ...blank, [key]: name }, at: 'end' };
    return [{ if: { fn: 'eq', args: [found, { lit: 0 }] }, do: [insert] }, effect];
  });
}

const blankOf = ({ type }: TableModel['columns'][number]): Expr => ({ lit: type === 'boolean' ? false : '' });
