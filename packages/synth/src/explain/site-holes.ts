import type { Expr, Value } from '@backlot/protocol';
import type { PageModel, Site } from '../pages/page-model.ts';
import { mainList } from '../state/tables.ts';
import type { TableModel } from '../state/tables.ts';
import type { ColumnModel } from '../state/columns.ts';
import type { Binding } from '../state/bindings.ts';
import type { Hole } from '../template/holes.ts';
import { changesInLoad, isOutOfSight, varies } from '../template/holes.ts';
import type { Instance } from '../template/pattern.ts';
import type { SessionViews } from '../views.ts';
import { accountConstants } from './account-constants.ts';
import { commonest } from './commonest.ts';
import type { Spot } from './layout.ts';
import { spotsOf } from './layout.ts';
import type { GroupList } from './groups.ts';
import { groupLists } from './groups.ts';
import type { ListQuery } from './list-queries.ts';
import { listQuery } from './list-queries.ts';
import type { MemoryModel, Mode } from './memory.ts';
import { rememberPage } from './memory.ts';
import type { ExplainInputs } from './page-holes.ts';
import { explainList, explainPageHole, explainRowHole } from './page-holes.ts';
import { recordOf } from './page-vocabulary.ts';
import { isUniform } from './placed.ts';
import type { RegisterModel } from './registers.ts';
import { registersFor } from './registers.ts';
import { belongsToAddress } from './remember.ts';
import type { RememberInputs } from './remember.ts';
import { isHeld } from './touched.ts';

export type { RegisterModel } from './registers.ts';

/** What every hole shows. */
export interface Explained {
  readonly exprs: ReadonlyMap<Hole, Expr>;
  readonly queries: readonly ListQuery[];
  readonly groups: readonly GroupList[];
  readonly registers: readonly RegisterModel[];
  readonly memories: readonly MemoryModel[];
  /** Occasions on which a hole showed something else than its expression says. */
  readonly misses: ReadonlyMap<Hole, number>;
}

/** Explaining needs the state behind views, which needs the registers found so far. */
export type InputsWith = (registers: readonly RegisterModel[]) => Omit<ExplainInputs, 'queries'>;

const telling = new Set(
  'href src value checked selected disabled hidden open placeholder title alt style role type readonly required for id name action method tabindex'.split(
    ' ',
  ),
);

const matters = (hole: Hole): boolean => hole.kind !== 'attribute' || telling.has(hole.name) || hole.name.startsWith('aria-');

/** What has been explained so far. */
class Ledger {
  readonly exprs = new Map<Hole, Expr>();
  readonly misses = new Map<Hole, number>();

  adopt(registers: readonly RegisterModel[]): void {
    for (const register of registers) for (const [hole, expr] of register.holes) this.exprs.set(hole, expr);
  }

  settle(hole: Hole, learned: { readonly expr: Expr; readonly misses: readonly number[] } | null): boolean {
    if (!learned) return false;
    this.exprs.set(hole, learned.expr);
    if (learned.misses.length > 0) this.misses.set(hole, learned.misses.length);
    return true;
  }
}

function pageHoles(site: Site): readonly (readonly [PageModel, Hole])[] {
  return site.pages.flatMap((page) => page.holes.filter((hole) => !hole.frame.list).map((hole) => [page, hole] as const));
}

const isSwitch = (hole: Hole): boolean => typeof hole.values.values().next().value === 'boolean';

function settleShows(columns: readonly ColumnModel[], ledger: Ledger): void {
  for (const { items } of columns) {
    for (const [hole, expr] of items?.shows ?? []) ledger.exprs.set(hole, expr);
    if (items) settleShows(items.columns, ledger);
  }
}

/** A page about one record shows that record's columns. */
function ofRecord(expr: Expr, table: TableModel, binding: Binding): Expr {
  if ('fn' in expr) return { fn: expr.fn, args: expr.args.map((arg) => ofRecord(arg, table, binding)) };
  return 'col' in expr ? { first: recordOf(table, binding), get: { col: expr.col, of: 'd' } } : expr;
}

