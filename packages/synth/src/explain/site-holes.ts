import type { Expr, Value } from '@backlot/protocol';
import type { PageModel, Site } from '../pages/page-model.ts';
import type { TableModel } from '../state/tables.ts';
import type { Hole } from '../template/holes.ts';
import type { Instance } from '../template/pattern.ts';
import type { SessionViews, View } from '../views.ts';
import { commonest } from './commonest.ts';
import { isHeld } from './touched.ts';
import { accountConstants } from './account-constants.ts';
import type { MemoryModel } from './memory.ts';
import { rememberPage } from './memory.ts';
import type { ExplainInputs } from './page-holes.ts';
import { explainList, explainPageHole, explainRowHole } from './page-holes.ts';
import type { ListMemory } from './list-memory.ts';
import { rememberList } from './list-memory.ts';
import { isUniform } from './placed.ts';
import type { RegisterModel } from './registers.ts';
import { registersFor } from './registers.ts';

export type { RegisterModel } from './registers.ts';

/** What every hole shows. */
export interface Explained {
  readonly exprs: ReadonlyMap<Hole, Expr>;
  readonly where: ReadonlyMap<TableModel, Expr>;
  readonly registers: readonly RegisterModel[];
  readonly memories: readonly MemoryModel[];
  readonly lists: readonly ListMemory[];
  /** Occasions on which a hole showed something else than its expression says. */
  readonly misses: ReadonlyMap<Hole, number>;
}

/** Explaining needs the state behind views, which needs the registers found so far. */
export type InputsWith = (registers: readonly RegisterModel[]) => ExplainInputs;

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

function pageHoles(site: Site): readonly Hole[] {
  return site.pages.flatMap((page) => page.holes.filter((hole) => !hole.frame.list));
}

/** Holes that change while a page stays loaded are the page's own affair; the others came with the document. */
function changesInLoad(hole: Hole): boolean {
  const byLoad = new Map<string, Value>();
  for (const [instance, value] of hole.values) {
    const load = `${instance.view.session} ${instance.view.load}`;
    if (byLoad.has(load) && byLoad.get(load) !== value) return true;
    byLoad.set(load, value);
  }
  return false;
}

const isSwitch = (hole: Hole): boolean => typeof hole.values.values().next().value === 'boolean';

/** Explains what lists and their items show; returns the filter of each list, null where none was found. */
function explainTables(inputs: ExplainInputs, ledger: Ledger): Map<TableModel, Expr | null> {
  const where = new Map<TableModel, Expr | null>();
  for (const table of inputs.tables) {
    for (const [hole, expr] of table.shows) ledger.exprs.set(hole, expr);
    for (const { items } of table.columns) for (const [hole, expr] of items?.shows ?? []) ledger.exprs.set(hole, expr);
    const shown = explainList(table, inputs);
    if (!shown || !('lit' in shown.expr)) where.set(table, shown && shown.expr);
    for (const hole of table.rest)
      if (!ledger.exprs.has(hole) && !ledger.settle(hole, explainRowHole(table, hole, inputs)))
        ledger.exprs.set(hole, { lit: commonest(hole.values.values()) });
  }
  return where;
}

function explainPages(holes: readonly Hole[], inputs: ExplainInputs, ledger: Ledger): readonly Hole[] {
  return holes.filter((hole) => {
    if (ledger.exprs.has(hole)) return false;
    if (matters(hole)) return !ledger.settle(hole, explainPageHole(hole, inputs));
    ledger.exprs.set(hole, { lit: commonest(hole.values.values()) });
    return false;
  });
}

interface RestInputs {
  readonly sessions: readonly SessionViews[];
  readonly touched: ExplainInputs['touched'];
  readonly mode?: RegisterModel;
}

function rememberRest(site: Site, open: readonly Hole[], { sessions, touched, mode }: RestInputs): readonly MemoryModel[] {
  const byPage = (page: PageModel): readonly Hole[] => open.filter((hole) => page.holes.includes(hole));
  const held = (hole: Hole, instance: Instance): boolean => isHeld(hole, instance, touched[instance.view.session] ?? new Map());
  const at = (view: View): Value => mode?.values.get(view) ?? null;
  return site.pages
    .filter((page) => byPage(page).length > 0)
    .map((page) =>
      rememberPage({ page: page.id, holes: byPage(page), isHeld: held, sessions, ...(mode ? { mode: { name: mode.name, at } } : {}) }),
    );
}

/** How many registers may be named in conditions. */
const maxModes = 4;

/** Registers that the same switch shows on several pages (who is logged in): told by agreement alone, before anything else. */
function sharedModes(site: Site, sessions: readonly SessionViews[], from: number): readonly RegisterModel[] {
  const switches = pageHoles(site).filter((hole) => hole.kind === 'presence' && !changesInLoad(hole));
  const pagesOf = (register: RegisterModel): number =>
    site.pages.filter((page) => page.holes.some((hole) => register.holes.has(hole))).length;
  return registersFor(switches, sessions, from)
    .filter((register) => pagesOf(register) > 1)
    .slice(0, maxModes);
}

/**
 * Explains every hole of the site: by counts and address; by registers that several pages share (who is logged in); the rest by
 * registers of their own where they change under the user's hands, else by remembering what each address showed.
 */
export function explainSite(site: Site, sessions: readonly SessionViews[], inputsWith: InputsWith): Explained {
  const ledger = new Ledger();
  const first = inputsWith([]);
  const fixed = accountConstants(pageHoles(site).filter(matters), sessions, 0);
  ledger.adopt(fixed);
  const common = sharedModes(site, sessions, fixed.length);
  ledger.adopt(common);
  const early = inputsWith(common);
  const unknown = new Set(early.tables.filter((table) => explainList(table, early) === null));
  const whole = (inputs: ExplainInputs): ExplainInputs => ({ ...inputs, tables: inputs.tables.filter((table) => !unknown.has(table)) });
  const open = explainPages(pageHoles(site), whole(early), ledger);
  const uniform = inputsWith([]).tables.flatMap((table) => table.rest.filter(isUniform));
  const shared = registersFor([...open.filter(isSwitch), ...uniform], sessions, fixed.length + common.length).filter(
    (register) => register.holes.size > 1,
  );
  const found = shared.slice(0, maxModes - common.length);
  ledger.adopt(found);
  const modes = [...common, ...found];
  const second = inputsWith(modes);
  const rest = found.length > 0 ? explainPages(open, whole(second), ledger) : open;
  const filters = explainTables(second, ledger);
  const lists = [...filters]
    .filter(([, expr]) => expr === null)
    .map(([table]) => rememberList({ table, sessions, ...(modes[0] ? { mode: modes[0] } : {}) }));
  const where = new Map([...filters].flatMap(([table, expr]) => (expr ? [[table, expr] as const] : [])));
  for (const list of lists) where.set(list.table, list.where);
  const own = registersFor(
    rest.filter((hole) => changesInLoad(hole) && !hole.live),
    sessions,
    fixed.length + modes.length,
  );
  ledger.adopt(own);
  const memories = rememberRest(
    site,
    rest.filter((hole) => !ledger.exprs.has(hole)),
    {
      sessions,
      touched: first.touched,
      ...(modes[0] ? { mode: modes[0] } : {}),
    },
  );
  for (const memory of memories) for (const [hole, expr] of memory.exprs) ledger.exprs.set(hole, expr);
  return { exprs: ledger.exprs, where, registers: [...fixed, ...modes, ...own], memories, lists, misses: ledger.misses };
}
