import type { StyleRule } from '@backlot/protocol';
import { maskOf } from './declarations.ts';
import { parseSelector } from './parse-selector.ts';
import { matchesComplex, type Complex } from './selector.ts';
import type { StyledElement } from './styled-element.ts';

/** A rule ready to be tried. `mask` holds the bits of the properties that it declares. */
export interface IndexedRule {
  readonly rule: StyleRule;
  readonly order: number;
  readonly mask: number;
  readonly selector: Complex;
  /** True where tag, id and classes alone decide. */
  readonly plain: boolean;
}

/** Rules that may apply to elements of one tag, id and class list, strongest first. */
export interface Candidates {
  readonly own: readonly IndexedRule[];
  readonly before: readonly IndexedRule[];
  readonly after: readonly IndexedRule[];
}

/** Rules by what the last compound of their selectors asks for. */
export class RuleIndex {
  readonly #byId = new Map<string, IndexedRule[]>();
  readonly #byClass = new Map<string, IndexedRule[]>();
  readonly #byTag = new Map<string, IndexedRule[]>();
  readonly #anywhere: IndexedRule[] = [];
  readonly #candidates = new Map<string, Candidates>();
  /** True if any rule sets a custom property. */
  readonly hasVariables: boolean;

  constructor(rules: readonly StyleRule[]) {
    this.hasVariables = rules.some((rule) => rule.vars !== undefined);
    rules.forEach((rule, order) => {
      const mask = maskOf(rule);
      for (const selector of parseSelector(rule.selector) ?? []) this.#add(rule, order, { mask, selector });
    });
  }

  #add(rule: StyleRule, order: number, { mask, selector }: { mask: number; selector: Complex }): void {
    const last = selector.compounds[0];
    if (last === undefined) return;
    const plain = selector.compounds.length === 1 && last.tests.length === 0;
    const indexed: IndexedRule = { rule, order, mask, selector, plain };
    const firstClass = last.classes[0];
    if (last.id !== null) push(this.#byId, last.id, indexed);
    else if (firstClass !== undefined) push(this.#byClass, firstClass, indexed);
    else if (last.tag !== null) push(this.#byTag, last.tag, indexed);
    else this.#anywhere.push(indexed);
  }

  /** Rules that the element's tag, id and classes do not rule out. */
  candidates(element: StyledElement): Candidates {
    const key = `${element.tag} ${element.attrs['id'] ?? ''} ${element.attrs['class'] ?? ''}`;
    let found = this.#candidates.get(key);
    if (found === undefined) {
      if (this.#candidates.size > 5000) this.#candidates.clear();
      found = this.#collect(element);
      this.#candidates.set(key, found);
    }
    return found;
  }

  #collect(element: StyledElement): Candidates {
    const all = [...this.#anywhere, ...(this.#byTag.get(element.tag) ?? [])];
    const { id } = element.attrs;
    if (id !== undefined) all.push(...(this.#byId.get(id) ?? []));
    for (const name of new Set(element.classes)) all.push(...(this.#byClass.get(name) ?? []));
    const possible = all.filter((each) => isPossible(each, element)).sort((a, b) => b.order - a.order);
    return {
      own: possible.filter((each) => each.rule.pseudo === undefined),
      before: possible.filter((each) => each.rule.pseudo === 'before'),
      after: possible.filter((each) => each.rule.pseudo === 'after'),
    };
  }
}

function isPossible(indexed: IndexedRule, element: StyledElement): boolean {
  const last = indexed.selector.compounds[0];
  if (last === undefined) return false;
  const tagFits = last.tag === null || last.tag === element.tag;
  const idFits = last.id === null || last.id === element.attrs['id'];
  return tagFits && idFits && last.classes.every((name) => element.classes.includes(name));
}

/** True if the rule, one of the element's candidates, applies to it. */
export function applies(indexed: IndexedRule, element: StyledElement): boolean {
  return indexed.plain || matchesComplex(indexed.selector, element);
}

function push(map: Map<string, IndexedRule[]>, key: string, rule: IndexedRule): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [rule]);
  else list.push(rule);
}

const indexes = new WeakMap<readonly StyleRule[], RuleIndex>();

/** The index of these rules, made once for each array. */
export function indexRules(rules: readonly StyleRule[]): RuleIndex {
  let index = indexes.get(rules);
  if (index === undefined) {
    index = new RuleIndex(rules);
    indexes.set(rules, index);
  }
  return index;
}
