import type { Expr, StyleRule, Value } from '@backlot/protocol';
import { openChoice } from './explain/choices.ts';
import { evenStyles } from './explain/even-styles.ts';
import { placedHoles } from './explain/placed.ts';
import type { Explained, RegisterModel } from './explain/site-holes.ts';
import { sharedModes } from './explain/shared-registers.ts';
import { explainSite } from './explain/site-holes.ts';
import { isHeld, touchedBy } from './explain/touched.ts';
import { totalsOf } from './explain/totals.ts';
import { visibilityBy } from './explain/visible.ts';
import { buildSite } from './pages/page-model.ts';
import type { PageModel, Site } from './pages/page-model.ts';
import { dataPlaces, isAtData } from './pages/paths.ts';
import { maxRedirectWords, pathOf, routePatterns } from './pages/routes.ts';
import type { Case } from './rules/cases.ts';
import type { Around } from './rules/decide.ts';
import { caseName, casesOf } from './rules/cases.ts';
import type { ActionInputs, LearnedActions } from './rules/learn.ts';
import { learnActions, predict } from './rules/learn.ts';
import { withEmptied } from './rules/emptied.ts';
import type { SignIn } from './rules/sign-in.ts';
import { findSignIn, signInRegister, withSignIn } from './rules/sign-in.ts';
import { latchesOf } from './rules/latches.ts';
import { withRequestKinds } from './rules/request-kinds.ts';
import type { Belief, BeliefInputs, TableHistory } from './state/belief.ts';
import { beliefOf } from './state/belief.ts';
import { followRecords } from './state/lineage.ts';
import type { Lineage, ListReader } from './state/lineage.ts';
import type { TableModel } from './state/tables.ts';
import { mainList } from './state/tables.ts';
import type { Row } from '@backlot/protocol';
import { baseRows } from './state/base-rows.ts';
import { namedId } from './state/sightings.ts';
import { openedRows } from './state/opened-lists.ts';
import type { Binding } from './state/bindings.ts';
import { keyOf } from './state/bindings.ts';
import { fetchedBase } from './fetched/base.ts';
import { fetchedNames } from './fetched/names.ts';
import { withoutUnsent } from './fetched/unsent.ts';
import { fetchedTables } from './fetched/tables.ts';
import { tablesOf } from './state/merge.ts';
import type { Predict, Tracked } from './state/track.ts';
import { trackNamed } from './state/track-named.ts';
import type { Touched } from './explain/touched.ts';
import { recordId, trackTable } from './state/track.ts';
import { loadOf } from './template/holes.ts';
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
  /** The pages that are for those who have signed in; null where none are. */
  readonly signIn: SignIn | null;
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
function requestRoutes(sessions: readonly SessionViews[], site: Site): (url: string, method: string) => string {
  const places = dataPlaces(site.pages.map(({ views }) => views.map(({ url }) => pathOf(url))));
  const isData = (segments: readonly string[], at: number): boolean => isAtData(segments, at, places);
  const shown = sessions.flatMap(({ session }) => session.steps.map((step) => step.after.url));
  const sent = routePatterns(sessions.flatMap(sentTo), maxSentWords, isData);
  const paths = new Set(shown.map(withoutQuery));
  const asked = sessions.flatMap(requestsOf);
  const pages = routePatterns([...shown, ...asked], undefined, isData);
  const redirects = routePatterns(
    asked.filter((url) => !paths.has(withoutQuery(url))),
    maxRedirectWords,
    isData,
  );
  return (url, method) => (method !== 'GET' ? sent(url) : paths.has(withoutQuery(url)) ? pages(url) : redirects(url));
}

/** Reads all occasions of actions with what is believed of the state. */
function caseReader(sessions: readonly SessionViews[], site: Site): (belief: BeliefReader) => readonly Case[] {
  const routeOf = requestRoutes(sessions, site);
  return (belief) => withRequestKinds(sessions.flatMap((session, i) => casesOf(session, i, { belief, routeOf })));
}

/** More different words than this in one place of the addresses that forms are sent to are names of data. */
const maxSentWords = 12;

/** Addresses that a session's forms were sent to. */
function sentTo({ session }: SessionViews): readonly string[] {
  const sent = session.steps.flatMap((step) =>
    step.exchanges.filter((exchange) => exchange.method !== 'GET').map((exchange) => exchange.url),
  );
  return sent.filter((url) => url.startsWith('/'));
}

