import type { Evidence, Page, Row, Rule, Table, World } from '@backlot/protocol';
import { matchingPages } from '@backlot/world';
import type { Holes } from './explain-holes.ts';
import { holesOfPage } from './explain-holes.ts';
import type { Explained, PageLine, RuleFacts, ShownList, TableFacts } from './explain-world.ts';
import { explained, listsOf, pageLine, pageOfRule, ruleFacts, tableFacts } from './explain-world.ts';
import type { NamedElement } from './name-anchors.ts';
import { wordAddresses } from './word-address.ts';
import { wordCondition } from './word-expr.ts';

/** One part of a world in full. */
export type Detail =
  | (PageLine & {
      readonly kind: 'page';
      readonly when: string | null;
      readonly holes: Holes;
      readonly lists: readonly ShownList[];
      readonly of: readonly RuleFacts[];
      readonly evidence: readonly Evidence[];
    })
  | { readonly kind: 'rules'; readonly asked: string; readonly rules: readonly RuleFacts[] }
  | (TableFacts & { readonly kind: 'table'; readonly seeds: Readonly<Record<string, readonly Row[]>> })
  | {
      readonly kind: 'elements';
      readonly asked: string;
      readonly elements: readonly { readonly page: string; readonly name: string; readonly does: string }[];
    };

function pageDetail(page: Page, from: Explained): Detail {
  const rules = from.world.rules.filter((rule) => pageOfRule(rule) === page.id);
  return {
    kind: 'page',
    ...pageLine(page, from.world),
    when: page.when ? wordCondition(page.when, from.wording) : null,
    holes: holesOfPage(page),
    lists: listsOf(page, from).map(({ page: id, in: at, query }) => ({ page: id, in: at, query })),
    of: rules.map((rule) => ruleFacts(rule, from)),
    evidence: page.evidence,
  };
}

function tableDetail(table: Table, from: Explained): Detail {
  const seeds = Object.entries(from.world.seeds).map(([account, seed]) => [account, seed.tables[table.name] ?? []] as const);
  return { kind: 'table', ...tableFacts(table, from), seeds: Object.fromEntries(seeds) };
}

/** The page at an address or with that pattern: the most specific one that stands first, as the clone itself chooses. */
function pageAt(world: World, asked: string): Page | undefined {
  const url = /^https?:/i.test(asked) && URL.canParse(asked) ? new URL(asked) : undefined;
  const address = url ? url.pathname + url.search + url.hash : asked;
  if (!/^[/?#]/.test(address)) return undefined;
  const written = world.pages.find((page) => wordAddresses(page).includes(address) || page.route === address);
  return written ?? matchingPages(world, address)[0]?.page;
}

const same = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

/** Elements with that visible name (or what code calls them), else those whose name holds it. */
function elementsNamed(asked: string, { elements }: Explained): readonly (NamedElement & { readonly page: string })[] {
  const all = [...elements].flatMap(([page, named]) => named.map((element) => ({ ...element, page })));
  const body = all.filter(({ element }) => !['html', 'body', 'head', 'title'].includes(element.el));
  const labelled = body.filter(({ label }) => label !== '');
  const isExact = ({ label, name }: NamedElement): boolean =>
    same(label, asked) || same(name, asked) || same(name, `the ${asked}`) || name.endsWith(` (${asked})`);
  const exact = body.filter(isExact);
  return exact.length > 0
    ? exact
    : asked.length < 3
      ? []
      : labelled.filter(({ label }) => label.toLowerCase().includes(asked.toLowerCase()));
}

const idle = 'nothing happens';

function byItself({ element, kind }: NamedElement): string {
  const { href, action } = element.attrs;
  if (typeof href === 'string') return `the browser follows it to ${href}`;
  if (href !== undefined) return 'the browser follows it';
  if (typeof action === 'string') return `the browser sends it to ${action}`;
  return ['button', 'field', 'checkbox', 'choice', 'text area'].includes(kind) ? 'only what the browser does by itself' : idle;
}

function ofElements(asked: string, from: Explained): Detail | undefined {
  const named = elementsNamed(asked, from);
  if (named.length === 0) return undefined;
  const anchors = new Set(named.map(({ anchor }) => anchor));
  const rules = from.world.rules.filter(({ on }) => 'ui' in on && anchors.has(on.ui.anchor));
  if (rules.length > 0) return { kind: 'rules', asked, rules: rules.map((rule) => ruleFacts(rule, from)) };
  const all = named.map((element) => ({ page: element.page, name: element.name, does: byItself(element) }));
  const active = all.filter(({ does }) => does !== idle);
  return { kind: 'elements', asked, elements: active.length > 0 ? active : all };
}

function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (const [i, letter] of [...a].entries()) {
    const next = [i + 1];
    for (let j = 0; j < b.length; j++) {
      next.push(Math.min((next[j] ?? 0) + 1, (row[j + 1] ?? 0) + 1, (row[j] ?? 0) + (letter === b[j] ? 0 : 1)));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}

/** Names that can be asked for, the closest to what was asked first. */
function closest(asked: string, { world, elements }: Explained): readonly string[] {
  const ruled = new Set(world.rules.map(({ on }: Rule) => ('ui' in on ? on.ui.anchor : '')));
  const labels = [...elements.values()].flat().filter(({ anchor, label }) => ruled.has(anchor) && label !== '' && !label.includes('‹'));
  const names = [
    ...world.pages.flatMap((page) => [page.id, ...wordAddresses(page)]),
    ...world.rules.map(({ id }) => id),
    ...world.tables.map(({ name }) => name),
    ...labels.map(({ label }) => label),
  ];
  const wanted = asked.toLowerCase();
  return [...new Set(names)]
    .map((name) => ({ name, far: distance(wanted, name.toLowerCase().slice(0, 80)) / Math.max(name.length, wanted.length, 1) }))
    .sort((a, b) => a.far - b.far || (a.name < b.name ? -1 : 1))
    .map(({ name }) => name);
}

/** What was asked for, or what exists instead. */
export type Found = { readonly detail: Detail } | { readonly closest: readonly string[] };

/**
 * One part of a world in full: a page by its id, a pattern of its addresses, an address or its title; rules by id or by the visible
 * name of the element that sets them off; a table by name. Where nothing is so named, the closest names that are.
 */
export function detailOf(world: World, asked: string): Found {
  const from = explained(world);
  const rule = world.rules.find(({ id }) => id === asked);
  const table = world.tables.find(({ name }) => name === asked);
  const page = world.pages.find(({ id }) => id === asked) ?? pageAt(world, asked);
  const titled = (): Page | undefined => world.pages.find(({ title }) => typeof title === 'string' && same(title, asked));
  if (page) return { detail: pageDetail(page, from) };
  if (rule) return { detail: { kind: 'rules', asked, rules: [ruleFacts(rule, from)] } };
  if (table) return { detail: tableDetail(table, from) };
  const elements = ofElements(asked, from);
  if (elements) return { detail: elements };
  const byTitle = titled();
  return byTitle ? { detail: pageDetail(byTitle, from) } : { closest: closest(asked, from).slice(0, 5) };
}
