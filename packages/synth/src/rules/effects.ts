import type { Effect, Expr, Row, Value } from '@backlot/protocol';
import { bindRow, candidate, evaluate, toBoolean } from '@backlot/world';
import { rowName } from '../state/belief.ts';
import type { ColumnModel, TableModel } from '../state/tables.ts';
import { orFilled } from './filled.ts';
import { composed, isSpoken } from './composed.ts';
import { isSourceColumn, markupOf } from './laid-out.ts';
import { latchedBy } from './latches.ts';
import { isOpposite, isStillOffered } from './switches.ts';
import type { Occasion, Terms } from './terms.ts';
import { argumentNames, constants, eq, it, namingColumns, not } from './terms.ts';
import { learnCondition, learnValue, type Given, type LearnedValue } from './value.ts';
import { isDocument, learnWritten } from './written.ts';

/** Effects on one part of the state, and on how many occasions they are wrong about it. */
export interface LearnedEffects {
  readonly effects: readonly Effect[];
  readonly misses: readonly Occasion[];
}

const rowsOf = ({ scope }: Occasion, table: TableModel): readonly Row[] => scope.state.tables[table.name] ?? [];

/** Whether a row is the one that the action was done to, where it was done to one: of several choices one is taken. */
function selfTests(table: TableModel, occasions: readonly Occasion[]): readonly Expr[] {
  const isDoneToOne = occasions.some(({ scope }) => rowName(table) in scope.rows);
  return isDoneToOne ? [eq(it('id'), { col: 'id', of: rowName(table) })] : [];
}

/** Parameters of addresses that name a record which scripts hold: what is done there is done to it, though no form says to which. */
function addressedBy({ fetched, bindings }: TableModel): readonly string[] {
  return fetched === true ? [...new Set(bindings.flatMap(({ by }) => by?.param ?? []))].sort() : [];
}

/** Ways to say which rows an effect is about, simplest first. */
function whereTerms(table: TableModel, { occasions, shown }: Terms): readonly Expr[] {
  const names = argumentNames(occasions).filter((name) => name !== 'checked');
  const self = selfTests(table, occasions);
  const naming = namingColumns(table);
  const texts = table.columns.filter((column) => column.type === 'text' && !naming.includes(column.name)).map((column) => column.name);
  const named = (columns: readonly string[]): Expr[] =>
    columns.flatMap((column) => names.map((name): Expr => eq(it(column), { fn: 'trim', args: [{ arg: name }] })));
  const listed = names.flatMap((name): Expr[] => [
    { fn: 'hasItem', args: [{ fn: 'items', args: [{ arg: name }, { lit: ' ' }] }, it(table.key ?? 'id')] },
  ]);
  const holding = table.columns
    .filter((column) => column.type === 'list')
    .flatMap((column) => names.map((name): Expr => ({ fn: 'hasItem', args: [it(column.name), { arg: name }] })));
  const switches = table.columns.filter((column) => column.type === 'boolean').flatMap(({ name }) => [it(name), not(it(name))]);
  const onPage = table.whole === true ? naming.flatMap((column) => shown.map((term): Expr => eq(it(column), term))) : [];
  const addressed = addressedBy(table).map((param): Expr => eq(it(table.key ?? 'id'), { param }));
  return [
    ...self,
    ...onPage,
    ...addressed,
    ...named(naming),
    ...named(texts),
    ...holding,
    ...(naming.length > 0 ? listed : []),
    { lit: true },
    ...switches,
  ];
}

function chosen(where: Expr, occasion: Occasion, table: TableModel): readonly Row[] {
  return rowsOf(occasion, table).filter((row) => toBoolean(evaluate(where, bindRow(occasion.scope, candidate, row))));
}

/** Share of changes that a way to name rows may miss. */
const lost = 0.05;
/** Rows that it may name for each that changes: the others must be told apart by what becomes of them. */
const mostExtra = 12;

