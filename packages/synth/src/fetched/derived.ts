import type { Expr, Value } from '@backlot/protocol';
import { call } from '../call.ts';
import type { DeriveExample } from '../derive/derive.ts';
import { derive } from '../derive/derive.ts';
import { usualBy } from '../explain/commonest.ts';
import type { ColumnModel } from '../state/columns.ts';
import { inputsOf } from './inputs.ts';
import type { Row } from '../state/pairs.ts';

/** What a place showed of a record, with all that scripts held of it then. */
export interface Shown {
  readonly value: Value;
  readonly row: Row;
}

/** Share of sightings that must follow. */
const nearly = 0.95;
/** Different values of a field that are kinds of records, and how often each is seen on average. */
const mostKinds = 10;
const fewestOfKind = 3;
/** Sightings of each side of a switch. */
const fewestOfSide = 2;
const mostExamples = 80;
/** Share of the bits that a condition tells which it may take. */
const worth = 0.8;

const isSwitch = (shown: readonly Shown[]): boolean => shown.every(({ value }) => typeof value === 'boolean');

/** Share of sightings on which what is held of a record must tell what is shown: logs err now and then. */
const mostlyTold = 0.9;

/** What is usually shown of each state of a record, once; null where that differs too often. */
function usualOf(shown: readonly Shown[], columns: readonly string[]): readonly Shown[] | null {
  const spelled = shown.map((one) => [JSON.stringify(columns.map((name) => one.row[name] ?? null)), one] as const);
  const { usual, right } = usualBy(spelled.map(([key, { value }]) => [key, value] as const));
  if (right < mostlyTold * shown.length) return null;
  const rows = new Map(spelled.map(([key, { row }]) => [key, row]));
  return [...rows].map(([key, row]): Shown => ({ value: usual.get(key) ?? null, row }));
}

/** Says which kind of record shows what, told by a field that takes few values. */
function byKind(shown: readonly Shown[], column: string): Expr | null {
  const pairs = shown.map(({ value, row }) => [row[column] ?? '', value] as const);
  const { usual, right } = usualBy(pairs);
  if (usual.size > mostKinds || usual.size * fewestOfKind > shown.length || right < nearly * shown.length) return null;
  const outputs = [...new Set(usual.values())];
  if (outputs.length < 2 || [...usual.keys()].some((kind) => typeof kind !== 'string')) return null;
  const kinds = [...usual].toSorted(([a], [b]) => (String(a) < String(b) ? -1 : 1));
  if (isSwitch(shown)) {
    const tests = kinds.filter(([, value]) => value === true).map(([kind]) => call('eq', { col: column }, { lit: kind }));
    return tests.length > 1 ? call('or', ...tests) : (tests[0] ?? null);
  }
  return kinds.reduce<Expr>(
    (otherwise, [kind, value]) => call('if', call('eq', { col: column }, { lit: kind }), { lit: value }, otherwise),
    {
      lit: '',
    },
  );
}

/** Bits that it takes to say of each sighting which side it is on. */
function bitsOf(sides: readonly number[]): number {
  const all = sides.reduce((sum, side) => sum + side, 0);
  return sides.reduce((sum, side) => sum - side * Math.log2(side / all), 0);
}

/** A condition on what scripts hold of a record: it must say less than what it tells. */
function byCondition(shown: readonly Shown[], columns: readonly ColumnModel[]): Expr | null {
  const sides = [true, false].map((side) => shown.filter(({ value }) => value === side).length);
  if (Math.min(...sides) < fewestOfSide) return null;
  return follows(shown, columns, worth * bitsOf(sides));
}

function follows(shown: readonly Shown[], columns: readonly ColumnModel[], maxCost?: number): Expr | null {
  const inputs = inputsOf(columns);
  const examples = shown
    .slice(0, mostExamples)
    .map(({ value, row }): DeriveExample => ({ inputs: inputs.map(({ read }) => read(row)), output: value }));
  const terms = inputs.map(({ expr }) => expr);
  return (
    derive(terms, examples, { slack: 1 - nearly, constantsAllowed: false, ...(maxCost === undefined ? {} : { maxCost }) })?.expr ?? null
  );
}

/** True for what hangs on what a field says rather than on whether it says anything. */
const namesKinds = (expr: Expr): boolean => 'fn' in expr && (expr.fn === 'eq' || expr.fn === 'ne' || expr.args.some(namesKinds));

/** What a place shows of records, worked out from what scripts hold of them; null where that does not tell. */
export function derivedFrom(all: readonly Shown[], columns: readonly ColumnModel[]): Expr | null {
  const shown = usualOf(
    all,
    columns.map(({ name }) => name),
  );
  if (!shown || new Set(shown.map(({ value }) => value)).size < 2) return null;
  const condition = isSwitch(shown) ? byCondition(shown, columns) : null;
  if (condition) return condition;
  const written = isSwitch(shown) ? null : follows(shown, columns);
  if (written && !namesKinds(written)) return written;
  for (const { name, type } of columns) {
    const found = type === 'text' ? byKind(shown, name) : null;
    if (found) return found;
  }
  return written;
}
