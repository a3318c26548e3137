import type { StyleRule } from '@backlot/protocol';
import { remembered } from '../remembered.ts';
import { ancestorMask } from './ancestor-mask.ts';
import { emptyMask, isWithin, maskOfNames, type NameMask } from './name-mask.ts';
import { maskOf } from './declarations.ts';
import { heededBy, type Heeded } from './heed.ts';
import { parseSelector } from './parse-selector.ts';
import { looksInside, matchesComplex, mayMatch, usesOf, type Complex, type Compound } from './selector.ts';
import { Context, type Tally } from './share/context.ts';
import type { StyledElement } from './styled-element.ts';

/** A rule ready to be tried. `mask` holds the bits of the properties that it declares. */
export interface IndexedRule {
  readonly rule: StyleRule;
  readonly order: number;
  readonly mask: number;
  readonly selector: Complex;
  /** What it asks of ancestors, to be refused fast. */
  readonly ancestors: NameMask;
  /** True where the element's own attributes alone decide. */
  readonly plain: boolean;
}

/** Rules for one box, strongest first. */
export interface BoxRules {
  readonly rules: readonly IndexedRule[];
  /** Those of them that set custom properties. */
  readonly variables: readonly IndexedRule[];
  /** True where the rules apply to every element that has these candidates, and no value refers to a variable. */
  readonly settled: boolean;
}

/** Rules that may apply to elements alike in tag and in the attributes that selectors read. */
export interface Candidates {
  readonly own: BoxRules;
  readonly before: BoxRules;
  readonly after: BoxRules;
  readonly mask: NameMask;
}

/** Pseudo-classes that count neighbours. */
const counting = /-child|-of-type/;

const mostContexts = 20_000;

/** Rules by what the last compound of their selectors asks for. */
export class RuleIndex {
  readonly #byId = new Map<string, IndexedRule[]>();
  readonly #byClass = new Map<string, IndexedRule[]>();
  readonly #byTag = new Map<string, IndexedRule[]>();
  readonly #anywhere: IndexedRule[] = [];
  readonly heeds: Heeded;
  /** Whether what contains the focus looks otherwise. */
  readonly heedsWithin: boolean;
  /** Parts of selectors that look at what is below their element. */
  readonly suspects: readonly Compound[];
  /** Whether any selector looks at neighbours or counts them. */
  readonly looksSideways: boolean;
  #contexts: { readonly root: Context; readonly tally: Tally } | null = null;
  readonly #candidates = new Map<string, Candidates>();
  /** Attributes besides id and class that decide which candidates an element has. */
  readonly #attributes = new Set<string>();

  constructor(rules: readonly StyleRule[]) {
    const suspects: Compound[] = [];
    const uses = new Set<string>();
    const all: Complex[] = [];
    rules.forEach((rule, order) => {
      const mask = maskOf(rule);
      const selectors = parseSelector(rule.selector) ?? [];
      all.push(...selectors);
      for (const selector of selectors) {
        this.#add({ rule, order, mask, selector });
        suspects.push(...selector.compounds.filter(looksInside));
      }
      for (const use of usesOf(selectors)) uses.add(use);
    });
    this.heeds = heededBy(all);
    this.heedsWithin = uses.has('focus-within');
    this.looksSideways = [...uses].some((use) => use === '+' || use === '~' || counting.test(use));
    this.suspects = suspects;
  }

  #add(rule: Pick<IndexedRule, 'rule' | 'order' | 'mask' | 'selector'>): void {
    const { compounds } = rule.selector;
    const last = compounds[0];
    if (last === undefined) return;
    const plain = compounds.length === 1 && last.conditions.every(({ reads }) => reads !== null);
    const indexed: IndexedRule = { ...rule, plain, ancestors: ancestorMask(rule.selector) };
    for (const { reads } of last.conditions) for (const name of reads ?? []) this.#attributes.add(name);
    const firstClass = last.classes[0];
    if (last.id !== null) push(this.#byId, last.id, indexed);
    else if (firstClass !== undefined) push(this.#byClass, firstClass, indexed);
    else if (last.tag !== null) push(this.#byTag, last.tag, indexed);
    else this.#anywhere.push(indexed);
  }

  /** The context of pages as a whole. */
  get context(): Context {
    if (this.#contexts === null || this.#contexts.tally.made > mostContexts) {
      const tally = { made: 0 };
      this.#contexts = { root: new Context(tally), tally };
    }
    return this.#contexts.root;
  }

  /** Rules that the element's own tag and attributes do not rule out. */
  candidates(element: StyledElement): Candidates {
    const key = this.#keyOf(element);
    let found = this.#candidates.get(key);
    if (found === undefined) {
      if (this.#candidates.size > 5000) this.#candidates.clear();
      found = this.#collect(element);
      this.#candidates.set(key, found);
    }
    return found;
  }

  #keyOf(element: StyledElement): string {
    const { attrs } = element;
    let key = element.tag;
    for (const name in attrs) {
      if (name === 'class' || name === 'id' || this.#attributes.has(name)) key += `\n${name}=${attrs[name]}`;
    }
    return key;
  }

  #collect(element: StyledElement): Candidates {
    const all = [...this.#anywhere, ...(this.#byTag.get(element.tag) ?? [])];
    const { id } = element.attrs;
    if (id !== undefined) all.push(...(this.#byId.get(id) ?? []));
    for (const name of new Set(element.classes)) all.push(...(this.#byClass.get(name) ?? []));
    const possible = all.filter((each) => isPossible(each, element)).sort((a, b) => b.order - a.order);
    const box = (pseudo: StyleRule['pseudo']): BoxRules => boxRules(possible.filter((each) => each.rule.pseudo === pseudo));
    return { own: box(undefined), before: box('before'), after: box('after'), mask: maskOfNames(id ?? null, element.classes) };
  }
}

function isPossible(indexed: IndexedRule, element: StyledElement): boolean {
  const last = indexed.selector.compounds[0];
  if (last === undefined || !mayMatch(last, element)) return false;
  return last.conditions.every(({ reads, test }) => reads === null || test(element));
}

const noRules: BoxRules = { rules: [], variables: [], settled: true };

function boxRules(rules: readonly IndexedRule[]): BoxRules {
  if (rules.length === 0) return noRules;
  const settled = rules.every(({ plain, rule }) => plain && rule.vars === undefined && !JSON.stringify(rule).includes('var('));
  return { rules, variables: rules.filter(({ rule }) => rule.vars !== undefined), settled };
}

/** True if the rule, one of the element's candidates, applies to it. */
export function applies(indexed: IndexedRule, element: StyledElement): boolean {
  if (indexed.plain) return true;
  return isWithin(indexed.ancestors, element.parent?.mask ?? emptyMask) && matchesComplex(indexed.selector, element);
}

function push(map: Map<string, IndexedRule[]>, key: string, rule: IndexedRule): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [rule]);
  else list.push(rule);
}

const indexes = new WeakMap<readonly StyleRule[], RuleIndex>();

/** The index of these rules, made once for each array. */
export function indexRules(rules: readonly StyleRule[]): RuleIndex {
  return remembered(indexes, rules, () => new RuleIndex(rules));
}
