import { emptyMask, maskOfNames, union, type NameMask } from './name-mask.ts';
import type { Complex } from './selector.ts';

/** Ids and classes that a selector asks of ancestors. */
export function ancestorMask(selector: Complex): NameMask {
  let mask = emptyMask;
  selector.combinators.forEach((combinator, at) => {
    // A sibling's ancestors are the element's own: whatever stands left of a descendant or child sign is one.
    const compound = selector.compounds[at + 1];
    if ((combinator === ' ' || combinator === '>') && compound !== undefined)
      mask = union(mask, maskOfNames(compound.id, compound.classes));
  });
  return mask;
}
