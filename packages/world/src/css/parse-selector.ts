import { attributeTest } from './attribute-test.ts';
import { nthPseudoClass, simplePseudoClass } from './pseudo-class.ts';
import { SelectorReader } from './selector-reader.ts';
import { matches, matchesComplex, type Combinator, type CompiledSelector, type Complex, type Compound, type Test } from './selector.ts';
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
export function splitList(text: string): readonly string[] {
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
  tests: Test[];
}

function parseCompound(reader: SelectorReader): Compound | null {
  const draft: Draft = { tag: null, id: null, classes: [], tests: [] };
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
    else draft.tests.push((element) => element.attrs['id'] === id);
  } else if (reader.take('[')) {
    keep(reader, draft, attributeTest(reader));
  } else if (reader.take(':')) {
    keep(reader, draft, parsePseudoClass(reader));
  } else {
    return false;
  }
  return !reader.failed;
}

function keep(reader: SelectorReader, draft: Draft, test: Test | null): void {
  if (test === null) reader.failed = true;
  else draft.tests.push(test);
}

function parsePseudoClass(reader: SelectorReader): Test | null {
  const name = reader.requiredName().toLowerCase();
  if (!reader.take('(')) return simplePseudoClass(name);
  const argument = reader.until(')');
  if (!reader.take(')')) return null;
  if (name === 'not') return negation(argument);
  if (name === 'is' || name === 'where' || name === 'matches' || name === '-webkit-any') return anyOf(argument);
  if (name === 'has') return having(argument);
  if (name === 'lang' || name === 'dir' || name === 'host' || name === 'state') return () => false;
  const [series = '', of] = argument.split(/\sof(?=[\s.#[:*])/);
  if (of === undefined) return nthPseudoClass(name, series, null);
  const list = parseSelector(of);
  return list === null ? null : nthPseudoClass(name, series, (element) => matches(list, element));
}

function negation(argument: string): Test | null {
  const list = parseSelector(argument);
  return list === null ? null : (element) => !matches(list, element);
}

/** A forgiving list: what cannot be read is left out. */
function anyOf(argument: string): Test {
  const list = splitList(argument)
    .map(parseComplex)
    .filter((complex) => complex !== null);
  return (element) => matches(list, element);
}

function having(argument: string): Test | null {
  const tests: Test[] = [];
  for (const part of splitList(argument)) {
    const relative = /^\s*([>+~]?)\s*([^]*)$/.exec(part);
    const complex = parseComplex(relative?.[2] ?? '');
    if (complex === null) return null;
    tests.push(relativeTest((relative?.[1] || ' ') as Combinator, complex));
  }
  return (element) => tests.some((test) => test(element));
}

function relativeTest(combinator: Combinator, complex: Complex): Test {
  const found: Test = (element) => matchesComplex(complex, element);
  const within = (element: StyledElement): boolean => element.elements.some((child) => found(child) || within(child));
  if (combinator === ' ') return within;
  if (combinator === '>') return (element) => element.elements.some(found);
  if (combinator === '+') return (element) => element.next !== null && found(element.next);
  return (element) => element.parent !== null && element.parent.elements.slice(element.place + 1).some(found);
}
