import type { Effect, Expr, Value } from '@backlot/protocol';
import { bindRow, candidate, evaluate, toBoolean } from '@backlot/world';
import { rowName } from '../state/belief.ts';
import type { ColumnModel, TableModel } from '../state/tables.ts';
import type { Changes } from './changes.ts';
import type { Case } from './cases.ts';

/** A case with the changes that are to be explained. */
export interface Occasion {
  readonly of: Case;
  readonly scope: Case['scope'];
  readonly changes: Changes;
}

const it = (column: string): Expr => ({ col: column, of: candidate });
const not = (a: Expr): Expr => ({ fn: 'not', args: [a] });
const trim = (a: Expr): Expr => ({ fn: 'trim', args: [a] });

/** Ways to say which rows an effect is about, simplest first. */
function whereTerms(table: TableModel, occasions: readonly Occasion[]): readonly Expr[] {
  const self: Expr = { fn: 'eq', args: [it('id'), { col: 'id', of: rowName(table) }] };
  const switches = table.columns.filter((column) => column.type === 'boolean').flatMap((column) => [it(column.name), not(it(column.name))]);
  const args = [...new Set(occasions.flatMap(({ scope }) => Object.keys(scope.args)))]
    .filter((name) => name !== 'key' && name !== 'checked')
    .sort();
  const named = table.columns
    .filter((column) => column.type === 'text')
    .flatMap((column) => args.map((name): Expr => ({ fn: 'eq', args: [it(column.name), { arg: name }] })));
  return [self, { lit: true }, ...switches, ...named];
}

/** Names of the event's arguments and of fields in sight, as terms; the trimmed form before the raw one. */
export function inputTerms(occasions: readonly Occasion[]): readonly Expr[] {
  const args = new Set(occasions.flatMap(({ scope }) => Object.keys(scope.args)));
  args.delete('key');
  const fields = new Set<string>();
  for (const { of } of occasions) {
    if (!of.request) for (const key of of.before.live.keys()) if (!key.includes(':')) fields.add(key);
  }
  const terms: Expr[] = [];
  for (const name of [...args].sort()) terms.push(trim({ arg: name }), { arg: name });
  for (const anchor of [...fields].sort().slice(0, 40)) terms.push(trim({ field: anchor }), { field: anchor });
  return terms;
}

function constants(values: Iterable<Value>): readonly Expr[] {
  return [...new Set(values)].slice(0, 8).map((value): Expr => ({ lit: value }));
}

const sameCell = (a: Value, b: Value | undefined): boolean => a === (b ?? null);

interface CellUpdate {
  readonly table: string;
  readonly column: string;
  readonly where: Expr;
  readonly to: Expr;
}

function holdsUpdate(occasion: Occasion, { table, column, where, to }: CellUpdate): boolean {
  const cells = occasion.changes.updated.get(`${table}.${column}`);
  const gone = occasion.changes.deleted.get(table);
  for (const row of occasion.scope.state.tables[table] ?? []) {
    if (gone?.has(row.id)) continue;
    const seen = bindRow(occasion.scope, candidate, row);
    const chosen = toBoolean(evaluate(where, seen));
    const expected = chosen ? evaluate(to, seen) : (row[column] ?? null);
    const actual = cells?.has(row.id) ? cells.get(row.id) : row[column];
    if (!sameCell(expected, actual)) return false;
  }
  return true;
}

/** An effect that may explain one component, with a test of it on any occasion and its price in the choice. */
export interface Candidate {
  readonly effect: Effect;
  readonly cost: number;
  readonly holds: (occasion: Occasion) => boolean;
}

/** Old value ± k, where every number that changed went the same way by the same amount. */
function stepTerms(table: TableModel, column: ColumnModel, occasions: readonly Occasion[]): readonly Expr[] {
  const steps = new Set<number>();
  for (const { changes, scope } of occasions) {
    const cells = changes.updated.get(`${table.name}.${column.name}`) ?? new Map<string, Value>();
    for (const row of scope.state.tables[table.name] ?? []) {
      const [was, is] = [String(row[column.name] ?? ''), String(cells.get(row.id) ?? '')];
      if (cells.has(row.id)) steps.add(/^-?\d+$/.test(was) && /^-?\d+$/.test(is) ? Number(is) - Number(was) : Number.NaN);
    }
  }
  const [by] = [...steps];
  if (steps.size !== 1 || by === undefined || Number.isNaN(by) || occasions.length < 2) return [];
  return [{ fn: 'text', args: [{ fn: 'add', args: [it(column.name), { lit: by }] }] }];
}

