import type { DomElement } from '@backlot/protocol';
import { pathToKey } from '../walk.ts';
import type { CompiledSelector, Compound } from './selector.ts';
import type { Interaction } from './share/marks.ts';

/** Where selectors ask for pointer or focus: parts of them that ask it of their own element, or null where any element may be asked. */
type Askers = readonly Compound[] | null;

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
  return {
    hover: hover !== null && isHoverHeeded(root, hover, heeds) ? hover : null,
    focus: focus !== null && isFocusHeeded(root, focus, heeds) ? focus : null,
    target: heeds.target ? target : null,
  };
}

function isHoverHeeded(root: DomElement, key: string, { hover }: Heeded): boolean {
  return isAnyAsked(hover) && pathToKey(root, key).some((element) => isAsked(element, hover));
}

function isFocusHeeded(root: DomElement, key: string, { focus, focusWithin }: Heeded): boolean {
  if (!isAnyAsked(focus) && !isAnyAsked(focusWithin)) return false;
  const path = pathToKey(root, key);
  const focused = path.at(-1);
  return focused !== undefined && (isAsked(focused, focus) || path.some((element) => isAsked(element, focusWithin)));
}

const isAnyAsked = (askers: Askers): boolean => askers === null || askers.length > 0;

function isAsked({ tag, attrs }: DomElement, askers: Askers): boolean {
  if (askers === null) return true;
  for (const asker of askers) if (mayBe(asker, tag, attrs)) return true;
  return false;
}

/** Whether tag, id and classes allow that an element is the one; names of classes are looked for in the text, which costs no list of them. */
function mayBe(compound: Compound, tag: string, attrs: DomElement['attrs']): boolean {
  if ((compound.tag !== null && compound.tag !== tag) || (compound.id !== null && compound.id !== attrs['id'])) return false;
  const text = attrs['class'] ?? '';
  for (const name of compound.classes) if (!text.includes(name)) return false;
  return true;
}
