import type { Expr, Value } from '@backlot/protocol';
import type { DeriveExample } from '../derive/derive.ts';
import { derive } from '../derive/derive.ts';
import { parseAddress } from '@backlot/world';
import { commonest, usualBy } from '../explain/commonest.ts';
import type { RegisterModel } from '../explain/registers.ts';
import type { PageModel, Site } from '../pages/page-model.ts';
import type { Hole } from '../template/holes.ts';
import { changesInLoad, isOutOfSight } from '../template/holes.ts';
import type { View } from '../views.ts';
import type { Binding, RecordAddress } from './bindings.ts';
import { isTyped, paramsOf, saidBy } from '../pages/params.ts';
import type { ColumnModel } from './columns.ts';
import { itemColumns } from './columns.ts';
import { habit } from './habit.ts';
import { holesByRecord } from './record-holes.ts';
import { besideSection, sectionOf, sectionsOf } from './sections.ts';
import type { TableModel } from './tables.ts';
import { isSource, plainViews, rareVersions, versionAt, versionParams } from './versions.ts';

/** Share of a page's addresses that must name a record. */
const mostly = 0.6;
/** Share of the occasions on which whether there is a text must tell what a field of its form holds. */
const mostlyTold = 0.85;
/** Different names that a parameter must have. */
const fewestNames = 3;
/** Share of sessions that must first see the same of a record. */
const agreed = 0.7;
/** By how much that share must rise for a register to decide which of two forms of a record is seen. */
const told = 0.05;
/** By how much less who reads may tell of what a page shows than the record that its address names. */
const near = 0.1;
/** Share of pages on which what names the record must do so. */
const nearly = 0.95;
/** Texts that pages must show of a record where they show no document of it. */
const fewestTexts = 2;

const keyColumn: ColumnModel = { name: 'key', type: 'text' };

/** What tells records on pages apart, besides the site. */
export interface AddressReading {
  readonly accountOf: (session: number) => string;
  /** A hole without the occasions on which it showed only what the user had put there. */
  readonly untouched: (hole: Hole) => Hole;
  /** Registers that many pages share, the first of which may decide in which form a record is shown. */
  readonly modes: readonly RegisterModel[];
}

/** Pages whose addresses name records in the same way. */
export interface Family {
  readonly param: string;
  readonly pages: readonly PageModel[];
}

/** How an address names a record: the path up to a variable of it, or the whole path with a parameter. */
function wayOf(page: PageModel, param: string): string {
  const [route = '/'] = page.routes;
  const segments = route.split('/');
  const at = segments.indexOf(`:${param}`);
  return at < 0 ? `${route}?${param}` : segments.slice(0, at + 1).join('/');
}

/** True for a word that an address must say to show the page at all: it names no record. */
const isOfPage = ({ query = {} }: PageModel, param: string): boolean => typeof query[param] === 'string';

/** The families of an application's pages, in a fixed order. */
export function familiesOf(site: Site): readonly Family[] {
  const families = new Map<string, { param: string; pages: PageModel[] }>();
  for (const page of site.pages) {
    const params = page.views.map((view) => paramsOf(page, view));
    for (const param of [...new Set(params.flatMap(Object.keys))].sort()) {
      const given = params.filter((of) => (of[param] ?? '') !== '').length;
      if (given < mostly * params.length || isTyped(page, param) || isOfPage(page, param)) continue;
      const way = wayOf(page, param);
      const family = families.get(way) ?? { param, pages: [] };
      families.set(way, family);
      family.pages.push(page);
    }
  }
  return [...families].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, family]) => family);
}

/** How often the commonest of some values occurs. */
function timesOfMost(values: readonly Value[]): number {
  const usual = commonest(values);
  return values.filter((value) => value === usual).length;
}

