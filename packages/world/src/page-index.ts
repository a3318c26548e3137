import type { Attribute, Expr, Loop, Page, Rule, Template, World } from '@backlot/protocol';
import { remembered } from './remembered.ts';
import type { Asked } from './route.ts';
import { bySpecificity, matchRoutes, parseAddress } from './route.ts';

/** An element of a page's template with the rows that surround it. */
export interface AnchorInfo {
  readonly anchor: string;
  readonly tag: string;
  readonly attrs: Readonly<Record<string, Attribute>>;
  readonly kids: readonly Template[];
  /** The enclosing loops, outermost first. */
  readonly loops: readonly Loop[];
  /** What must hold, or must not, for the element to be on the page. */
  readonly conditions: readonly Condition[];
}

/** A condition around an element, and whether the element stands where it holds or where it does not. */
interface Condition {
  readonly when: Expr;
  readonly holds: boolean;
}

/** Lookups over one page and over one world, made once and kept as long as the world is. */
export interface WorldIndex {
  readonly anchors: ReadonlyMap<string, ReadonlyMap<string, AnchorInfo>>;
  /** Rules by `uiRuleKey`, then by anchor. */
  readonly uiRules: ReadonlyMap<string, ReadonlyMap<string, readonly Rule[]>>;
  readonly requestRules: readonly Rule[];
  readonly openRules: ReadonlyMap<string, readonly Rule[]>;
  /** True where some page asks for what a form sent. */
  readonly asksForFields: boolean;
  /** Answers of `matchingPages` so far, whatever was sent. */
  readonly matches: Map<string, readonly PageMatch[]>;
}

/** A page whose patterns match an address, with the address's variables. */
export interface PageMatch {
  readonly page: Page;
  readonly params: Readonly<Record<string, string>>;
}

const indexes = new WeakMap<World, WorldIndex>();

type Around = Pick<AnchorInfo, 'loops' | 'conditions'>;

function collect(template: Template, around: Around, into: Map<string, AnchorInfo>): void {
  const { loops, conditions } = around;
  if ('el' in template) {
    const { anchor, el, attrs, kids } = template;
    into.set(anchor, { anchor, tag: el, attrs, kids, loops, conditions });
    for (const kid of kids) collect(kid, around, into);
  } else if ('each' in template) {
    for (const kid of template.kids) collect(kid, { loops: [...loops, template.each], conditions }, into);
  } else if ('when' in template) {
    const under = (holds: boolean): Around => ({ loops, conditions: [...conditions, { when: template.when, holds }] });
    for (const kid of template.kids) collect(kid, under(true), into);
    for (const kid of template.else ?? []) collect(kid, under(false), into);
  }
}

function push(map: Map<string, Rule[]>, key: string, rule: Rule): void {
  const list = map.get(key);
  if (list) list.push(rule);
  else map.set(key, [rule]);
}

/** Key of the rules of a page for one kind of event in `uiRules`. */
export function uiRuleKey(page: string, event: string): string {
  return `${page} ${event}`;
}

/** How many segments of a request rule's path are no variables: the more, the nearer it is to an address. */
function fixedParts({ on }: Rule): number {
  const route = 'request' in on ? on.request.route : '';
  return route.split('/').filter((part) => part !== '' && part !== '*' && !part.startsWith(':')).length;
}

/** How many words a request rule asks by. */
const askedWords = ({ on }: Rule): number => ('request' in on ? Object.keys(on.request.query ?? {}).length : 0);

const asksForFields = ({ posted, also = [] }: Page): boolean => [posted, ...also.map((route) => route.posted)].some(Boolean);

function build(world: World): WorldIndex {
  const anchors = new Map<string, Map<string, AnchorInfo>>();
  for (const page of world.pages) {
    const map = new Map<string, AnchorInfo>();
    collect(page.template, { loops: [], conditions: [] }, map);
    anchors.set(page.id, map);
  }
  const uiRules = new Map<string, Map<string, Rule[]>>();
  const openRules = new Map<string, Rule[]>();
  const requestRules: Rule[] = [];
  for (const rule of world.rules) {
    if ('ui' in rule.on) {
      const { page, anchor, event } = rule.on.ui;
      push(
        remembered(uiRules, uiRuleKey(page, event), () => new Map()),
        anchor,
        rule,
      );
    } else if ('request' in rule.on) requestRules.push(rule);
    else if ('open' in rule.on) push(openRules, rule.on.open, rule);
  }
  requestRules.sort((a, b) => fixedParts(b) - fixedParts(a) || askedWords(b) - askedWords(a));
  return { anchors, uiRules, requestRules, openRules, asksForFields: world.pages.some(asksForFields), matches: new Map() };
}

/** The index of a world; worlds are never changed in place, so it is made once. */
export function indexOf(world: World): WorldIndex {
  return remembered(indexes, world, build);
}

const mostMatches = 1000;

function pagesFor(world: World, asked: Asked): readonly PageMatch[] {
  return world.pages
    .flatMap((page) => {
      const match = matchRoutes(page, asked);
      return match ? [{ page, ...match }] : [];
    })
    .sort((a, b) => bySpecificity(a.route, b.route))
    .map(({ page, params }) => ({ page, params }));
}

/**
 * Pages whose patterns match an address, the most specific first, then in the world's order, with the address's variables. `sent` is what
 * a form sent to get the document.
 */
export function matchingPages(world: World, url: string, sent?: Readonly<Record<string, string>>): readonly PageMatch[] {
  const index = indexOf(world);
  if (sent !== undefined && index.asksForFields) return pagesFor(world, { address: parseAddress(url), sent });
  const { matches } = index;
  let found = matches.get(url);
  if (found === undefined) {
    found = pagesFor(world, { address: parseAddress(url) });
    if (matches.size >= mostMatches) matches.clear();
    matches.set(url, found);
  }
  return found;
}
