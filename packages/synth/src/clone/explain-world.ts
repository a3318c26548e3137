import type { Certainty, Evidence, Loop, Page, Register, Rule, Table, Template, Value, World } from '@backlot/protocol';
import type { NamedElement } from './name-anchors.ts';
import { nameElements } from './name-anchors.ts';
import { wordAddresses } from './word-address.ts';
import type { Wording } from './word-expr.ts';
import { wordLoop } from './word-expr.ts';
import type { RuleWords } from './word-rule.ts';
import { wordRule } from './word-rule.ts';
import { isPlaceColumn } from './word-shapes.ts';

/** A list on a page, with its query in words. */
export interface ShownList {
  readonly page: string;
  /** The element around it, and the query behind it. */
  readonly in: string;
  readonly query: string;
}

/** A table in words. */
export interface TableFacts {
  readonly name: string;
  readonly columns: readonly { readonly name: string; readonly type: string; readonly scope: string; readonly example: Value }[];
  /** Rows that each account begins with. */
  readonly rows: Readonly<Record<string, number>>;
  readonly shown: readonly ShownList[];
  /** Rules that change it. */
  readonly changedBy: readonly string[];
}

/** A register in words. */
export interface RegisterFacts extends Register {
  readonly readOn: readonly string[];
  readonly setBy: readonly string[];
}

/** A rule in words. */
export interface RuleFacts extends RuleWords {
  readonly id: string;
  readonly page: string | null;
  readonly certainty: Certainty;
  readonly probability: number;
  readonly evidence: readonly Evidence[];
  readonly alternatives: readonly string[];
  /** Recordings that would make it certain. */
  readonly wouldDecide: readonly string[];
}

/** A world's elements by page, with its rules: what all explanations are made of. */
export interface Explained {
  readonly world: World;
  readonly elements: ReadonlyMap<string, readonly NamedElement[]>;
  readonly wording: Wording;
  /** The same, but an element that is repeated is said to be one of many. */
  readonly wordingOfOne: Wording;
}

function wordingWith(elements: readonly NamedElement[], nameOf: (element: NamedElement) => string): Wording {
  const names = new Map(elements.map((element) => [element.anchor, nameOf(element)]));
  return { name: (anchor) => names.get(anchor) ?? anchor };
}

/** Names the elements of all pages once. */
export function explained(world: World): Explained {
  const elements = new Map(world.pages.map((page) => [page.id, nameElements(page)]));
  const all = [...elements.values()].flat();
  const nameOfOne = ({ name, loops }: NamedElement): string => {
    const loop = loops.findLast((each) => 'from' in each);
    return loop && 'from' in loop ? `${name} in a row of ${loop.from}` : name;
  };
  return { world, elements, wording: wordingWith(all, ({ name }) => name), wordingOfOne: wordingWith(all, nameOfOne) };
}

/** True for tables that hold what pages showed by address, where no rule says why. */
export function isMemory(table: Table): boolean {
  return table.name.startsWith('m') && table.columns.some(({ name, type }) => name === 'key' && type === 'text');
}

/** Page of a rule; null for requests and timers, which belong to no page. */
export function pageOfRule({ on }: Rule): string | null {
  return 'ui' in on ? on.ui.page : 'open' in on ? on.open : null;
}

