import { remembered } from '../remembered.ts';
import { maskOf, propertyKeys, type Declarations } from './declarations.ts';
import { applies, type BoxRules } from './rule-index.ts';
import type { InlineStyle } from './inline-style.ts';
import type { StyledElement } from './styled-element.ts';
import { substituteVariables } from './variables.ts';

/** Declared values of one box, `var()` replaced; a property is absent where nothing sets it. */
export type Cascaded = { -readonly [K in keyof Omit<Declarations, 'vars'>]?: string };

/** What takes part in the cascade of one box. */
export interface Sources {
  readonly element: StyledElement;
  readonly box: BoxRules;
  readonly inline: InlineStyle | null;
  /** Custom properties in force, see `customProperties`. */
  readonly vars: Readonly<Record<string, string>> | null;
}

const empty: Readonly<Cascaded> = {};
const everything = (1 << propertyKeys.length) - 1;
const settled = new WeakMap<BoxRules, Readonly<Cascaded>>();

/** The winning declaration of every property: important before inline before other rules, later before earlier. */
export function cascade(sources: Sources): Readonly<Cascaded> {
  const { box, inline } = sources;
  if (inline !== null || !box.settled) return resolve(sources);
  if (box.rules.length === 0) return empty;
  return remembered(settled, box, () => resolve(sources));
}

function resolve(sources: Sources): Cascaded {
  const { element, box, inline, vars } = sources;
  const result: Cascaded = {};
  let decided = 0;
  let inlineTaken = inline === null;
  if (inline !== null) decided = take(inline.important, maskOf(inline.important), { result, decided, vars });
  for (const indexed of box.rules) {
    if (!inlineTaken && inline !== null && indexed.rule.important === undefined) {
      decided = take(inline.normal, maskOf(inline.normal), { result, decided, vars });
      inlineTaken = true;
    }
    if (decided === everything) break;
    if ((indexed.mask & ~decided) === 0 || !applies(indexed, element)) continue;
    decided = take(indexed.rule, indexed.mask, { result, decided, vars });
  }
  if (!inlineTaken && inline !== null) take(inline.normal, maskOf(inline.normal), { result, decided, vars });
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
  const { element, box, inline } = sources;
  const own = inline?.normal.vars;
  if (own === undefined && box.variables.length === 0) return sources.vars;
  const important: Layer[] = [];
  const normal: Layer[] = [];
  for (const indexed of box.variables) {
    const { vars, important: isImportant } = indexed.rule;
    if (vars !== undefined && applies(indexed, element)) (isImportant ? important : normal).unshift(vars);
  }
  return overridden(sources.vars, [...normal, ...(own === undefined ? [] : [own]), ...important]);
}

type Layer = Readonly<Record<string, string>>;

/** The same object where nothing changes: most elements set what their parent has already. */
function overridden(base: Layer | null, layers: readonly Layer[]): Layer | null {
  if (layers.length === 0) return base;
  const own = layers.length === 1 ? layers[0] : (Object.assign({}, ...layers) as Layer);
  for (const name in own) if (base?.[name] !== own[name]) return { ...base, ...own };
  return base;
}