/** Ways to name rows that cover the changed ones, each with the rows that it chooses on every occasion. */
function covering(
  table: TableModel,
  terms: Terms,
  changed: (occasion: Occasion) => ReadonlySet<string>,
): readonly { readonly where: Expr; readonly rows: readonly (readonly Row[])[] }[] {
  const total = terms.occasions.reduce((sum, occasion) => sum + changed(occasion).size, 0);
  return whereTerms(table, terms).flatMap((where) => {
    let [missed, extra] = [0, 0];
    const rows: (readonly Row[])[] = [];
    for (const occasion of terms.occasions) {
      const ids = changed(occasion);
      const picked = chosen(where, occasion, table);
      const hit = picked.filter((row) => ids.has(row.id)).length;
      missed += ids.size - hit;
      extra += picked.length - hit;
      if (missed > lost * total || extra > mostExtra * Math.max(4, total)) return [];
      rows.push(picked);
    }
    return [{ where, rows }];
  });
}

const wrongly = (occasions: readonly Occasion[], wrong: ReadonlySet<number>): readonly Occasion[] =>
  occasions.filter((_occasion, i) => wrong.has(i));

/** Old value ± k, where every number that changed went the same way by the same amount; once is enough for one more or less. */
function stepTerms(column: ColumnModel, given: readonly Given[]): readonly Expr[] {
  const steps = new Set<number>();
  for (const { scope, value } of given) {
    const [was, is] = [String(evaluate(it(column.name), scope) ?? ''), String(value ?? '')];
    if (was !== is) steps.add(/^-?\d+$/.test(was) && /^-?\d+$/.test(is) ? Number(is) - Number(was) : Number.NaN);
  }
  const [by] = [...steps];
  if (steps.size !== 1 || by === undefined || Number.isNaN(by) || (given.length < 2 && Math.abs(by) !== 1)) return [];
  return [{ fn: 'text', args: [{ fn: 'add', args: [it(column.name), { lit: by }] }] }];
}

/** Old value and what was put in, added up. */
function sumTerms(column: ColumnModel, { inputs }: Terms, given: readonly Given[]): readonly Expr[] {
  const isWhole = (value: Value): boolean => /^\d+$/.test(String(value ?? ''));
  if (!given.every(({ scope, value }) => isWhole(value) && isWhole(evaluate(it(column.name), scope)))) return [];
  const number = (of: Expr): Expr => ({ fn: 'number', args: [of] });
  return inputs
    .filter((term) => !('fn' in term) && given.every(({ scope }) => isWhole(evaluate(term, scope))))
    .map((term): Expr => ({ fn: 'text', args: [{ fn: 'add', args: [number(it(column.name)), number(term)] }] }));
}

/** An amount in its words: `$45.00`. */
const amountShape = /^(\D*)\d[\d,]*(\.\d+)?(\D*)$/;

/** An amount that grows in proportion to a number of the same record, by what was put in or by one: a line's total by its quantity. */
function scaledTerms(table: TableModel, column: ColumnModel, { terms, given }: { terms: Terms; given: readonly Given[] }): readonly Expr[] {
  const shape = amountShape.exec(String(given[0]?.value ?? ''));
  if (!shape?.[2] || !given.every(({ value }) => amountShape.test(String(value ?? '')))) return [];
  const isWhole = (name: string): boolean => given.every(({ scope }) => /^[1-9]\d*$/.test(String(evaluate(it(name), scope) ?? '')));
  const call = (fn: string, ...args: readonly Expr[]): Expr => ({ fn, args });
  const by = [...terms.inputs.filter((term) => !('fn' in term)), { lit: 1 }, { lit: -1 }];
  const decimals = shape[2].length - 1;
  return table.columns
    .filter(({ name, type }) => name !== column.name && type === 'text' && isWhole(name))
    .flatMap(({ name }) =>
      by.map((term) => call('div', call('add', call('number', it(name)), call('number', term)), call('number', it(name)))),
    )
    .map((ratio) => call('fixed', call('mul', call('amount', it(column.name)), ratio), { lit: decimals }, { lit: ',' }))
    .map((text) => call('concat', { lit: shape[1] ?? '' }, text, { lit: shape[3] ?? '' }));
}

/** Share of occasions on which a sum may not have been taken: the application refused. */
const refused = 0.35;

/** What adds up, where that accounts for nearly all that changed: a condition for the few exceptions would be made up. */
function addedUp(sums: readonly Expr[], given: readonly Given[], column: ColumnModel): LearnedValue | null {
  const tried = sums.map((expr) => ({
    expr,
    misses: given.flatMap(({ scope, value }, i) => (evaluate(expr, scope) === value ? [] : [i])),
  }));
  const [best] = tried.toSorted((a, b) => a.misses.length - b.misses.length);
  if (!best || best.misses.length > refused * given.length) return null;
  const changed = given.filter(({ scope, value }, i) => !best.misses.includes(i) && evaluate(it(column.name), scope) !== value);
  return changed.length >= Math.min(fewestChanges, given.length) ? best : null;
}

