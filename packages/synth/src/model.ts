import type { Expr, StyleRule, Value } from '@backlot/protocol';
import { evenStyles } from './explain/even-styles.ts';
import { placedHoles } from './explain/placed.ts';
import type { Explained, RegisterModel } from './explain/site-holes.ts';
import { explainSite } from './explain/site-holes.ts';
import { touchedBy } from './explain/touched.ts';
import { visibilityBy } from './explain/visible.ts';
import { buildSite } from './pages/page-model.ts';
import type { PageModel, Site } from './pages/page-model.ts';
import { maxRedirectWords, routePatterns } from './pages/routes.ts';
import type { Case } from './rules/cases.ts';
import { casesOf } from './rules/cases.ts';
import type { LearnedActions } from './rules/learn.ts';
import { caseName, learnActions, predict } from './rules/learn.ts';
import type { Belief, BeliefInputs, TableHistory } from './state/belief.ts';
import { beliefOf } from './state/belief.ts';
import { followRecords } from './state/lineage.ts';
import type { Lineage, ListReader } from './state/lineage.ts';
import type { TableModel } from './state/tables.ts';
import { tablesOf } from './state/tables.ts';
import { recall } from './state/recall.ts';
import { recordId, trackTable } from './state/track.ts';
import type { Instance, ListPattern } from './template/pattern.ts';
import { isSteady, wholeAddresses } from './state/whole-lists.ts';
import type { SessionViews, View, ViewSet } from './views.ts';

/** All that was learned, before it is written as a world. */
export interface Model {
  readonly site: Site;
  readonly views: ViewSet;
  readonly histories: readonly TableHistory[];
  readonly explained: Explained;
  readonly actions: LearnedActions;
  readonly cases: readonly Case[];
  /** The state that must have been behind a view; undefined for views of no page. */
  readonly belief: BeliefReader;
}

type BeliefReader = (view: View) => Belief | undefined;

function beliefReader(inputs: BeliefInputs, sessions: readonly SessionViews[]): BeliefReader {
  const known = new Map<View, Belief | undefined>();
  return (view) => {
    if (!known.has(view)) known.set(view, view.index < 0 ? undefined : beliefOf(inputs, sessions[view.session] as SessionViews, view));
    return known.get(view);
  };
}