/** What an address without the parameter names: what such pages say where the others say what their address does. */
function nameElsewhere({ pages, param }: Family): string | undefined {
  for (const page of pages) {
    const nameOf = (view: View): string => paramsOf(page, view)[param] ?? '';
    if (page.views.every((view) => nameOf(view) !== '')) continue;
    for (const hole of page.holes) {
      if (hole.frame.list || (hole.kind !== 'attribute' && hole.kind !== 'text')) continue;
      const seen = [...hole.values].map(([{ view }, value]) => ({ name: nameOf(view), value: String(value ?? '') }));
      const named = seen.filter(({ name }) => name !== '');
      const right = named.filter(({ name, value }) => name === value);
      if (new Set(right.map(({ name }) => name)).size < 2 || right.length < nearly * named.length) continue;
      const others = seen.filter((one) => one.name === '').map(({ value }) => value);
      const name = commonest(others);
      if (typeof name === 'string' && name !== '' && timesOfMost(others) >= mostly * others.length) return name;
    }
  }
  return undefined;
}

interface Naming {
  readonly nameAt: (view: View) => string;
  readonly accountOf: AddressReading['accountOf'];
  /** In which form a view shows records, where that is looked at. */
  readonly formAt?: (view: View) => Value;
  /** True where an address asks for a record and for nothing that is seldom asked for. */
  readonly isPlain?: (view: View) => boolean;
  /** What the register that many pages share holds at a view. */
  readonly modeAt?: (view: View) => Value;
}

/** What each session first showed of each record of its account. */
function firstSights(hole: Hole, { nameAt, accountOf, formAt }: Naming): ReadonlyMap<string, readonly (readonly [View, Value])[]> {
  const seen = new Set<string>();
  const sights = new Map<string, (readonly [View, Value])[]>();
  for (const [{ view }, value] of [...hole.values].sort(([a], [b]) => a.view.index - b.view.index)) {
    const name = nameAt(view);
    const once = `${view.session} ${name} ${formAt ? String(formAt(view)) : ''}`;
    if (name === '' || seen.has(once)) continue;
    seen.add(once);
    const record = `${accountOf(view.session)} ${name}`;
    sights.set(record, [...(sights.get(record) ?? []), [view, value]]);
  }
  return sights;
}

/** Share of first sights on which sessions agree, of records that several saw; 1 where none did. */
function agreement(groups: Iterable<readonly Value[]>): number {
  let [usual, all] = [0, 0];
  for (const values of groups) {
    if (values.length < 2) continue;
    usual += timesOfMost(values);
    all += values.length;
  }
  return all === 0 ? 1 : usual / all;
}

/**
 * True for a document that a page shows in forms which a register decides: with what its readers may do to it, and without. Where that is
 * known apart from what is written, the document is one and the same.
 */
function hasForms(hole: Hole, naming: Naming, formAt: (view: View) => Value): boolean {
  const isBare = hole.pattern.kind === 'element' && hole.pattern.furniture?.furniture.tools !== undefined;
  if (hole.kind !== 'prose' || hole.frame.list || isBare) return false;
  const sights = [...firstSights(hole, { ...naming, formAt }).values()];
  const together = agreement(sights.map((seen) => seen.map(([, value]) => value)));
  const apart = agreement(
    sights.flatMap((seen) => [...Map.groupBy(seen, ([view]) => formAt(view)).values()].map((some) => some.map(([, value]) => value))),
  );
  return apart >= together + told;
}

/** True for whether a document has tools: that is for its readers, not for the record to say. */
const isForTools = ({ kind, name }: Hole): boolean => kind === 'presence' && name !== '';