function settleTables(tables: readonly TableModel[], ledger: Ledger): void {
  for (const table of tables) {
    for (const binding of table.bindings) {
      if (binding.list) for (const [hole, expr] of binding.shows) ledger.exprs.set(hole, expr);
      settleShows(binding.columns, ledger);
    }
  }
}

/** Where the address names a record that is known, a hole shows what the record has; elsewhere whatever else explains it. */
interface RecordShow {
  readonly binding: Binding;
  readonly known: Expr;
  readonly expr: Expr;
}

function recordShows(tables: readonly TableModel[]): ReadonlyMap<string, readonly RecordShow[]> {
  const shows = new Map<string, RecordShow[]>();
  for (const table of tables) {
    for (const binding of table.bindings) {
      if (!binding.by) continue;
      for (const [hole, expr] of binding.shows) {
        const show = { binding, known: { count: recordOf(table, binding) }, expr: ofRecord(expr, table, binding) };
        shows.set(hole.id, [...(shows.get(hole.id) ?? []), show]);
      }
    }
  }
  return shows;
}

/** A hole without the occasions on which it shows a known record. */
function elsewhere(hole: Hole, shows: readonly RecordShow[]): Hole {
  const values = [...hole.values].filter(([{ view }]) => shows.every(({ binding }) => binding.by?.nameAt(view) === ''));
  return { ...hole, values: new Map(values) };
}

function withRecords(expr: Expr, shows: readonly RecordShow[]): Expr {
  return shows.reduceRight<Expr>((otherwise, show) => ({ fn: 'if', args: [show.known, show.expr, otherwise] }), expr);
}

function explainRows(inputs: ExplainInputs, ledger: Ledger): void {
  for (const table of inputs.tables) {
    for (const hole of table.bindings.flatMap((binding) => binding.rest)) {
      if (ledger.exprs.has(hole) || ledger.settle(hole, explainRowHole(table, hole, inputs))) continue;
      ledger.exprs.set(hole, { lit: commonest(hole.values.values()) });
    }
  }
}

/** Explains what the lists show: by query for records with names, by condition for the others. */
function listQueries(inputs: Omit<ExplainInputs, 'queries'>, known: KnownRegisters): readonly ListQuery[] {
  const { sessions, registers, modes } = known;
  return inputs.tables.flatMap((table) => {
    const byQuery = table.key !== undefined || table.recalled;
    const lists = table.bindings.filter((binding) => binding.list);
    if (byQuery) return lists.map((binding) => listQuery(table, binding, { belief: inputs.belief, sessions, registers, modes }));
    const shown = explainList(table, { ...inputs, queries: [] });
    const where = shown && !('lit' in shown.expr) ? { where: shown.expr } : {};
    const query = { from: table.name, as: `r${table.name}`, ...where };
    const learned = { query, exact: 0, misses: [], membership: 1, alternatives: [], certainty: 'certain' as const };
    return [{ table, binding: mainList(table), query, learned }];
  });
}

/** What a list of values shows is said in terms of the value. */
function settleGroup({ binding, columns }: GroupList, ledger: Ledger): void {
  const ofValue = (expr: Expr): Expr => {
    if ('fn' in expr) return { fn: expr.fn, args: expr.args.map(ofValue) };
    return 'col' in expr && expr.of === undefined ? (columns.get(expr.col) ?? { lit: '' }) : expr;
  };
  for (const [hole, expr] of binding.shows) ledger.exprs.set(hole, ofValue(expr));
}

interface KnownRegisters {
  readonly sessions: readonly SessionViews[];
  readonly registers: readonly RegisterModel[];
  readonly modes: readonly RegisterModel[];
}

type Placed = readonly (readonly [PageModel, Hole])[];

function explainPages(holes: Placed, inputs: ExplainInputs, ledger: Ledger): Placed {
  return holes.filter(([page, hole]) => {
    if (ledger.exprs.has(hole)) return false;
    if (!varies(hole.values)) return true;
    if (matters(hole)) return !ledger.settle(hole, explainPageHole(page, hole, inputs));
    ledger.exprs.set(hole, { lit: commonest(hole.values.values()) });
    return false;
  });
}

