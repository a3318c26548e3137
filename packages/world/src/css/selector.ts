import type { StyledElement } from './styled-element.ts';

/** A condition on one element. */
export type Test = (element: StyledElement) => boolean;

/** A condition with what it looks at: the element's own attributes of these names, or more than that where null. */
export interface Condition {
  readonly test: Test;
  readonly reads: readonly string[] | null;
  /** Pseudo-classes that it is made of, at any depth, and the signs `+` and `~` where it uses them inside. */
  readonly uses?: readonly string[];
  /** The pseudo-class that it is, where it is one without arguments. */
  readonly pseudo?: string;
}

export type Combinator = ' ' | '>' | '+' | '~';

/**
 * Conditions on one element. What an index can use stands apart from what must be tried; a tag, id or class may stand
 * there for a condition that implies it.
 */
export interface Compound {
  readonly tag: string | null;
  readonly id: string | null;
  readonly classes: readonly string[];
  readonly conditions: readonly Condition[];
}

/** Compounds from right to left; `combinators[i]` joins compound `i` to compound `i + 1`. */
export interface Complex {
  readonly compounds: readonly Compound[];
  readonly combinators: readonly Combinator[];
}

/** A list of complex selectors, any of which may match. */
export type CompiledSelector = readonly Complex[];

/** True if a condition of the compound looks at what is below its element. */
export function looksInside({ conditions }: Compound): boolean {
  return conditions.some(({ uses }) => uses?.includes('has'));
}

/** Pseudo-classes that selectors are made of, at any depth, and the signs `+` and `~` where they use them. */
export function usesOf(list: CompiledSelector): readonly string[] {
  return list.flatMap(({ compounds, combinators }) => [
    ...combinators.filter((sign) => sign === '+' || sign === '~'),
    ...compounds.flatMap(({ conditions }) => conditions.flatMap(({ uses = [] }) => uses)),
  ]);
}

/** False where tag, id or classes rule out that the element matches. */
export function mayMatch(compound: Compound, element: Pick<StyledElement, 'tag' | 'attrs' | 'classes'>): boolean {
  if (compound.tag !== null && compound.tag !== element.tag) return false;
  if (compound.id !== null && compound.id !== element.attrs['id']) return false;
  for (const name of compound.classes) if (!element.classes.includes(name)) return false;
  return true;
}

/** True if the element matches any selector of the list. */
export function matches(selector: CompiledSelector, element: StyledElement): boolean {
  for (const complex of selector) if (matchesComplex(complex, element)) return true;
  return false;
}

/** True if the element matches the selector. */
export function matchesComplex(complex: Complex, element: StyledElement): boolean {
  return matchesFrom(complex, 0, element);
}

function matchesFrom(complex: Complex, at: number, element: StyledElement): boolean {
  const compound = complex.compounds[at];
  if (compound === undefined || !matchesCompound(compound, element)) return false;
  const combinator = complex.combinators[at];
  if (combinator === undefined) return true;
  const matchesNext: Test = (other) => matchesFrom(complex, at + 1, other);
  return matchesRelated(element, combinator, matchesNext);
}

function matchesRelated(element: StyledElement, combinator: Combinator, test: Test): boolean {
  const isUpward = combinator === ' ' || combinator === '>';
  let other = isUpward ? element.parent : element.previous;
  if (combinator === '>' || combinator === '+') return other !== null && test(other);
  for (; other !== null; other = isUpward ? other.parent : other.previous) if (test(other)) return true;
  return false;
}

function matchesCompound(compound: Compound, element: StyledElement): boolean {
  if (!mayMatch(compound, element)) return false;
  for (const { test } of compound.conditions) if (!test(element)) return false;
  return true;
}