/** True for what a page shows of the record that its address names, whatever else happened. */
function isOfRecord(hole: Hole, naming: Naming): boolean {
  if (hole.frame.list || hole.kind === 'token' || isForTools(hole) || (!hole.live && changesInLoad(hole)) || isOutOfSight(hole))
    return false;
  const sights = firstSights(hole, naming);
  const values = [...sights].map(([record, seen]) => ({
    account: record.slice(0, record.indexOf(' ')),
    isPlain: seen.some(([view]) => naming.isPlain?.(view) ?? true),
    values: seen.map(([, value]) => value),
  }));
  const byAccount = Map.groupBy(values, ({ account }) => account);
  // What differs only where more is asked for hangs on that, not on the record.
  const differs = [...byAccount.values()].some((records) => {
    const plainly = hole.kind === 'prose' ? [] : records.filter(({ isPlain }) => isPlain);
    return new Set((plainly.length > 1 ? plainly : records).map((record) => commonest(record.values))).size > 1;
  });
  const usual = agreement(values.map((record) => record.values));
  const isTold = usual >= agreed && usual >= habit(hole, naming.nameAt);
  return differs && isTold && !isFiner(hole, usual, naming) && !isOfReader(hole, usual, naming);
}

/** True for what the account or a register tells about as well as the record: who reads, and what they may do, is nothing that it says. */
function isOfReader({ values }: Hole, usual: number, { accountOf, modeAt }: Naming): boolean {
  const all = [...values].map(([{ view }, value]) => ({ view, value }));
  const alone = timesOfMost(all.map(({ value }) => value)) / all.length;
  const tells = (keyOf: (view: View) => Value): boolean => {
    const share = usualBy(all.map(({ view, value }) => [keyOf(view), value])).right / all.length;
    return share >= usual - near && share >= alone + told;
  };
  return tells(({ session }) => accountOf(session)) || (modeAt !== undefined && tells(modeAt));
}

/** By how much more what a page shows may hang on its whole path than on a name that the path begins with. */
const finer = 0.05;

/** True for what pages show of something that their whole path names rather than of what it begins with. */
function isFiner(hole: Hole, usual: number, naming: Naming): boolean {
  const inWhole = (view: View): string => `${naming.nameAt(view)} ${parseAddress(view.url).path}`;
  const whole = firstSights(hole, { ...naming, nameAt: (view) => (naming.nameAt(view) === '' ? '' : inWhole(view)) });
  return agreement([...whole.values()].map((seen) => seen.map(([, value]) => value))) > usual + finer;
}

/** Where a page shows records, which of its holes may do so, and the name that a view's address gives. */
interface Place {
  readonly page: PageModel;
  readonly holes: readonly Hole[];
  readonly plain: (view: View) => string;
  /** True where lists show the records too: what hangs on a record's name is then told from what they say. */
  readonly isListed: boolean;
}

function bindingOf(place: Place, by: RecordAddress, reading: AddressReading): Binding {
  const { page, holes, isListed } = place;
  const [register] = reading.modes;
  const naming = {
    nameAt: by.nameAt,
    isPlain: plainViews(page),
    accountOf: reading.accountOf,
    ...(register ? { modeAt: (view: View): Value => register.values.get(view) ?? null } : {}),
  };
  // Where a form came back the page is about what was sent: the record is told by pages that were only looked at.
  const isLookedAt = page.views.some((view) => by.nameAt(view) !== '' && !view.posted);
  const tells = ({ posted }: View): boolean => !isLookedAt || posted === undefined;
  const within = holes.map(reading.untouched).map((hole): Hole => ({
    ...hole,
    values: new Map([...hole.values].filter(([{ view }]) => by.nameAt(view) !== '' && tells(view))),
  }));
  const some = within.filter((hole) => hole.values.size > 0);
  const byRecord = new Set(isListed ? holesByRecord(some, naming) : []);
  const mine = some.filter(
    (hole) => byRecord.has(hole) || (isOfRecord(hole, naming) && !followsFromAddress(hole, place) && !followsFromSource(hole, place)),
  );
  const own = itemColumns(mine, { paramsAt: (view) => paramsOf(page, view) });
  return { page, by, columns: own.columns, shows: withSections(own.shows, { page, holes, nameAt: by.nameAt }), rest: [] };
}

/** Different addresses from which a text must follow. */
const fewestFollowing = 4;