const withoutQuery = (url: string): string => url.split(/[?#]/)[0] as string;

/** Path pattern of a request's address: addresses that show pages keep the pages' patterns, those that only redirect are told apart less. */
function requestRoutes(sessions: readonly SessionViews[]): (url: string) => string {
  const shown = sessions.flatMap(({ session }) => session.steps.map((step) => step.after.url));
  const paths = new Set(shown.map(withoutQuery));
  const asked = sessions.flatMap(requestsOf);
  const pages = routePatterns([...shown, ...asked]);
  const redirects = routePatterns(
    asked.filter((url) => !paths.has(withoutQuery(url))),
    maxRedirectWords,
  );
  return (url) => (paths.has(withoutQuery(url)) ? pages(url) : redirects(url));
}

const allCases = (sessions: readonly SessionViews[], belief: BeliefReader): readonly Case[] => {
  const routeOf = requestRoutes(sessions);
  return sessions.flatMap((session, i) => casesOf(session, i, { belief, routeOf }));
};

/** Addresses that a session asked the application for. */
function requestsOf({ session }: SessionViews): readonly string[] {
  return session.steps.flatMap((step) => step.exchanges.map((exchange) => exchange.url).filter((url) => url.startsWith('/')));
}

function isWhole(of: Case, histories: readonly TableHistory[]): boolean {
  return histories.every(({ table, tracked }) => {
    const whole = tracked[of.session]?.whole;
    return [of.before, of.after].every((belief) => belief.page !== table.page || whole?.has(belief.view));
  });
}

/** Follows the tables again, with the rules to carry what is out of sight. */
function retrack(
  histories: readonly TableHistory[],
  views: ViewSet,
  { cases, actions }: Pick<Model, 'cases' | 'actions'>,
): readonly TableHistory[] {
  const byStep = new Map(cases.map((of) => [`${of.session} ${of.step.index}`, of]));
  return histories.map((history): TableHistory => {
    const { table } = history;
    const tracked = views.sessions.map((session, i) =>
      trackTable({
        table,
        session,
        lineage: history.lineages[i] as Lineage,
        wholeAddresses: history.wholeAddresses,
        predict: (step, rows) => {
          const of = byStep.get(`${i} ${session.session.steps[step]?.index}`);
          const learned = of && actions.get(caseName(of));
          if (!of || !learned) return null;
          const state = { ...of.scope.state, tables: { ...of.scope.state.tables, [table.name]: rows } };
          return predict(learned, of.scope, state)?.tables[table.name] ?? null;
        },
      }),
    );
    return { ...history, tracked };
  });
}

/** Reads a list by those of its items' texts that vary. */
function readerOf(page: PageModel, list: ListPattern): ListReader {
  const texts = page.holes.filter((hole) => hole.frame === list.itemFrame && hole.kind === 'text');
  const dataOf = (item: Instance): string =>
    texts
      .map((hole) => String(hole.values.get(item) ?? '').trim())
      .join(' ')
      .trim();
  return { outerOf: (view) => page.instanceOf.get(view), dataOf };
}

function firstHistories(site: Site, views: ViewSet): readonly TableHistory[] {
  const lists = site.pages.flatMap((page) =>
    page.pattern.lists
      .filter((list) => !list.frame.list)
      .map((list) => ({ list, lineages: views.sessions.map((session) => followRecords(session, list, readerOf(page, list))) })),
  );
  const placed = placedHoles(site, lists, views.sessions);
  return tablesOf(site, placed).map((found: TableModel): TableHistory => {
    const lineages = (lists.find((followed) => followed.list === found.list) as (typeof lists)[number]).lineages;
    const table = { ...found, recalled: !isSteady(found, views.sessions, lineages) };
    const whole = wholeAddresses(table, views.sessions, lineages);
    const tracked = views.sessions.map((session, i) =>
      trackTable({ table, session, lineage: lineages[i] as Lineage, wholeAddresses: whole }),
    );
    const idOf = (item: Instance): string | undefined => {
      const record = lineages[item.view.session]?.get(item);
      return record === undefined ? undefined : recordId(table, item.view.session, record);
    };
    return { table, lineages, wholeAddresses: whole, idOf, tracked };
  });
}

function valuesAt(registers: readonly RegisterModel[], view: View): Readonly<Record<string, Value>> {
  return Object.fromEntries(registers.map((register) => [register.name, register.values.get(view) ?? register.initial]));
}

/** A new document begins with its own page state: that is no effect of the request. */
function withoutPageState(of: Case, registers: readonly RegisterModel[]): Case {
  if (!of.request) return of;
  const own = registers
    .filter((register) => register.scope === 'page')
    .map((register) => [register.name, of.before.state.registers[register.name] ?? null]);
  return {
    ...of,
    after: { ...of.after, state: { ...of.after.state, registers: { ...of.after.state.registers, ...Object.fromEntries(own) } } },
  };
}

/** Learns an application from what its sessions showed. Deterministic: the same views give the same model. */
export function learnModel(views: ViewSet, styles: readonly StyleRule[]): Model {
  const site = evenStyles(buildSite(views.all), styles);
  const seen = firstHistories(site, views);
  const tables = seen.map((history) => history.table);
  const noRegisters = (): Readonly<Record<string, Value>> => ({});
  const early = allCases(views.sessions, beliefReader({ site, histories: seen, registers: noRegisters }, views.sessions));
  const sketch = learnActions(
    early.filter((of) => isWhole(of, seen)),
    tables,
  );
  const histories = retrack(seen, views, { cases: early, actions: sketch });
  const touched = views.sessions.map(touchedBy);
  const visible = visibilityBy(styles);
  const reader = (registers: readonly RegisterModel[], of: readonly TableHistory[] = histories): BeliefReader =>
    beliefReader({ site, histories: of, registers: (view) => valuesAt(registers, view) }, views.sessions);
  const explained = explainSite(site, views.sessions, (registers) => ({
    tables,
    belief: reader(registers),
    touched,
    visible,
    registers: registers.map((register): Expr => ({ reg: register.name })),
  }));
  const recalled = new Map(explained.lists.map((list) => [list.table, list]));
  const known = histories.map((history) => {
    const list = recalled.get(history.table);
    return list ? recall(history, list, views.sessions) : history;
  });
  const belief = reader(explained.registers, known);
  const cases = allCases(views.sessions, belief).map((of) => withoutPageState(of, explained.registers));
  const guessed = tables.map((table) => (recalled.has(table) ? { ...table, recalled: true } : table));
  return { site, views, histories: known, explained, actions: learnActions(cases, guessed), cases, belief };
}