/** How many rows may be looked at to learn what becomes of a column. */
const mostRows = 200;
/** Ways to name the rows that are tried. */
const mostWays = 3;

/** Fewer changes than this share of an action's occasions are not the action's doing. */
export const noise = 0.04;

const fewestChanges = 2;
/** The same for an action that rarely finds a record to change, of the occasions on which it does. */
const often = 0.3;

/** Cells of the rows that an effect is about, after it. */
interface Rewritten {
  readonly given: readonly Given[];
  /** Which occasion each of them is from. */
  readonly owner: readonly number[];
}

function rewritten({ table, column }: ColumnSite, { occasions }: Terms, rows: readonly (readonly Row[])[]): Rewritten {
  const given: Given[] = [];
  const owner: number[] = [];
  for (const [i, picked] of rows.entries()) {
    const occasion = occasions[i] as Occasion;
    const cells = cellsIn({ table, column }, occasion);
    const gone = occasion.changes.deleted.get(table.name);
    for (const row of picked) {
      if (gone?.has(row.id) || (given.length >= mostRows && !cells.has(row.id))) continue;
      const value = cells.has(row.id) ? (cells.get(row.id) as Value) : (row[column.name] ?? null);
      // What it became is not known.
      if (value === null && table.whole === true) continue;
      owner.push(i);
      given.push({ scope: bindRow(occasion.scope, candidate, row), base: occasion.scope, value });
    }
  }
  return { given, owner };
}

export interface ColumnSite {
  readonly table: TableModel;
  readonly column: ColumnModel;
}

const cellsIn = ({ table, column }: ColumnSite, { changes }: Occasion): ReadonlyMap<string, Value> =>
  changes.updated.get(`${table.name}.${column.name}`) ?? new Map<string, Value>();

/** What an action does to one column. */
export function updateEffects(table: TableModel, column: ColumnModel, terms: Terms): LearnedEffects {
  const site = { table, column };
  const all = { effects: [], misses: terms.occasions.filter((occasion) => cellsIn(site, occasion).size > 0) };
  const isUsual = all.misses.length >= noise * terms.occasions.length;
  if (!isUsual && all.misses.length < fewestChanges) return all;
  for (const { where, rows } of covering(table, terms, (occasion) => new Set(cellsIn(site, occasion).keys())).slice(0, mostWays)) {
    if (!isUsual && all.misses.length < often * rows.filter((picked) => picked.length > 0).length) continue;
    const { given, owner } = rewritten(site, terms, rows);
    const known = isDocument(column) ? markupOf(site, terms.occasions) : null;
    const written = isDocument(column) ? learnWritten(given, { ...terms, known, own: it(column.name) }) : null;
    if (written) return { effects: [{ update: table.name, where, set: { [column.name]: written } }], misses: [] };
    const cells = terms.occasions.flatMap((occasion) => [...cellsIn(site, occasion).values()]);
    const sums = [...stepTerms(column, given), ...sumTerms(column, terms, given), ...scaledTerms(table, column, { terms, given })];
    const found = addedUp(sums, given, column) ?? learnValue(given, updateTerms(table, column, { terms, cells, given }));
    const learned = orFilled(found, given, { column: column.name, tests: terms.tests });
    if (!learned) continue;
    const wrong = new Set(learned.misses.map((miss) => owner[miss] as number));
    const to = isOpposite(learned.expr, given, column) && isStillOffered(table, terms.occasions) ? not(it(column.name)) : learned.expr;
    return { effects: [{ update: table.name, where, set: { [column.name]: to } }], misses: wrongly(terms.occasions, wrong) };
  }
  return all;
}

/** Texts of which a form sends the parts one by one. */
function wholeTexts(given: readonly Given[], { inputs }: Terms, own: Expr): readonly Expr[] {
  const changed = given.filter(({ scope, value }) => evaluate(own, scope) !== value);
  const spoken = inputs.filter((input) => 'arg' in input && isSpoken(input, changed));
  return spoken.map((input) => composed(input, changed, inputs)).filter((term) => !('arg' in term));
}

