import { attributeCondition } from './attribute-condition.ts';
import { nthPseudoClass, simplePseudoClass } from './pseudo-class.ts';
import { SelectorReader } from './selector-reader.ts';
import {
  matches,
  matchesComplex,
  usesOf,
  type Combinator,
  type CompiledSelector,
  type Complex,
  type Compound,
  type Condition,
  type Test,
} from './selector.ts';
import type { StyledElement } from './styled-element.ts';

/**
 * Compiles a selector list. Null where a selector is malformed, names a pseudo-element, or uses a pseudo-class that
 * the engine does not know: as in a browser, the whole list then never matches.
 */
export function parseSelector(text: string): CompiledSelector | null {
  const selectors: Complex[] = [];
  for (const part of splitList(text)) {
    const complex = parseComplex(part);
    if (complex === null) return null;
    selectors.push(complex);
  }
  return selectors.length === 0 ? null : selectors;
}

/** Splits at the commas that stand outside of brackets and strings. */
function splitList(text: string): readonly string[] {
  const reader = new SelectorReader(text);
  const parts: string[] = [];
  while (!reader.done) {
    parts.push(reader.until(','));
    reader.take(',');
  }
  return parts;
}

function parseComplex(text: string): Complex | null {
  const reader = new SelectorReader(text.trim());
  const compounds: Compound[] = [];
  const combinators: Combinator[] = [];
  for (;;) {
    const compound = parseCompound(reader);
    if (compound === null) return null;
    compounds.unshift(compound);
    if (reader.done) return { compounds, combinators };
    const combinator = reader.combinator();
    if (combinator === null) return null;
    combinators.unshift(combinator);
  }
}

interface Draft {
  tag: string | null;
  id: string | null;
  classes: string[];
  conditions: Condition[];
}

function parseCompound(reader: SelectorReader): Compound | null {
  const draft: Draft = { tag: null, id: null, classes: [], conditions: [] };
  const start = reader.at;
  if (!reader.take('*')) {
    const tag = reader.name();
    if (tag !== '') draft.tag = tag.toLowerCase();
  }
  while (parsePart(reader, draft));
  return reader.failed || reader.at === start ? null : draft;
}

/** Reads one more condition; false at the end of the compound or after a failure. */
function parsePart(reader: SelectorReader, draft: Draft): boolean {
  if (reader.take('.')) {
    draft.classes.push(reader.requiredName());
  } else if (reader.take('#')) {
    const id = reader.requiredName();
    if (draft.id === null) draft.id = id;
    else draft.conditions.push({ test: (element) => element.attrs['id'] === id, reads: [] });
  } else if (reader.take('[')) {
    keep(reader, draft, attributeCondition(reader));
  } else if (reader.take(':')) {
    keep(reader, draft, parsePseudoClass(reader, draft));
  } else {
    return false;
  }
  return !reader.failed;
}

function keep(reader: SelectorReader, draft: Draft, condition: Condition | null): void {
  if (condition === null) reader.failed = true;
  else draft.conditions.push(condition);
}

const choices = new Set(['is', 'where', 'matches', '-webkit-any']);
const neverMatching = new Set(['lang', 'dir', 'host', 'state']);

function parsePseudoClass(reader: SelectorReader, draft: Draft): Condition | null {
  const name = reader.requiredName().toLowerCase();
  if (!reader.take('(')) return simple(name);
  const argument = reader.until(')');
  if (!reader.take(')')) return null;
  if (name === 'not') return negation(argument);
  if (choices.has(name)) return anyOf(argument, draft);
  if (name === 'has') return having(argument);
  if (neverMatching.has(name)) return { test: () => false, reads: [] };
  const [series = '', of] = argument.split(/\sof(?=[\s.#[:*])/);
  if (of === undefined) return using([name], dynamic(nthPseudoClass(name, series, null)));
  const list = parseSelector(of);
  return list && using([name, ...usesOf(list)], dynamic(nthPseudoClass(name, series, (element) => matches(list, element))));
}

function simple(name: string): Condition | null {
  const condition = using([name], dynamic(simplePseudoClass(name)));
  return condition && { ...condition, pseudo: name };
}

function dynamic(test: Test | null): Condition | null {
  return test === null ? null : { test, reads: null };
}

function negation(argument: string): Condition | null {
  const list = parseSelector(argument);
  return list === null ? null : using(usesOf(list), { test: (element) => !matches(list, element), reads: readsOf(list) });
}

/** The condition with what it is made of. */
function using<C extends Condition | null>(uses: readonly string[], condition: C): C {
  return condition === null || uses.length === 0 ? condition : { ...condition, uses };
}

/** A forgiving list: what cannot be read is left out. What an only selector asks of the element is noted for the index, too. */
function anyOf(argument: string, draft: Draft): Condition {
  const list = splitList(argument)
    .map(parseComplex)
    .filter((complex) => complex !== null);
  const only = list.length === 1 ? list[0]?.compounds[0] : undefined;
  if (only !== undefined) {
    draft.tag ??= only.tag;
    draft.id ??= only.id;
    draft.classes.push(...only.classes);
  }
  return using(usesOf(list), { test: (element) => matches(list, element), reads: readsOf(list) });
}

/** Attributes that decide whether the list matches; null where more does. */
function readsOf(list: CompiledSelector): readonly string[] | null {
  const reads: string[] = [];
  for (const { compounds } of list) {
    for (const condition of compounds[0]?.conditions ?? []) {
      if (condition.reads === null) return null;
      reads.push(...condition.reads);
    }
    if (compounds.length > 1) return null;
  }
  return reads;
}

function having(argument: string): Condition | null {
  const tests: Test[] = [];
  const uses = ['has'];
  for (const part of splitList(argument)) {
    const relative = /^\s*([>+~]?)\s*([^]*)$/.exec(part);
    const complex = parseComplex(relative?.[2] ?? '');
    if (complex === null) return null;
    const combinator = (relative?.[1] || ' ') as Combinator;
    if (combinator === '+' || combinator === '~') uses.push(combinator);
    uses.push(...usesOf([complex]));
    tests.push(relativeTest(combinator, complex));
  }
  return { test: (element) => tests.some((test) => test(element)), reads: null, uses };
}

function relativeTest(combinator: Combinator, complex: Complex): Test {
  const found: Test = (element) => matchesComplex(complex, element);
  const within = (element: StyledElement): boolean => element.elements.some((child) => found(child) || within(child));
  if (combinator === ' ') return within;
  if (combinator === '>') return (element) => element.elements.some(found);
  if (combinator === '+') return (element) => element.next !== null && found(element.next);
  return (element) => element.parent !== null && element.parent.elements.slice(element.place + 1).some(found);
}