function literalTest(rule: Rule): boolean {
  return rule.when !== undefined && /"fn":"eq","args":\[\{"(?:arg|field|param)":"[^"]*"\},\{"lit":"/.test(JSON.stringify(rule.when));
}

function wouldDecide(rule: Rule, head: string): readonly string[] {
  if (rule.certainty === 'certain') return [];
  const again = head.replace(/^When /, '').replace(/, if .*$|:$/s, '');
  const few = rule.evidence.length === 0 ? 'never' : rule.evidence.length === 1 ? 'only once' : `only ${rule.evidence.length} times`;
  return [
    ...(rule.alternatives ?? []),
    ...(literalTest(rule) ? [`The guard names one text that was seen: record ${again} with other texts.`] : []),
    ...((rule.alternatives ?? []).length === 0
      ? [`It was seen ${few}: record once more how ${again}, with other data and on another page state.`]
      : []),
  ];
}

/** A rule in words, with what would make it certain. */
export function ruleFacts(rule: Rule, from: Explained): RuleFacts {
  const words = wordRule(rule, from.wording, from.wordingOfOne);
  const { id, certainty, probability, evidence, alternatives = [] } = rule;
  return {
    id,
    page: pageOfRule(rule),
    ...words,
    certainty,
    probability,
    evidence,
    alternatives,
    wouldDecide: wouldDecide(rule, words.head),
  };
}

function loopsIn(
  template: Template,
  around: string,
): readonly { readonly loop: Loop; readonly around: string; readonly outer: string | undefined }[] {
  const visit = (kid: Template, at: string, row: string | undefined): ReturnType<typeof loopsIn> => {
    const next = 'el' in kid ? kid.anchor : at;
    const own = 'each' in kid ? [{ loop: kid.each, around: at, outer: row }] : [];
    const inner = 'each' in kid ? kid.each.as : row;
    const kids = 'kids' in kid ? kid.kids.flatMap((each) => visit(each, next, inner)) : [];
    const others = 'when' in kid ? (kid.else ?? []).flatMap((each) => visit(each, next, row)) : [];
    return [...own, ...kids, ...others];
  };
  return visit(template, around, undefined);
}

/** Lists of a page, in document order; those over the parts of a cell are left out. */
export function listsOf(page: Page, from: Explained): readonly (ShownList & { readonly table: string })[] {
  const { wording } = from;
  return loopsIn(page.template, '').flatMap(({ loop, around, outer }) =>
    'from' in loop
      ? [
          {
            table: loop.from,
            page: page.id,
            in: wording.name(around),
            query: wordLoop(loop, outer === undefined ? wording : { ...wording, row: outer }),
          },
        ]
      : [],
  );
}

/** Texts by which the changed things of a world are found in its JSON. */
const mentions = (value: unknown, text: string): boolean => JSON.stringify(value).includes(text);

function changes(rule: Rule, table: string): boolean {
  return ['insert', 'update', 'delete'].some((kind) => mentions([rule.do, rule.then], `"${kind}":${JSON.stringify(table)}`));
}

function exampleOf(world: World, table: string, column: string): Value {
  const isTelling = (value: Value | undefined): value is Value => value !== undefined && value !== null && value !== '' && value !== false;
  const rows = Object.entries(world.seeds)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([, seed]) => seed.tables[table] ?? []);
  return rows.map((row) => row[column]).find((value) => isTelling(value) && !(Array.isArray(value) && value.length === 0)) ?? null;
}

/** A table in words. */
export function tableFacts(table: Table, from: Explained): TableFacts {
  const { world } = from;
  return {
    name: table.name,
    columns: table.columns.map(({ name, type, scope }) => ({ name, type, scope, example: exampleOf(world, table.name, name) })),
    rows: Object.fromEntries(Object.entries(world.seeds).map(([account, seed]) => [account, (seed.tables[table.name] ?? []).length])),
    shown: world.pages.flatMap((page) => listsOf(page, from).filter((list) => list.table === table.name)),
    changedBy: world.rules.filter((rule) => changes(rule, table.name)).map(({ id }) => id),
  };
}

/** Registers with where they are read and which rules set them. */
export function registerFacts(world: World): readonly RegisterFacts[] {
  const templates = world.pages.map(({ id, template, title, when }) => ({ id, text: JSON.stringify([template, title, when ?? null]) }));
  const rules = world.rules.map((rule) => ({ id: rule.id, text: JSON.stringify([rule.do, rule.then]) }));
  return world.registers.map((register) => {
    const name = JSON.stringify(register.name);
    return {
      ...register,
      readOn: templates.filter(({ text }) => text.includes(`"reg":${name}`)).map(({ id }) => id),
      setBy: rules.filter(({ text }) => text.includes(`"set":${name}`)).map(({ id }) => id),
    };
  });
}

/** Columns with the addresses at which records were seen, for lists that no query explains. */
export function placeColumns(table: Table): readonly string[] {
  return table.columns.filter(({ name, type }) => type === 'list' && isPlaceColumn(name)).map(({ name }) => name);
}

/** A page in a line. */
export interface PageLine {
  readonly id: string;
  readonly addresses: readonly string[];
  readonly title: string | null;
  /** Views named as evidence. */
  readonly views: number;
  readonly rules: number;
}

/** A page in a line. */
export function pageLine(page: Page, world: World): PageLine {
  return {
    id: page.id,
    addresses: wordAddresses(page),
    title: typeof page.title === 'string' ? page.title : null,
    views: page.evidence.length,
    rules: world.rules.filter((rule) => pageOfRule(rule) === page.id).length,
  };
}