/** Addresses that a session asked the application for. */
function requestsOf({ session }: SessionViews): readonly string[] {
  return session.steps.flatMap((step) => step.exchanges.map((exchange) => exchange.url).filter((url) => url.startsWith('/')));
}

function isWhole(of: Case, histories: readonly TableHistory[]): boolean {
  return histories.every(({ table, tracked }) => {
    if (table.key !== undefined) return true;
    const whole = tracked[of.session]?.whole;
    return [of.before, of.after].every((belief) => belief.page !== mainList(table).page || whole?.has(belief.view));
  });
}

/** Follows the tables again, with the rules to carry what is out of sight. */
function retrack(
  histories: readonly TableHistory[],
  views: ViewSet,
  { cases, actions, isMeant }: Pick<Model, 'cases' | 'actions'> & { readonly isMeant: (history: TableHistory) => boolean },
): readonly TableHistory[] {
  const byStep = new Map(cases.map((of) => [`${of.session} ${of.step.index}`, of]));
  return histories.map((history): TableHistory => {
    const { table } = history;
    if (!isMeant(history) || table.opened) return history;
    const tracked = views.sessions.map((session, i) =>
      follow(history, { session, number: i }, (step, rows) => {
        const of = byStep.get(`${i} ${session.session.steps[step]?.index}`);
        const learned = of && actions.get(caseName(of));
        if (!of || !learned) return null;
        const state = { ...of.scope.state, tables: { ...of.scope.state.tables, [table.name]: rows } };
        return predict(learned, of.scope, state)?.tables[table.name] ?? null;
      }),
    );
    return { ...history, tracked };
  });
}

/** A session by its number. */
interface Followed {
  readonly session: SessionViews;
  readonly number: number;
}

function follow(history: TableHistory, { session, number }: Followed, predict?: Predict): Tracked {
  const { table } = history;
  const carried = predict ? { predict } : {};
  const { base, totals } = history;
  if (base) return trackNamed({ table, session, base: base(session.session.account), ...carried, ...(totals ? { totals } : {}) });
  const lineage = history.lineages[number] as Lineage;
  return trackTable({ table, session, lineage, wholeAddresses: history.wholeAddresses, ...carried });
}