/** True for a text that the address says already, of the record or of what else it asks for: it is the same for records never seen. */
function followsFromAddress(hole: Hole, { page, plain }: Place): boolean {
  if (hole.live || (hole.kind !== 'text' && hole.kind !== 'attribute')) return false;
  const asked = [...new Set(page.views.flatMap((view) => Object.keys(saidBy(page, view))))].sort();
  const seen = new Map<string, DeriveExample>();
  for (const [{ view }, value] of hole.values) {
    if (typeof value !== 'string' || value.trim() === '') continue;
    const params = saidBy(page, view);
    const inputs = [plain(view), ...asked.map((name) => params[name] ?? '')];
    seen.set(JSON.stringify([inputs, value]), { inputs, output: value.trim() });
  }
  const examples = [...seen.values()];
  if (new Set(examples.map(({ output }) => output)).size < fewestFollowing) return false;
  const terms: Expr[] = [{ col: keyColumn.name }, ...asked.map((param) => ({ param }))];
  return derive(terms, examples, { slack: 1 - nearly, constantsAllowed: false }) !== null;
}

/** What is shown of records, where forms may hold a section of a text, and come back. */
function withSections(
  shows: ReadonlyMap<Hole, Expr>,
  { page, holes, nameAt }: { readonly page: PageModel; readonly holes: readonly Hole[]; readonly nameAt: (view: View) => string },
): ReadonlyMap<Hole, Expr> {
  const all = new Map(shows);
  for (const [hole, text] of shows) {
    if (!isSource(hole)) continue;
    const whole = holes.find(({ id }) => id === hole.id);
    const found = whole ? sectionsOf({ page, nameAt }, whole) : null;
    all.set(hole, returned(hole, found ? sectionOf(text, found.sections) : text));
    for (const other of found ? holes : []) {
      const beside = found && other !== whole ? besideSection(other, text, { found, page }) : null;
      if (beside) all.set(other, beside);
    }
  }
  return all;
}

/** What a field shows: what was sent in it, where the form came back, else the record's text. */
function returned(hole: Hole, text: Expr): Expr {
  const [node] = hole.pattern.kind === 'element' ? hole.pattern.nodes.values() : [];
  const sent: Expr = { param: node?.attrs['name'] ?? '' };
  return hole.values.size > 0 && sent.param !== '' ? { fn: 'if', args: [{ fn: 'isBlank', args: [sent] }, text, sent] } : text;
}

/** True for what hangs on whether there is a text yet, rather than on the record: what a form suggests for a new one. */
function followsFromSource(hole: Hole, { page }: Place): boolean {
  const source = hole.kind === 'attribute' && hole.live ? page.holes.find((other) => other !== hole && isSource(other)) : undefined;
  if (!source) return false;
  const loads = new Set<string>();
  const seen = [...hole.values]
    .sort(([a], [b]) => a.view.index - b.view.index)
    .flatMap(([instance, value]) => {
      const { session, load } = instance.view;
      const text = source.values.get(instance);
      // What people put there later is theirs.
      if (text === undefined || loads.has(`${session} ${load}`)) return [];
      loads.add(`${session} ${load}`);
      return [[String(text).trim() === '', value] as const];
    });
  const { usual, right } = usualBy(seen);
  return new Set(usual.values()).size === 2 && right >= mostlyTold * seen.length;
}

/** Documents and their sources are worth a record of their own; so are several texts. */
function isWorthwhile(bindings: readonly Binding[]): boolean {
  const sources = bindings.flatMap(({ columns }) => columns.flatMap(({ source }) => source ?? []));
  const texts = sources.filter(({ kind, live }) => kind === 'text' && !live);
  return sources.some((hole) => hole.kind === 'prose' || isSource(hole)) || texts.length >= fewestTexts;
}

/** True where a table has what a page shows of the record that a parameter names. */
export function isTaken(tables: readonly TableModel[], page: PageModel, param: string): boolean {
  return tables.some(({ bindings }) => bindings.some((binding) => binding.page === page && binding.by?.param === param));
}

