import type { Effect, Expr, Row, Value } from '@backlot/protocol';
import type { Scope } from '@backlot/world';
import { added, candidate, evaluate } from '@backlot/world';
import { call } from '../call.ts';
import { commonest } from '../explain/commonest.ts';
import type { ColumnModel, TableModel } from '../state/tables.ts';
import type { ColumnSite, LearnedEffects } from './effects.ts';
import { noise } from './effects.ts';
import type { Occasion, Terms } from './terms.ts';
import { constants, it, not } from './terms.ts';
import { learnCondition, learnRoughCondition, learnValue, type Given } from './value.ts';
import { markupOf } from './laid-out.ts';
import { isDocument, learnWritten } from './written.ts';

interface Inserted {
  readonly occasion: Occasion;
  readonly row: Row;
  readonly index: number;
  readonly total: number;
}

/** What may stand before the number in a name that counts records: `T-7`. */
const separators = ['-', '_', '#', '/'];

/** One more than the highest name: a number, or one behind what all names begin with. */
function nextNames({ table, column }: ColumnSite): readonly Expr[] {
  const all = { from: table.name, as: candidate };
  const name = it(column.name);
  const after = (number: Expr): Expr => call('text', call('add', call('maxOf', { collect: all, get: number }), { lit: 1 }));
  const behind = separators.map((separator): Expr => {
    const by: Expr = { lit: separator };
    return call('concat', call('beforeLast', { first: all, get: name }, by), by, after(call('number', call('afterLast', name, by))));
  });
  return [after(name), ...behind];
}

/** The same, where most records that were added got that. */
function nextTerm(site: ColumnSite, inserted: readonly Inserted[]): Expr | null {
  const isNext = (next: Expr): boolean =>
    inserted.filter(({ occasion, row }) => evaluate(next, occasion.scope) === row[site.column.name]).length * 2 > inserted.length;
  return nextNames(site).find(isNext) ?? null;
}

const namesRecord = ({ table, column }: ColumnSite): boolean => column.name === table.key || column.part !== undefined;

/** A name that the application makes up: one more than the highest, else something that was never there. */
function freshTerm(site: ColumnSite, inserted: readonly Inserted[]): Expr | null {
  const { table, column } = site;
  const values = inserted.map(({ row }) => String(row[column.name] ?? ''));
  if (new Set(values).size < Math.min(2, values.length)) return null;
  const next = nextTerm(site, inserted);
  if (next) return next;
  return namesRecord(site) ? { fn: 'fresh', args: [{ collect: { from: table.name, as: candidate }, get: it(column.name) }] } : null;
}

/** Cells that name the added record: others may be made of them. */
function ownNames({ table, column }: ColumnSite): readonly Expr[] {
  const isName = (one: ColumnModel): boolean => one.name === table.key || one.part !== undefined;
  return isName(column) ? [] : table.columns.filter(isName).map(({ name }): Expr => ({ col: name, of: added }));
}

function insertedTerms(site: ColumnSite, values: readonly Value[], terms: Terms): Parameters<typeof learnValue>[1] {
  const { column } = site;
  const raw = terms.inputs.filter((term) => !('fn' in term));
  const blanks = raw.map((term): Expr => not({ fn: 'isBlank', args: [term] }));
  const isBoolean = column.type === 'boolean';
  return {
    terms: isBoolean ? [...constants(values), ...terms.inputs, ...blanks] : [...terms.inputs, ...terms.shown, ...constants(values)],
    tests: terms.tests,
    sources: isDocument(column) ? [] : [...raw, ...(isBoolean ? [] : ownNames(site)), ...terms.shown],
  };
}

/** True for a name that is only told from case to case: what was learned of it says nothing of the next. */
function isMemorised(site: ColumnSite, expr: Expr, inserted: readonly Inserted[]): boolean {
  if (!namesRecord(site) || !('fn' in expr) || expr.fn !== 'if') return false;
  return new Set(inserted.map(({ row }) => row[site.column.name])).size === inserted.length || nextTerm(site, inserted) !== null;
}

function insertedValue(site: ColumnSite, inserted: readonly Inserted[], terms: Terms): Expr {
  const { column } = site;
  const withRow = ({ occasion: { scope }, row }: Inserted): Scope => ({ ...scope, rows: { ...scope.rows, [added]: row } });
  const given = inserted.map((one): Given => ({ scope: withRow(one), value: one.row[column.name] ?? null }));
  const known = given.filter(({ value }) => value !== null);
  if (known.length === 0) return { lit: null };
  const values = known.map(({ value }) => value);
  const laidOut = isDocument(column) ? markupOf(site, terms.occasions) : null;
  const written = isDocument(column) ? learnWritten(known, { ...terms, known: laidOut }) : null;
  if (written) return written;
  const learned = learnValue(known, insertedTerms(site, values, terms));
  const isOnce = learned !== null && 'lit' in learned.expr && known.length === 1;
  if (learned && !isOnce && !isMemorised(site, learned.expr, inserted)) return learned.expr;
  return freshTerm(site, inserted) ?? learned?.expr ?? { lit: commonest(values) };
}

/** A record that came once though the action was taken often, and that nothing given accounts for, only came into sight. */
function isChance(row: Readonly<Record<string, Expr>>, times: number, of: number): boolean {
  return times === 1 && of > 1 && !JSON.stringify(row).includes('"arg":');
}

/** Where records are added: an only one stands at both ends and says nothing. */
function placeAmong(inserted: readonly Inserted[]): 'start' | 'end' {
  const telling = inserted.filter(({ total }) => total > 1);
  const atEnd = telling.filter(({ index, total }) => index === total - 1);
  return atEnd.length * 2 >= telling.length ? 'end' : 'start';
}

/** The record that an action adds. */
export function insertEffects(table: TableModel, terms: Terms): LearnedEffects {
  const of = (occasion: Occasion): readonly Inserted[] =>
    (occasion.changes.inserted.get(table.name) ?? []).map((insert) => ({ occasion, ...insert }));
  const some = terms.occasions.filter((occasion) => of(occasion).length > 0);
  const one = some.filter((occasion) => of(occasion).length === 1).flatMap(of);
  if (one.length * 2 < some.length || one.length === 0 || some.length < noise * terms.occasions.length)
    return { effects: [], misses: some };
  const asked = terms.occasions.map((occasion): Given => ({ scope: occasion.scope, value: of(occasion).length > 0 }));
  const isUsual = one.length * 2 > terms.occasions.length;
  const when = learnCondition(asked, terms.tests) ?? (isUsual ? learnRoughCondition(asked, terms.tests) : null);
  if (!when && !isUsual) return { effects: [], misses: some };
  const row = Object.fromEntries(table.columns.map((column) => [column.name, insertedValue({ table, column }, one, terms)]));
  if (isChance(row, one.length, terms.occasions.length)) return { effects: [], misses: some };
  const insert: Effect = { insert: table.name, row, at: placeAmong(one) };
  const wrong = when ? [] : terms.occasions.filter((occasion) => of(occasion).length !== 1);
  return { effects: when && !('lit' in when) ? [{ if: when, do: [insert] }] : [insert], misses: wrong };
}
