import type { Row } from '@backlot/protocol';
import type { PredictedStep } from '../clone/predict-steps.ts';

/**
 * Whether the real page after a step takes back something that the world wrote in it: a cell reads otherwise, a row that was added is not
 * there, or rows are there again where some were removed. Pure.
 */
export function isUndone({ before, predicted, after }: PredictedStep['states']): boolean {
  return Object.entries(predicted.tables).some(([table, rows]) => {
    const was = before.tables[table] ?? [];
    const is = after.tables[table] ?? [];
    return was !== rows && rows !== is && areUndone({ was: byId(was), said: byId(rows), is: byId(is) });
  });
}

type Rows = ReadonlyMap<string, Row>;

const byId = (rows: readonly Row[]): Rows => new Map(rows.map((row) => [row.id, row]));

function areUndone({ was, said, is }: { readonly was: Rows; readonly said: Rows; readonly is: Rows }): boolean {
  const isRemoving = [...was.keys()].some((id) => !said.has(id));
  if (isRemoving && [...is.keys()].some((id) => !said.has(id))) return true;
  return [...said].some(([id, row]) => {
    const [old, real] = [was.get(id), is.get(id)];
    if (old === row) return false;
    if (real === undefined) return old === undefined;
    return Object.entries(row).some(([column, cell]) => !isSame(cell, old?.[column]) && !isSame(cell, real[column]));
  });
}

const isSame = (a: unknown, b: unknown): boolean => a === b || JSON.stringify(a) === JSON.stringify(b);