function updateTerms(
  table: TableModel,
  column: ColumnModel,
  { terms, cells, given }: { readonly terms: Terms; readonly cells: readonly Value[]; readonly given: readonly Given[] },
): Parameters<typeof learnValue>[1] {
  const own = it(column.name);
  const others = table.columns.filter((c) => c !== column && c.type === column.type).map((c) => it(c.name));
  const switches = table.columns.filter((c) => c.type === 'boolean').map((c) => it(c.name));
  const isBoolean = column.type === 'boolean';
  const values = isBoolean
    ? [...terms.inputs.filter((term) => 'arg' in term && term.arg === 'checked'), ...constants(cells), not(own), own, ...others]
    : [
        ...terms.inputs,
        ...(isSourceColumn(column) ? wholeTexts(given, terms, own) : []),
        own,
        ...others,
        ...terms.acted,
        ...terms.shown.filter((term) => 'reg' in term),
        ...constants(cells),
      ];
  const blanks = terms.inputs.filter((term) => !('fn' in term)).map((term): Expr => not({ fn: 'isBlank', args: [term] }));
  const self = selfTests(table, terms.occasions);
  return {
    terms: isBoolean ? [...values, ...self, ...blanks] : values,
    tests: [...switches, ...self, ...terms.tests],
    sources: isDocument(column) ? [] : [...terms.inputs.filter((term) => !('fn' in term)), own, ...others, ...terms.acted],
  };
}

/** Which records an action removes. */
export function deleteEffects(table: TableModel, terms: Terms): LearnedEffects {
  const goneOf = (occasion: Occasion): ReadonlySet<string> => occasion.changes.deleted.get(table.name) ?? new Set();
  const some = terms.occasions.filter((occasion) => goneOf(occasion).size > 0);
  if (some.length < noise * terms.occasions.length) return { effects: [], misses: some };
  for (const { where, rows } of covering(table, terms, goneOf).slice(0, mostWays)) {
    const given = rows.flatMap((picked, i) => {
      const occasion = terms.occasions[i] as Occasion;
      return picked.map((row): Given => ({
        scope: bindRow(occasion.scope, candidate, row),
        base: occasion.scope,
        value: goneOf(occasion).has(row.id),
      }));
    });
    const switches = table.columns.filter((column) => column.type === 'boolean').map((column) => it(column.name));
    const when = learnCondition(given, [...switches, ...terms.tests]);
    if (!when) continue;
    const condition: Expr = 'lit' in when ? where : 'lit' in where ? when : { fn: 'and', args: [where, when] };
    return { effects: [{ delete: table.name, where: condition }], misses: [] };
  }
  return { effects: [], misses: some };
}

/** What an action does to a register. */
export function registerEffects(name: string, terms: Terms): LearnedEffects {
  const past = latchedBy(name);
  if (past !== null) return { effects: [{ set: name, to: { fn: 'or', args: [{ reg: name }, { reg: past }] } }], misses: [] };
  const valueOf = ({ changes, scope }: Occasion): Value =>
    changes.set.has(name) ? (changes.set.get(name) as Value) : (scope.state.registers[name] ?? null);
  const changed = terms.occasions.filter(({ changes }) => changes.set.has(name));
  if (changed.length < noise * terms.occasions.length) return { effects: [], misses: changed };
  const given = terms.occasions.map((occasion): Given => ({ scope: occasion.scope, value: valueOf(occasion) }));
  const lits = constants(changed.map(valueOf));
  const own: Expr = { reg: name };
  const isBoolean = changed.every((occasion) => typeof valueOf(occasion) === 'boolean');
  const learned = learnValue(given, {
    terms: [...(lits.length === 1 ? lits : []), ...(isBoolean ? [not(own)] : []), ...terms.inputs, own, ...terms.shown, ...lits],
    tests: [...(isBoolean ? [own] : []), ...terms.tests, ...terms.bounds],
    sources: [...terms.inputs.filter((term) => !('fn' in term)), own, ...terms.shown],
  });
  if (!learned || ('reg' in learned.expr && learned.expr.reg === name)) return { effects: [], misses: changed };
  const wrong = new Set(learned.misses);
  return { effects: [{ set: name, to: learned.expr }], misses: wrongly(terms.occasions, wrong) };
}
