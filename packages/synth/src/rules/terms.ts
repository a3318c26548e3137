import type { Expr, Value } from '@backlot/protocol';
import { candidate } from '@backlot/world';
import { addressTests, countTests, rowTests } from '../explain/vocabulary.ts';
import { knownValue } from '../explain/known-values.ts';
import type { PageModel } from '../pages/page-model.ts';
import { rowName } from '../state/belief.ts';
import type { TableModel } from '../state/tables.ts';
import type { Case } from './cases.ts';
import type { Changes } from './changes.ts';
import { lengthTests } from './length-tests.ts';
import { passwordTests } from './password-tests.ts';
import { thresholdTests } from './threshold-tests.ts';

/** A case with the changes that are to be explained. */
export interface Occasion {
  readonly of: Case;
  readonly scope: Case['scope'];
  readonly changes: Changes;
}

/** What the rules of one action may be made of, worked out once for all its occasions. */
export interface Terms {
  readonly occasions: readonly Occasion[];
  readonly tables: readonly TableModel[];
  /** What the action was given: arguments and fields in sight, the trimmed form before the raw one. */
  readonly inputs: readonly Expr[];
  /** Conditions that may tell one outcome from another. */
  readonly tests: readonly Expr[];
  /** Conditions on what lists add up to, for what pages offer rather than for what becomes of records. */
  readonly bounds: readonly Expr[];
  /** What the page shows where the action took place, first of it what the record says that it was done to. */
  readonly shown: readonly Expr[];
  /** What the record says that the action was done to. */
  readonly acted: readonly Expr[];
}

export const it = (column: string): Expr => ({ col: column, of: candidate });
export const not = (a: Expr): Expr => ({ fn: 'not', args: [a] });
const trim = (a: Expr): Expr => ({ fn: 'trim', args: [a] });
export const eq = (a: Expr, b: Expr): Expr => ({ fn: 'eq', args: [a, b] });

/** Names of the arguments that occasions had. */
export function argumentNames(occasions: readonly Occasion[]): readonly string[] {
  return [...new Set(occasions.flatMap(({ scope }) => Object.keys(scope.args)))].filter((name) => name !== 'key').sort();
}

/** Fields that stood on every page where the action was taken: what only some have tells pages apart, not what was done there. */
function fieldsIn(occasions: readonly Occasion[]): ReadonlySet<string> {
  const byPage = new Map<PageModel, Set<string>>();
  for (const { of } of occasions) {
    const { page, live } = of.before;
    if (of.request) continue;
    const fields = byPage.get(page) ?? new Set<string>();
    byPage.set(page, fields);
    for (const key of live.keys()) if (!key.includes(':')) fields.add(page.shared.common.get(key) ?? key);
  }
  const [first = new Set<string>(), ...others] = byPage.values();
  return new Set([...first].filter((field) => others.every((fields) => fields.has(field))));
}

function inputTerms(occasions: readonly Occasion[]): readonly Expr[] {
  const fields = fieldsIn(occasions);
  const terms: Expr[] = [];
  for (const name of argumentNames(occasions)) terms.push(trim({ arg: name }), { arg: name });
  for (const anchor of [...fields].sort().slice(0, 40)) terms.push(trim({ field: anchor }), { field: anchor });
  return terms;
}

const maxArgumentValues = 8;

/** Equality with the values that an argument takes more than once: all of few, else those that come back most. */
function argumentTests(occasions: readonly Occasion[]): readonly Expr[] {
  const values = new Map<string, Map<Value, number>>();
  for (const { scope } of occasions) {
    for (const [name, value] of Object.entries(scope.args)) {
      const counts = values.get(name) ?? new Map<Value, number>();
      values.set(name, counts.set(value, (counts.get(value) ?? 0) + 1));
    }
  }
  return (
    [...values]
      // What never comes back is free text.
      .filter(([name, counts]) => name !== 'checked' && counts.size > 1 && [...counts.values()].some((count) => count > 1))
      .flatMap(([name, counts]) => {
        const often = [...counts].filter(([, count]) => count > 2 || counts.size <= maxArgumentValues).sort((a, b) => b[1] - a[1]);
        return often.slice(0, maxArgumentValues).map(([value]): Expr => eq({ arg: name }, { lit: value }));
      })
  );
}

/** More tables than this are not all counted in conditions. */
const fewTables = 6;

/** Conditions on whether what the action names is known: a record with that key. */
function recordTests(occasions: readonly Occasion[], tables: readonly TableModel[]): readonly Expr[] {
  const names = argumentNames(occasions).filter((name) => name !== 'checked');
  return tables.flatMap((table) =>
    namingColumns(table).flatMap((column) =>
      names.map((name): Expr => ({ count: { from: table.name, as: 'k', where: eq({ col: column, of: 'k' }, { arg: name }) } })),
    ),
  );
}