/** How many registers may be named in conditions, and by how many what is remembered is told apart. */
const maxModes = 8;
const maxKeyModes = 1;

/** Registers that the same switch shows on several pages (who is logged in): told by agreement alone, before anything else. */
function sharedModes(site: Site, sessions: readonly SessionViews[], from: number): readonly RegisterModel[] {
  const switches = pageHoles(site)
    .map(([, hole]) => hole)
    .filter((hole) => hole.kind === 'presence' && !changesInLoad(hole));
  const pagesOf = (register: RegisterModel): number =>
    site.pages.filter((page) => page.holes.some((hole) => register.holes.has(hole))).length;
  return registersFor(switches, sessions, from)
    .filter((register) => pagesOf(register) > 1)
    .slice(0, maxModes);
}

/** Registers among unexplained switches that several holes show, and texts that whole layouts share. */
function foundRegisters(site: Site, open: Placed, { sessions, explained }: { readonly sessions: readonly SessionViews[]; readonly explained: Ledger['exprs'] }): readonly RegisterModel[] {
  const holes = open.map(([, hole]) => hole).filter((hole) => !hole.live && !isOutOfSight(hole));
  const uniform = site.pages.flatMap((page) => page.holes.filter((hole) => hole.frame.list && !explained.has(hole) && isSwitch(hole) && isUniform(hole)));
  return registersFor([...holes.filter((hole) => isSwitch(hole) || !changesInLoad(hole)), ...uniform], sessions, 0).filter(
    (register) => register.holes.size > 1,
  );
}

function numbered(registers: readonly RegisterModel[], from: number): readonly RegisterModel[] {
  return registers.map((register, i) => {
    const name = `g${from + i}`;
    const holes = new Map([...register.holes].map(([hole, expr]) => [hole, renamed(expr, name)] as const));
    return { ...register, name, holes };
  });
}

const renamed = (expr: Expr, name: string): Expr =>
  'fn' in expr ? { fn: expr.fn, args: expr.args.map((arg) => renamed(arg, name)) } : { reg: name };

/** True for what changes under the user's hands: it is the page's own affair, whatever the address. */
const changesHere = (spot: Spot): boolean => spot.holes.some((hole) => !hole.live && changesInLoad(hole));

/** Holes whose values hang on the address rather than on what happened before. */
function addressHoles(open: Placed, judged: RememberInputs): ReadonlySet<Hole> {
  const spots = spotsOf(open.map(([, hole]) => hole));
  return new Set(spots.filter((spot) => spot.holes.every(isOutOfSight) || (!changesHere(spot) && belongsToAddress(spot, judged))).flatMap((spot) => spot.holes));
}

/**
 * Explains every hole of the site: by lists, records and address; by registers that several places share; the rest by whatever would
 * have been right more often, what the same address showed to others or what was shown last.
 */
