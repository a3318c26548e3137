import { maskOf, propertyKeys, type Declarations } from './declarations.ts';
import { applies, type IndexedRule } from './rule-index.ts';
import type { InlineStyle } from './inline-style.ts';
import type { StyledElement } from './styled-element.ts';
import { substituteVariables } from './variables.ts';

/** Declared values of one box, `var()` replaced; a property is absent where nothing sets it. */
export type Cascaded = { -readonly [K in keyof Omit<Declarations, 'vars'>]?: string };

/** What takes part in the cascade of one box. */
export interface Sources {
  readonly element: StyledElement;
  /** Strongest first. */
  readonly rules: readonly IndexedRule[];
  readonly inline: InlineStyle | null;
  /** Custom properties in force, see `customProperties`. */
  readonly vars: Readonly<Record<string, string>> | null;
}

const empty: Cascaded = {};
const everything = (1 << propertyKeys.length) - 1;

/** The winning declaration of every property: important before inline before other rules, later before earlier. */
export function cascade(sources: Sources): Cascaded {
  const { element, rules, inline } = sources;
  if (rules.length === 0 && inline === null) return empty;
  const result: Cascaded = {};
  let decided = 0;
  let inlineTaken = inline === null;
  if (inline !== null) decided = take(inline.important, maskOf(inline.important), { result, decided, vars: sources.vars });
  for (const indexed of rules) {
    if (!inlineTaken && inline !== null && indexed.rule.important === undefined) {
      decided = take(inline.normal, maskOf(inline.normal), { result, decided, vars: sources.vars });
      inlineTaken = true;
    }
    if (decided === everything) break;
    if ((indexed.mask & ~decided) === 0 || !applies(indexed, element)) continue;
    decided = take(indexed.rule, indexed.mask, { result, decided, vars: sources.vars });
  }
  if (!inlineTaken && inline !== null) take(inline.normal, maskOf(inline.normal), { result, decided, vars: sources.vars });
  return result;
}

interface Taking {
  readonly result: Cascaded;
  readonly decided: number;
  readonly vars: Readonly<Record<string, string>> | null;
}

/** Takes over the properties that are not decided yet; gives the new set of decided ones. */
function take(from: Declarations, mask: number, into: Taking): number {
  const fresh = mask & ~into.decided;
  for (let bit = 0; fresh >> bit !== 0; bit += 1) {
    const key = (fresh >> bit) & 1 ? propertyKeys[bit] : undefined;
    const value = key === undefined ? undefined : from[key];
    if (key === undefined || value === undefined) continue;
    // A value whose variable is missing counts as set and as unset: nothing weaker shines through.
    into.result[key] = substituteVariables(value, into.vars) ?? 'unset';
  }
  return into.decided | fresh;
}

/** Custom properties of a box: its parent's, overridden by rules and inline style. */
export function customProperties(sources: Sources): Readonly<Record<string, string>> | null {
  const { element, rules, inline } = sources;
  const layers: Readonly<Record<string, string>>[] = [];
  let inlineTaken = false;
  for (const indexed of rules) {
    const { rule } = indexed;
    if (!inlineTaken && rule.important === undefined) {
      inlineTaken = true;
      if (inline?.normal.vars !== undefined) layers.unshift(inline.normal.vars);
    }
    if (rule.vars !== undefined && applies(indexed, element)) layers.unshift(rule.vars);
  }
  if (!inlineTaken && inline?.normal.vars !== undefined) layers.unshift(inline.normal.vars);
  return layers.length === 0 ? sources.vars : Object.assign({}, sources.vars, ...layers);
}