/** Conditions on whether what the page shows is among the records of a list that scripts keep. */
function shownTests(tables: readonly TableModel[], shown: readonly Expr[]): readonly Expr[] {
  const wholes = tables.filter((table) => table.whole === true);
  return wholes.flatMap((table) =>
    shown.map((term): Expr => ({ count: { from: table.name, as: 'k', where: eq({ col: table.key ?? 'id', of: 'k' }, term) } })),
  );
}

/** Columns whose values name a record: its key and parts of its addresses. */
export function namingColumns(table: TableModel): readonly string[] {
  return table.columns.filter((column) => column.name === table.key || column.part !== undefined).map((column) => column.name);
}

const mostChoices = 6;

/** Texts that lists which scripts open have on offer. */
function offered(occasions: readonly Occasion[], tables: readonly TableModel[]): ReadonlySet<Value> {
  const names = tables.filter(({ opened }) => opened === true).map(({ name }) => name);
  const rows = names.flatMap((name) => occasions[0]?.scope.state.tables[name] ?? []);
  return new Set(rows.flatMap((row) => Object.values(row)).filter((value) => typeof value === 'string' && value !== ''));
}

/** Which of the texts on offer a register holds: what was chosen. */
function choiceTests(registers: readonly string[], occasions: readonly Occasion[], tables: readonly TableModel[]): readonly Expr[] {
  const choices = offered(occasions, tables);
  if (choices.size === 0) return [];
  return registers.flatMap((name) => {
    const held = new Set(occasions.map(({ scope }) => scope.state.registers[name] ?? null));
    const texts = [...held].filter((value) => choices.has(value)).sort() as string[];
    return held.size > 1 && held.size <= mostChoices ? texts.map((text) => eq({ reg: name }, { lit: text })) : [];
  });
}

/** Tables with a record that the action was done to, each time. */
export function actedTables(occasions: readonly Occasion[], tables: readonly TableModel[]): readonly TableModel[] {
  return tables.filter((table) => occasions.every(({ scope }) => rowName(table) in scope.rows));
}

function guardTests(occasions: readonly Occasion[], tables: readonly TableModel[], inputs: readonly Expr[]): readonly Expr[] {
  const blank = inputs.filter((term) => !('fn' in term)).map((term): Expr => ({ fn: 'isBlank', args: [term] }));
  const rows = actedTables(occasions, tables);
  const unchanged = rows.flatMap((table) =>
    table.columns
      .filter((column) => column.type === 'text')
      .flatMap((column) => inputs.map((term): Expr => eq(term, { col: column.name, of: rowName(table) }))),
  );
  const registers = [...new Set(occasions.flatMap(({ scope }) => Object.keys(scope.state.registers)))].sort();
  const switches = registers.filter((name) => occasions.some(({ scope }) => typeof scope.state.registers[name] === 'boolean'));
  return [
    ...choiceTests(registers, occasions, tables),
    ...passwordTests(occasions, inputs),
    ...blank,
    ...lengthTests(occasions, inputs),
    ...argumentTests(occasions),
    ...(inputs.some((term) => 'arg' in term && term.arg === 'checked') ? [{ arg: 'checked' }] : []),
    ...rows.flatMap(rowTests),
    ...(tables.length <= fewTables ? tables.flatMap(countTests) : []),
    ...switches.map((name): Expr => ({ reg: name })),
    ...addressTests(occasions.map(({ of }) => of.before.view.url)),
    ...recordTests(occasions, tables),
    ...unchanged,
  ];
}

/** What a page showed otherwise from one occasion to the next, each said once. */
function differing(shown: readonly Expr[], occasions: readonly Occasion[]): readonly Expr[] {
  const known = new Set<string>();
  return shown.filter((term) => {
    const values = occasions.map(({ scope }) => knownValue(term, scope));
    const spelled = JSON.stringify(values);
    if (known.has(spelled) || (occasions.length > 1 && values.every((value) => value === values[0]))) return false;
    known.add(spelled);
    return true;
  });
}

/** The cells of the record that an action was done to, as far as people see them. */
function actedCells(occasions: readonly Occasion[], tables: readonly TableModel[]): readonly Expr[] {
  return actedTables(occasions, tables).flatMap((table) =>
    table.columns
      .filter((column) => column.type === 'text' && column.source?.kind === 'text' && !column.source.live)
      .map(({ name }): Expr => ({ col: name, of: rowName(table) })),
  );
}

/** The terms for the occasions of one action. */
export function termsOf(occasions: readonly Occasion[], tables: readonly TableModel[], onPage: readonly Expr[] = []): Terms {
  const acted = differing(actedCells(occasions, tables), occasions);
  const shown = differing(onPage, occasions);
  const inputs = inputTerms(occasions);
  const tests = [...guardTests(occasions, tables, inputs), ...shownTests(tables, shown)];
  return {
    occasions,
    tables,
    inputs,
    tests,
    bounds: thresholdTests(
      occasions.map(({ scope }) => scope),
      tables,
    ),
    shown: [...acted, ...shown],
    acted,
  };
}

/** The distinct values, few of them, as constants. */
export function constants(values: Iterable<Value>): readonly Expr[] {
  return [...new Set(values)].slice(0, 8).map((value): Expr => ({ lit: value }));
}