export function explainSite(site: Site, sessions: readonly SessionViews[], inputsWith: InputsWith): Explained {
  const ledger = new Ledger();
  const plain = inputsWith([]);
  settleTables(plain.tables, ledger);
  const shows = recordShows(plain.tables);
  const whole = new Map<Hole, Hole>();
  const holes = pageHoles(site).map(([page, hole]) => {
    const own = shows.get(hole.id);
    const part = own ? elsewhere(hole, own) : hole;
    whole.set(part, hole);
    return [page, part] as const;
  });
  const fixed = accountConstants(
    holes.map(([, hole]) => hole).filter((hole) => matters(hole) && !ledger.exprs.has(hole) && !shows.has(hole.id)),
    sessions,
    0,
  );
  ledger.adopt(fixed);
  const common = numbered(sharedModes(site, sessions, 0), fixed.length);
  ledger.adopt(common);
  const modes = common.slice(0, maxKeyModes);
  const early = inputsWith(common);
  const firstQueries = listQueries(early, { sessions, registers: common, modes });
  const open = explainPages(holes, { ...early, queries: firstQueries }, ledger);
  const found = numbered(
    foundRegisters(site, open, { sessions, explained: ledger.exprs }).slice(0, maxModes),
    fixed.length + common.length,
  );
  ledger.adopt(found);
  const registers = [...common, ...found];
  const second = inputsWith(registers);
  const near: ExplainInputs = { ...second, queries: firstQueries };
  const rest = explainPages(open, near, ledger);
  const keyed = modes.map((mode): Mode => ({ name: mode.name, at: (view) => mode.values.get(view) ?? null }));
  const held = (hole: Hole, instance: Instance): boolean => isHeld(hole, instance, plain.touched[instance.view.session] ?? new Map());
  const judged: RememberInputs = { sessions, isHeld: held, modes: keyed };
  const byAddress = addressHoles(rest, judged);
  const habits = rest.filter(([, hole]) => !byAddress.has(hole));
  const own = registersFor(
    habits.map(([, hole]) => hole),
    sessions,
    fixed.length + registers.length,
  );
  const third = inputsWith([...registers, ...own]);
  const queries = listQueries(third, { sessions, registers: [...registers, ...own], modes });
  const inputs: ExplainInputs = { ...third, queries };
  const groups = groupLists(inputs);
  for (const group of groups) settleGroup(group, ledger);
  const named = JSON.stringify(queries.map(({ query }) => query));
  const asked = new Set(own.filter((register) => named.includes(`"reg":"${register.name}"`)));
  ledger.adopt([...asked]);
  const shaky = found.filter((register) => !named.includes(`"reg":"${register.name}"`));
  const again = new Set(shaky.flatMap((register) => [...register.holes.keys()]).filter((hole) => !hole.frame.list));
  for (const hole of again) ledger.exprs.delete(hole);
  const unsure = new Set(own.flatMap((register) => (asked.has(register) ? [] : [...register.holes.keys()])));
  explainPages(
    [...open.filter(([, hole]) => again.has(hole)), ...rest.filter(([, hole]) => byAddress.has(hole)), ...habits.filter(([, hole]) => unsure.has(hole))],
    { ...inputs, registers: [...registers, ...asked].filter((register) => !shaky.includes(register)).map((register): Expr => ({ reg: register.name })) },
    ledger,
  );
  for (const register of shaky) for (const [hole, expr] of register.holes) if (!ledger.exprs.has(hole)) ledger.exprs.set(hole, expr);
  explainRows(inputs, ledger);
  const kept = own.flatMap((register): RegisterModel[] => {
    if (asked.has(register)) return [register];
    const holes = new Map([...register.holes].filter(([hole]) => !ledger.exprs.has(hole)));
    return holes.size > 0 ? [{ ...register, holes }] : [];
  });
  ledger.adopt(kept);
  const memories = site.pages.flatMap((page): MemoryModel[] => {
    const mine = rest.flatMap(([of, hole]) => (of === page && byAddress.has(hole) && !ledger.exprs.has(hole) ? [hole] : []));
    return mine.length === 0 ? [] : [rememberPage({ page: page.id, holes: mine, isHeld: held, sessions, modes: keyed })];
  });
  for (const memory of memories) for (const [hole, expr] of memory.exprs) ledger.exprs.set(hole, expr);
  for (const [, hole] of holes) if (!ledger.exprs.has(hole) && hole.values.size > 0 && !varies(hole.values)) ledger.exprs.set(hole, { lit: hole.values.values().next().value ?? null });
  for (const [part, hole] of whole) {
    const own = shows.get(hole.id);
    const expr = ledger.exprs.get(part);
    if (own) ledger.exprs.set(hole, withRecords(expr ?? { lit: commonest(part.values.values()) }, own));
    else if (expr && part !== hole) ledger.exprs.set(hole, expr);
  }
  return { exprs: ledger.exprs, queries, groups, registers: [...fixed, ...registers, ...kept], memories, misses: ledger.misses };
}
