import type { DomElement } from '@backlot/protocol';
import { PaintedElement, placeOf } from '../../painted-element.ts';

/**
 * Elements on the way to where pointer, focus and fragment point, with letters that say which: `h` for the pointer's way, `f` and `t` for
 * those of the other two, `F` and `T` for the elements that they point at.
 */
export type Marks = ReadonlyMap<DomElement, string>;

const unmarked: Marks = new Map();

/** Where pointer, keyboard and address point: keys of elements (`DomElement.key`) and the id that the fragment names. */
export interface Interaction {
  readonly hover?: string | null;
  readonly focus?: string | null;
  readonly target?: string | null;
}

export function marksOf(root: DomElement, { hover, focus, target }: Interaction): Marks {
  if (!hover && !focus && !target) return unmarked;
  const marks = new Map<DomElement, string>();
  let isTargetMet = false;
  const places = [hover, focus].filter((key) => typeof key === 'string').map(placeOf);
  const visit = (element: DomElement): string => {
    if (!target && !places.some((place) => PaintedElement.mayHold(element, place))) return '';
    const { key, attrs, children } = element;
    let letters = '';
    const isTarget = !isTargetMet && !!target && attrs['id'] === target;
    if (isTarget) isTargetMet = true;
    for (const child of children) if ('tag' in child) letters = joined(letters, visit(child).toLowerCase());
    if (key !== undefined && key === hover) letters = joined(letters, 'h');
    if (key !== undefined && key === focus) letters = joined(letters, 'F');
    if (isTarget) letters = joined(letters, 'T');
    if (letters !== '') marks.set(element, letters);
    return letters;
  };
  visit(root);
  return marks;
}

function joined(letters: string, more: string): string {
  let all = letters;
  for (const letter of more) if (!all.includes(letter)) all += letter;
  return all;
}