/** Follows the lists that scripts keep again, with what totals say of them where they are out of sight. */
function withTotals(site: Site, histories: readonly TableHistory[], { sessions }: ViewSet): readonly TableHistory[] {
  const wholes = histories.flatMap(({ table }) => (table.whole === true ? [table] : []));
  const known = totalsOf(wholes, { site, sessions, belief: beliefReader({ site, histories, registers: () => ({}) }, sessions) });
  return histories.map((history): TableHistory => {
    const totals = known.get(history.table);
    if (!totals) return history;
    const told = { ...history, totals };
    return { ...told, tracked: sessions.map((session, number) => follow(told, { session, number })) };
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

function baseOf(table: TableModel, sessions: readonly SessionViews[]): (account: string) => readonly Row[] {
  if (table.whole === true) return () => [];
  const known = new Map<string, readonly Row[]>();
  return (account) => {
    const mine = sessions.filter(({ session }) => session.account === account);
    if (!known.has(account)) known.set(account, (table.fetched === true ? fetchedBase : baseRows)(table, mine));
    return known.get(account) as readonly Row[];
  };
}

function namedHistory(table: TableModel, views: ViewSet): TableHistory {
  const idOf = (item: Instance, binding: Binding): string | undefined => {
    const name = keyOf(binding, table.key as string, item);
    return name === '' ? undefined : namedId(table, name);
  };
  const plain: TableHistory = { table, lineages: [], wholeAddresses: new Set(), idOf, tracked: [] };
  if (table.opened) {
    const rows = baseRows(table, views.sessions);
    return { ...plain, base: () => rows, tracked: views.sessions.map(openedRows(table, rows)) };
  }
  const history: TableHistory = { ...plain, base: baseOf(table, views.sessions) };
  return { ...history, tracked: views.sessions.map((session, number) => follow(history, { session, number })) };
}

function lineageHistory(found: TableModel, lineages: readonly Lineage[], views: ViewSet): TableHistory {
  const table = { ...found, recalled: !isSteady(found, views.sessions, lineages) };
  const idOf = (item: Instance): string | undefined => {
    const record = lineages[item.view.session]?.get(item);
    return record === undefined ? undefined : recordId(table, item.view.session, record);
  };
  const history: TableHistory = { table, lineages, wholeAddresses: wholeAddresses(table, views.sessions, lineages), idOf, tracked: [] };
  return { ...history, tracked: views.sessions.map((session, number) => follow(history, { session, number })) };
}

/** True for a list whose records come and go while the page stays loaded: the page's own scripts keep it. */
function changesInSight({ list, page }: Binding): boolean {
  const byLoad = new Map<string, number>();
  const changed = new Set<string>();
  for (const view of page.views) {
    const outer = page.instanceOf.get(view);
    const count = (outer && list?.items.get(outer)?.length) ?? 0;
    const load = loadOf(view);
    if (byLoad.has(load) && byLoad.get(load) !== count) changed.add(load);
    byLoad.set(load, count);
  }
  return changed.size > nowAndThen * byLoad.size;
}

/** Share of page lives in which a list may be caught in the middle of being shown. */
const nowAndThen = 0.05;

/** What is known of all pages before any table is. */
interface Signs {
  readonly touched: readonly Touched[];
  readonly modes: readonly RegisterModel[];
}

function firstHistories(site: Site, views: ViewSet, { touched, modes }: Signs): readonly TableHistory[] {
  const lists = site.pages.flatMap((page) =>
    page.pattern.lists
      .filter((list) => !list.frame.list)
      .map((list) => ({ list, lineages: views.sessions.map((session) => followRecords(session, list, readerOf(page, list))) })),
  );
  const lineagesOf = (list: ListPattern | undefined): readonly Lineage[] =>
    lists.find((followed) => followed.list === list)?.lineages ?? [];
  const tables = tablesOf({
    site,
    placed: placedHoles(site, lists, views.sessions),
    fetched: fetchedTables(site, views.sessions),
    byLineage: (binding) => {
      const alone = { name: '', columns: binding.columns, bindings: [binding], recalled: false };
      return changesInSight(binding) && isSteady(alone, views.sessions, lineagesOf(binding.list));
    },
    modes,
    accountOf: (session) => views.sessions[session]?.session.account ?? '',
    untouched: (hole) => {
      const values = [...hole.values].filter(([instance]) => !isHeld(hole, instance, touched[instance.view.session] ?? new Map()));
      return values.length === hole.values.size ? hole : { ...hole, values: new Map(values) };
    },
  });
  return tables.map((table) =>
    table.key === undefined ? lineageHistory(table, lineagesOf(mainList(table).list), views) : namedHistory(table, views),
  );
}

function valuesAt(registers: readonly RegisterModel[], view: View): Readonly<Record<string, Value>> {
  return Object.fromEntries(registers.map(({ name, values, initial }) => [name, values.has(view) ? (values.get(view) ?? null) : initial]));
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

/** Texts that a page shows, as far as they are explained by more than a constant, the longest first. */
function shownBy({ holes }: PageModel, { exprs }: Explained): readonly Expr[] {
  return holes
    .filter((hole) => !hole.frame.list && hole.kind === 'text')
    .flatMap((hole) => exprs.get(hole) ?? [])
    .filter((expr) => !('lit' in expr))
    .slice(0, mostShown);
}

const nothingAround: Around = { shown: [], choice: null };

/** What is known of each page that its actions may depend on. */
function aroundBy({ pages }: Site, explained: Explained): ActionInputs['around'] {
  const known = new Map(pages.map((page) => [page.id, { shown: shownBy(page, explained), choice: openChoice(page, explained) }]));
  return (page) => known.get(page) ?? nothingAround;
}

/** More texts of a page than this are not looked at for what an action takes from it. */
const mostShown = 40;

interface Relearning {
  readonly reader: (registers: readonly RegisterModel[], histories: readonly TableHistory[]) => BeliefReader;
  readonly casesBy: (belief: BeliefReader) => readonly Case[];
  readonly around: ActionInputs['around'];
}

const trailRegisters = ({ trails }: Explained): readonly RegisterModel[] => trails.map(({ register }) => register);

/** Follows the lists that scripts keep with the rules now known, and learns again what changes them. */
function withWholes(model: Model, { reader, casesBy, around }: Relearning): Model {
  const tables = model.histories.map(({ table }) => table);
  const wholes = new Set(tables.flatMap(({ name, whole }) => (whole === true ? [name] : [])));
  const isMeant = ({ table }: TableHistory): boolean => table.whole === true;
  const histories = retrack(model.histories, model.views, { ...model, isMeant });
  const { registers } = model.explained;
  const belief = reader([...registers, ...trailRegisters(model.explained)], histories);
  const cases = casesBy(reader(registers, histories));
  const touches = new Set(cases.filter((of) => changesAny(of, wholes)).map(caseName));
  const again = learnActions(
    cases.filter((of) => touches.has(caseName(of))),
    { tables, around },
  );
  return { ...model, histories, belief, cases, actions: new Map([...model.actions, ...again]) };
}

function changesAny({ before, after }: Case, names: ReadonlySet<string>): boolean {
  return [...names].some((name) => before.state.tables[name] !== after.state.tables[name]);
}

/** Learns an application from what its sessions showed. Deterministic: the same views give the same model. */
export function learnModel(views: ViewSet, styles: readonly StyleRule[]): Model {
  const site = evenStyles(buildSite(views.all, fetchedNames(views.sessions.map(({ session }) => session))), styles);
  const touched = views.sessions.map(touchedBy);
  const modes = sharedModes(site, views.sessions);
  const seen = firstHistories(site, views, { touched, modes });
  const tables = seen.map((history) => history.table);
  const noRegisters = (): Readonly<Record<string, Value>> => ({});
  const fetched = new Set(tables.flatMap((table) => (table.fetched === true ? [table.name] : [])));
  const readCases = caseReader(views.sessions, site);
  const allCases: typeof readCases = (belief) => readCases(belief).map((of) => withoutUnsent(of, fetched));
  const early = allCases(beliefReader({ site, histories: seen, registers: noRegisters }, views.sessions));
  const sketch = learnActions(
    early.filter((of) => isWhole(of, seen)),
    { tables, around: () => nothingAround },
  );
  // What scripts put into a list is told by what the page shows, which is not explained yet.
  const moved = retrack(seen, views, { cases: early, actions: sketch, isMeant: ({ table }) => table.whole !== true });
  const histories = withTotals(site, moved, views);
  const visible = visibilityBy(styles);
  const reader = (registers: readonly RegisterModel[], of: readonly TableHistory[] = histories): BeliefReader =>
    beliefReader({ site, histories: of, registers: (view) => valuesAt(registers, view) }, views.sessions);
  const explained = explainSite(site, { sessions: views.sessions, modes }, (registers) => ({
    tables,
    belief: reader(registers),
    touched,
    visible,
    registers: registers.map((register): Expr => ({ reg: register.name })),
  }));
  const around = aroundBy(site, explained);
  const casesWith = (registers: readonly RegisterModel[], belief: BeliefReader): readonly Case[] =>
    allCases(belief).map((of) => withoutPageState(of, registers));
  const before = casesWith(explained.registers, reader(explained.registers));
  const seenOnce = latchesOf(before, explained.registers, views.sessions);
  const registers = [...explained.registers, ...seenOnce];
  const casesBy = (of: BeliefReader): readonly Case[] => casesWith(registers, of);
  // What going from page to page keeps by itself is no doing of the actions that lead there.
  const cases = seenOnce.length === 0 ? before : casesBy(reader(registers));
  const belief = reader([...registers, ...trailRegisters(explained)]);
  const known = { ...explained, registers };
  const signIn = findSignIn(site, views.sessions, cases);
  const learned = { site, views, histories, explained: known, actions: learnActions(cases, { tables, around }), cases, belief, signIn };
  const model = tables.some(({ whole }) => whole === true) ? withWholes(learned, { reader, casesBy, around }) : learned;
  return signedIn({ ...model, actions: withEmptied(model.actions, known.trails) });
}

/** The model with the register of who has signed in, and what sets it. */
function signedIn(model: Model): Model {
  const { signIn, explained } = model;
  if (!signIn) return model;
  const registers = [...explained.registers, signInRegister(signIn)];
  return { ...model, explained: { ...explained, registers }, actions: withSignIn(model.actions, signIn) };
}
