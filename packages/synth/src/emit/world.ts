import type { Column, Evidence, Expr, Page, Register, World } from '@backlot/protocol';
import { evaluate, toBoolean } from '@backlot/world';
import type { Model } from '../model.ts';
import { addressesOf } from '../pages/cluster.ts';
import type { ListPattern } from '../template/pattern.ts';
import { cellOfRecord } from '../explain/page-vocabulary.ts';
import type { Binding } from '../state/bindings.ts';
import type { TableModel } from '../state/tables.ts';
import { scopeOf } from '../state/belief.ts';
import type { View } from '../views.ts';
import { emitTables } from './columns.ts';
import type { EmittedPage } from './grafts.ts';
import { withGrafts } from './grafts.ts';
import { emitRules } from './rules.ts';
import { emitSeeds } from './seeds.ts';
import { templateOf } from './template.ts';
import { withoutUnshown } from './unshown.ts';
import { maxEvidence } from './max-evidence.ts';

/** What the world needs besides the model: how the application looks. */
export interface Looks {
  readonly styles: World['styles'];
  readonly css: readonly string[];
}

/** Most pages named as evidence of one page. */
function commonest(values: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))[0]?.[0] ?? '';
}

const evidenceIn =
  ({ views }: Model) =>
  (view: View): Evidence => ({ session: views.sessions[view.session]?.session.id ?? '', step: view.step });

/** The templates of all pages, each with what others show at the same places. */
function emitTemplates(model: Model): readonly EmittedPage[] {
  const tableOf = new Map<ListPattern, TableModel>(
    model.histories.flatMap(({ table }) => table.bindings.flatMap(({ list }) => (list ? [[list, table] as const] : []))),
  );
  const queryOf = new Map(model.explained.queries.flatMap(({ binding, query }) => (binding.list ? [[binding.list, query] as const] : [])));
  const groupOf = new Map([
    ...model.explained.groups.flatMap(({ binding, values }) => (binding.list ? [[binding.list, values] as const] : [])),
    ...model.explained.trails.flatMap(({ loops }) => [...loops]),
  ]);
  const innerOf = new Map(model.histories.flatMap(({ table }) => table.bindings.flatMap((binding) => [...innerLists(table, binding)])));
  const pages = model.site.pages.map((page): EmittedPage => ({
    page,
    template: templateOf({ page, exprs: model.explained.exprs, queryOf, groupOf, innerOf, tableOf }),
  }));
  return withGrafts(pages, wasSeenBy(model));
}

/** The lists on a page about one record that are the record's own. */
function innerLists(table: TableModel, binding: Binding): readonly (readonly [ListPattern, Expr])[] {
  if (!binding.by) return [];
  return binding.columns.flatMap(({ name, items }) => (items ? [[items.list, cellOfRecord(table, binding, name)] as const] : []));
}

/** Whether a page was seen in a state: every document begins anew with what is its own, whatever the one before it showed. */
function wasSeenBy({ belief, explained }: Model): Parameters<typeof withGrafts>[1] {
  const own = Object.fromEntries(explained.registers.filter(({ scope }) => scope === 'page').map(({ name, initial }) => [name, initial]));
  return (when, page) =>
    page.views.some((view) => {
      const believed = belief(view);
      if (!believed) return false;
      const scope = scopeOf(believed, null);
      const registers = { ...scope.state.registers, ...own };
      return toBoolean(evaluate(when, { ...scope, state: { ...scope.state, registers } }));
    });
}

function emitPages(model: Model, emitted: readonly EmittedPage[]): readonly Page[] {
  return emitted.map(({ page, template }): Page => ({
    id: page.id,
    ...addressesOf(page),
    title: commonest(page.views.map((view) => view.title)),
    template,
    evidence: page.views.slice(0, maxEvidence).map(evidenceIn(model)),
  }));
}

/** Writes a model as a world. */
export function emitWorld(model: Model, looks: Looks): World {
  const sessions = model.views.sessions;
  const first = sessions[0]?.session;
  const registers = [...model.explained.registers, ...model.explained.trails.map(({ register }) => register)].map((register): Register => ({
    name: register.name,
    scope: register.scope,
    initial: register.initial,
  }));
  const emitted = emitTemplates(model);
  const seeds = emitSeeds(sessions, model.histories, model.explained);
  const world: World = {
    v: 1,
    app: first?.app ?? '',
    viewport: first?.viewport ?? { width: 1280, height: 800 },
    start: commonest(sessions.map((session) => session.after[0]?.url ?? '/')),
    defaultAccount: Object.keys(seeds)[0] ?? 'default',
    tables: [...emitTables(model.histories, sessions, model.explained.queries), ...memoryTables(model)],
    registers,
    seeds,
    pages: emitPages(model, emitted),
    rules: emitRules(model.actions, {
      explained: model.explained,
      pages: emitted.map(({ page }) => page),
      evidenceOf: evidenceIn(model),
      signIn: model.signIn,
    }),
    styles: looks.styles,
    css: looks.css,
    exceptions: exceptionsOf(model),
  };
  return withoutUnshown(
    world,
    model.histories.map(({ table }) => table),
  );
}

function memoryTables(model: Model): World['tables'] {
  const column = (name: string): Column => ({ name, type: 'text', scope: 'server', initial: '' });
  return model.explained.memories.map((memory) => ({
    name: memory.table,
    columns: [column('key'), ...memory.holes.map((_, i) => column(`h${i}`))],
  }));
}

function exceptionsOf(model: Model): World['exceptions'] {
  return [...model.actions.values()].flatMap((action) =>
    action.decision.unexplained.map((occasion) => ({
      evidence: occasion.of.evidence,
      why: `No rule of ${action.event} at ${action.anchor} explains the change of ${occasion.changes.signature.join(', ') || 'nothing'}.`,
    })),
  );
}
