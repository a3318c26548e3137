import type { State, Value, World } from '@backlot/protocol';
import { netChange, type Change } from '@backlot/reward';

/**
 * What a stretch of work changes, as sorted terms: `insert T`, `update T(column)`, `delete T`, `register`. Columns that become true or
 * false say which, so that doing and undoing are different work; registers hang together too often to be told apart. Empty for work
 * that only looks.
 */
export function effectTerms(changes: readonly Change[]): readonly string[] {
  return [...new Set(changes.flatMap(termsOf))].toSorted();
}

const flag = (value: Value | undefined): string => (typeof value === 'boolean' ? `=${value}` : '');

function termsOf(change: Change): readonly string[] {
  switch (change.kind) {
    case 'inserted':
      return [`insert ${change.table}`];
    case 'deleted':
      return [`delete ${change.table}`];
    case 'register':
      return ['register'];
    case 'updated':
      return change.columns.map((column) => `update ${change.table}(${column}${flag(change.now[column])})`);
  }
}

const isStrong = (term: string): boolean => /^(insert|delete) |=(true|false)\)$/.test(term);

/** True where a stretch only looks: nothing comes, goes, or is set or unset. Cells that change by the way don't count. */
export function onlyLooks(effect: readonly string[]): boolean {
  return !effect.some(isStrong);
}

/** True for effects of the same work: the same comes, goes, is set and unset; or in both only cells change, or nothing does. */
export function isSameWork(a: readonly string[], b: readonly string[]): boolean {
  const strong = (effect: readonly string[]): string => effect.filter(isStrong).join();
  const changes = (effect: readonly string[]): boolean => effect.some((term) => term !== 'register');
  return strong(a) === strong(b) && (strong(a) !== '' || changes(a) === changes(b));
}

/** A net change as text: equal texts are equal changes, fresh row ids included. */
export function changeText(world: World, start: State, end: State): string {
  return JSON.stringify(netChange(world, start, end));
}