function updateCandidates(table: TableModel, column: ColumnModel, occasions: readonly Occasion[]): readonly Candidate[] {
  const cells = occasions.flatMap(({ changes }) => [...(changes.updated.get(`${table.name}.${column.name}`)?.values() ?? [])]);
  const isBoolean = column.type === 'boolean';
  const inputs = inputTerms(occasions);
  const lits = constants(cells);
  const others = table.columns.filter((c) => c !== column && c.type === column.type).flatMap((c): Expr[] => [it(c.name)]);
  const switchInputs = inputs.filter((term) => 'arg' in term && term.arg === 'checked');
  const values = isBoolean
    ? [...switchInputs, ...lits, not(it(column.name)), ...others]
    : [...stepTerms(table, column, occasions), ...inputs, ...others, trim(it(column.name)), ...lits];
  const priceOf = (value: Expr, i: number): number => ('lit' in value && !isBoolean ? 50 + i : i);
  return whereTerms(table, occasions).flatMap((where, w) =>
    values.map((to, v): Candidate => {
      const test: CellUpdate = { table: table.name, column: column.name, where, to };
      return {
        effect: { update: table.name, where, set: { [column.name]: to } },
        cost: 3 * w + priceOf(to, v),
        holds: (occasion) => holdsUpdate(occasion, test),
      };
    }),
  );
}

function deleteCandidates(table: TableModel, occasions: readonly Occasion[]): readonly Candidate[] {
  return whereTerms(table, occasions).map((where, cost): Candidate => ({
    effect: { delete: table.name, where },
    cost,
    holds: (occasion) => {
      const gone = occasion.changes.deleted.get(table.name) ?? new Set<string>();
      return (occasion.scope.state.tables[table.name] ?? []).every(
        (row) => toBoolean(evaluate(where, bindRow(occasion.scope, candidate, row))) === gone.has(row.id),
      );
    },
  }));
}

function bestTerm(
  values: readonly { readonly value: Value; readonly occasion: Occasion }[],
  terms: readonly Expr[],
): { term: Expr; hits: number } {
  let best: { term: Expr; hits: number } | null = null;
  for (const term of terms) {
    const hits = values.filter(({ value, occasion }) => sameCell(evaluate(term, occasion.scope), value)).length;
    if (!best || hits > best.hits) best = { term, hits };
  }
  return best ?? { term: { lit: null }, hits: 0 };
}

/** The one insert that explains most occasions: each column by the term that fits it most often. */
function insertCandidates(table: TableModel, occasions: readonly Occasion[]): readonly Candidate[] {
  const seen = occasions.flatMap((occasion) => {
    const rows = occasion.changes.inserted.get(table.name) ?? [];
    return rows.length === 1 ? rows.map((insert) => ({ insert, occasion })) : [];
  });
  if (seen.length === 0) return [];
  const inputs = inputTerms(occasions);
  const row: Record<string, Expr> = {};
  for (const column of table.columns) {
    const values = seen.map(({ insert, occasion }) => ({ value: insert.row[column.name] ?? null, occasion }));
    const few = constants(values.map(({ value }) => value));
    row[column.name] = bestTerm(values, column.type === 'boolean' ? [...few, ...inputs] : [...inputs, ...few]).term;
  }
  const atEnd = seen.filter(({ insert }) => insert.index === insert.total - 1).length;
  const at = atEnd * 2 >= seen.length ? 'end' : 'start';
  const holds = (occasion: Occasion): boolean => {
    const rows = occasion.changes.inserted.get(table.name) ?? [];
    return (
      rows.length === 1 &&
      table.columns.every((column) => sameCell(evaluate(row[column.name] as Expr, occasion.scope), rows[0]?.row[column.name]))
    );
  };
  return [{ effect: { insert: table.name, row, at }, cost: 0, holds }];
}

function registerCandidates(name: string, occasions: readonly Occasion[]): readonly Candidate[] {
  const values = occasions.flatMap(({ changes }) => (changes.set.has(name) ? [changes.set.get(name) as Value] : []));
  const terms: Expr[] = [not({ reg: name }), ...inputTerms(occasions), ...constants(values)];
  const lits = constants(values);
  const ordered = lits.length === 1 ? [...lits, ...terms] : terms;
  return ordered.map((to, cost): Candidate => ({
    effect: { set: name, to },
    cost,
    holds: ({ changes, scope }) =>
      sameCell(evaluate(to, scope), changes.set.has(name) ? changes.set.get(name) : scope.state.registers[name]),
  }));
}

/** All effects that may explain a component of a change. What happens to recalled tables must come from what the user gave. */
export function candidatesFor(component: string, tables: readonly TableModel[], occasions: readonly Occasion[]): readonly Candidate[] {
  const [kind, rest] = [component.slice(0, 3), component.slice(4)];
  if (kind === 'set') return registerCandidates(rest, occasions);
  const [tableName, columnName] = rest.split('.');
  const table = tables.find((candidateTable) => candidateTable.name === tableName);
  if (!table) return [];
  const all = tableCandidates(kind, { table, column: columnName }, occasions);
  return table.recalled ? all.filter(({ effect }) => JSON.stringify(effect).includes('"arg"')) : all;
}

function tableCandidates(
  kind: string,
  at: { table: TableModel; column: string | undefined },
  occasions: readonly Occasion[],
): readonly Candidate[] {
  if (kind === 'del') return deleteCandidates(at.table, occasions);
  if (kind === 'ins') return insertCandidates(at.table, occasions);
  const column = at.table.columns.find((candidate) => candidate.name === at.column);
  return column ? updateCandidates(at.table, column, occasions) : [];
}