/** Where pages of a family that are not taken yet show records, under the column that names them. */
function bindingsOf(family: Family, known: TableModel | undefined, reading: AddressReading): readonly Binding[] {
  const column = known?.key ?? keyColumn.name;
  const { param, pages } = family;
  const otherwise = nameElsewhere(family);
  const pageOf = new Map(pages.flatMap((page) => page.views.map((view) => [view, page] as const)));
  const plain = (view: View): string => {
    const page = pageOf.get(view);
    const name = page ? (paramsOf(page, view)[param] ?? '') : '';
    return name === '' ? (otherwise ?? '') : name;
  };
  if (new Set([...pageOf.keys()].map(plain)).size < fewestNames) return [];
  const [register] = reading.modes;
  const formAt = (view: View): Value => register?.values.get(view) ?? null;
  const naming = { param, column, ...(otherwise === undefined ? {} : { otherwise }) };
  const isListed = known !== undefined;
  const bindings = pages.flatMap((page): readonly Binding[] => {
    const nameIn = (view: View): string => (plain(view) === '' ? '' : `${reading.accountOf(view.session)} ${plain(view)}`);
    const asked = { page, param, nameAt: nameIn };
    const told = otherwise === undefined ? versionParams(asked) : [];
    const versions = told.length > 0 ? told : rareVersions(asked);
    const nameAt = (view: View): string => (plain(view) === '' ? '' : `${plain(view)}${versionAt(versions, page, view)}`);
    const by: RecordAddress = { ...naming, nameAt, ...(versions.length > 0 ? { versions } : {}) };
    const isFormed = (hole: Hole): boolean =>
      register !== undefined && hasForms(hole, { nameAt: plain, accountOf: reading.accountOf }, formAt);
    const { true: formed = [], false: plainly = [] } = Object.groupBy(page.holes, (hole) => (isFormed(hole) ? 'true' : 'false'));
    const forms = formed.length === 0 ? [] : [...new Set(page.views.filter((view) => plain(view) !== '').map(formAt))];
    const inForm = (mode: Value): RecordAddress => ({ ...by, mode, nameAt: (view) => (formAt(view) === mode ? nameAt(view) : '') });
    return [
      bindingOf({ page, holes: plainly, plain, isListed }, by, reading),
      ...forms.map((mode) => bindingOf({ page, holes: formed, plain, isListed }, inForm(mode), reading)),
    ];
  });
  return bindings.filter(({ columns }) => columns.length > 0).toSorted((a, b) => b.page.views.length - a.page.views.length);
}

/** How pages about records of a table are taken into it. */
export interface AddressJoining {
  readonly join: (table: TableModel, binding: Binding) => TableModel;
  /** True where what a page shows agrees with the records of a table that its address names by their key. */
  readonly agrees: (table: TableModel, page: PageModel, param: string) => boolean;
}

export type AddressInputs = AddressReading & AddressJoining;

/** Takes what pages show of the records that their addresses name into the table of those records, a new one where there is none. */
function take(tables: TableModel[], { param, pages }: Family, inputs: AddressInputs): void {
  const rest = { param, pages: pages.filter((page) => !isTaken(tables, page, param)) };
  if (rest.pages.length === 0) return;
  const at = tables.findIndex((table) => rest.pages.some((page) => inputs.agrees(table, page, param)));
  const known = tables[at];
  const bindings = bindingsOf(rest, known, inputs);
  if (!isWorthwhile(bindings)) return;
  const [first, ...others] = bindings as [Binding, ...Binding[]];
  const made: TableModel = { name: '', columns: [keyColumn, ...first.columns], key: keyColumn.name, bindings: [first], recalled: true };
  if (known) tables[at] = bindings.reduce(inputs.join, known);
  else tables.push(others.reduce(inputs.join, made));
}

/**
 * Finds records that addresses name, whether or not a list shows them: the documents of a wiki, say. All pages whose addresses name a
 * record in the same way show the same record.
 */
export function takeAddressed(tables: TableModel[], families: readonly Family[], inputs: AddressInputs): void {
  for (const family of families) take(tables, family, inputs);
}
