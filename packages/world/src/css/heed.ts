import type { DomElement } from '@backlot/protocol';
import { pathToKey } from '../walk.ts';
import { mayMatch, type CompiledSelector, type Compound } from './selector.ts';
import type { Interaction } from './share/marks.ts';
import { splitWords } from './styled-element.ts';

/** Where selectors ask for pointer or focus: parts of them that ask it of their own element, or null where any element may be asked. */
export type Askers = readonly Compound[] | null;

/** What selectors ask of where pointer, keyboard and address point. */
export interface Heeded {
  /** Of elements at or around the pointer. */
  readonly hover: Askers;
  /** Of the focused element. */
  readonly focus: Askers;
  /** Of the focused element and those around it. */
  readonly focusWithin: Askers;
  readonly target: boolean;
}

/** What selectors ask of where pointer, keyboard and address point. */
export function heededBy(selectors: CompiledSelector): Heeded {
  const uses = (name: string): boolean => selectors.some(({ compounds }) => compounds.some((compound) => isUsed(compound, name)));
  return {
    hover: askersOf(selectors, ['hover']),
    focus: askersOf(selectors, ['focus', 'focus-visible']),
    focusWithin: askersOf(selectors, ['focus-within']),
    target: uses('target'),
  };
}

const isUsed = ({ conditions }: Compound, name: string): boolean => conditions.some(({ uses }) => uses?.includes(name));

function askersOf(selectors: CompiledSelector, names: readonly string[]): Askers {
  const askers: Compound[] = [];
  for (const { compounds } of selectors) {
    for (const compound of compounds) {
      const asking = compound.conditions.filter(({ uses }) => names.some((name) => uses?.includes(name)));
      if (asking.some(({ pseudo }) => pseudo === undefined)) return null;
      if (asking.length > 0) askers.push(compound);
    }
  }
  return askers;
}

/** Of the interaction only what may make a difference to the page: most of what is pointed at is asked about by no selector. */
export function heededPart(root: DomElement, { hover = null, focus = null, target = null }: Interaction, heeds: Heeded): Interaction {
  const isFocusHeeded = (key: string): boolean => {
    const path = pathToKey(root, key);
    return path.slice(-1).some((element) => isAsked(element, heeds.focus)) || path.some((element) => isAsked(element, heeds.focusWithin));
  };
  const isHoverHeeded = (key: string): boolean => pathToKey(root, key).some((element) => isAsked(element, heeds.hover));
  return {
    hover: hover !== null && isHoverHeeded(hover) ? hover : null,
    focus: focus !== null && isFocusHeeded(focus) ? focus : null,
    target: heeds.target ? target : null,
  };
}

function isAsked({ tag, attrs }: DomElement, askers: Askers): boolean {
  if (askers === null) return true;
  if (askers.length === 0) return false;
  const element = { tag, attrs, classes: splitWords(attrs['class'] ?? '') };
  return askers.some((compound) => mayMatch(compound, element));
}
