import type { Effect, Expr, Value, World } from '@backlot/protocol';
import { lastingColumns, type Change } from '@backlot/reward';
import { ruleEffects } from '@backlot/reward';
import { viewTables } from './view-tables.ts';

/** What of an application's data people can bring back by means of the application, as far as its world tells. */
export interface Reversal {
  /** True where the change can be taken back, false where it can't, null where the world does not tell. */
  canUndo(change: Change): boolean | null;
}

/**
 * Reads from a world's rules what can be undone. A record that was added can be taken away again if some rule deletes records of its
 * table; a cell can be set back if some rule writes what a user types into it, writes the old value, or turns it over; a record that is
 * deleted comes back only if some rule makes records of its table out of what the application still remembers: typing it anew makes
 * another one. Settings of the browser are forgotten with it.
 */
export function reversalOf(world: World): Reversal {
  const known = cache.get(world);
  if (known !== undefined) return known;
  const effects = world.rules.flatMap(ruleEffects);
  const made: Reversal = { canUndo: (change) => undo(change, world, effects) };
  cache.set(world, made);
  return made;
}

const cache = new WeakMap<World, Reversal>();

function undo(change: Change, world: World, effects: readonly Effect[]): boolean | null {
  switch (change.kind) {
    case 'inserted':
      return effects.some((effect) => 'delete' in effect && effect.delete === change.table) || null;
    case 'deleted':
      if (viewTables(world).has(change.table)) return true;
      return effects.some(
        (effect) => 'insert' in effect && effect.insert === change.table && isRestoring(effect.row, lastingOf(world, change.table)),
      );
    case 'updated':
      return (
        change.columns.every((column) => canWrite({ table: change.table, column, value: change.was[column] ?? null }, effects)) || null
      );
    case 'register': {
      const scope = world.registers.find(({ name }) => name === change.name)?.scope;
      return (
        scope !== 'server' ||
        effects.some((effect) => 'to' in effect && 'set' in effect && effect.set === change.name && gives(effect.to, change.was)) ||
        null
      );
    }
  }
}

const lastingOf = (world: World, name: string): readonly string[] => {
  const table = world.tables.find((candidate) => candidate.name === name);
  return table === undefined ? [] : lastingColumns(table);
};

/** Every lasting cell of the record comes from what the application remembers. */
function isRestoring(row: Readonly<Record<string, Expr>>, columns: readonly string[]): boolean {
  return columns.length > 0 && columns.every((column) => row[column] !== undefined && isRemembered(row[column]));
}

/** Whether a register or a cell decides about an expression, and nothing that a user enters. */
function isRemembered(expr: Expr): boolean {
  if ('reg' in expr || 'col' in expr || 'first' in expr || 'collect' in expr) return true;
  return 'fn' in expr && expr.args.some(isRemembered) && !isTyped(expr);
}

interface Cell {
  readonly table: string;
  readonly column: string;
  readonly value: Value;
}

function canWrite({ table, column, value }: Cell, effects: readonly Effect[]): boolean {
  return effects.some((effect) => {
    if (!('update' in effect) || effect.update !== table) return false;
    const to = effect.set[column];
    return to !== undefined && gives(to, value);
  });
}

/** Whether an expression can come to a value: what a user enters can, a constant if it is the value, a turned-over cell if it is a truth. */
function gives(expr: Expr, value: Value): boolean {
  if ('lit' in expr) return expr.lit === value;
  if ('fn' in expr && expr.fn === 'not') return typeof value === 'boolean';
  if ('fn' in expr && expr.fn === 'if') return expr.args.slice(1).some((branch) => gives(branch, value));
  return isTyped(expr);
}

/** Whether what a user enters decides about an expression. */
function isTyped(expr: Expr): boolean {
  if ('arg' in expr || 'field' in expr) return true;
  return 'fn' in expr && expr.args.some(isTyped);
}
