import type { DomElement, DomNode } from '@backlot/protocol';

/** No rule makes an element of this name: it may not stand in a page. */
const pending = '#note';

/** A note in its place, before the notes of the document are numbered. */
export function pendingNote(children: readonly DomNode[]): DomElement {
  return { tag: pending, attrs: {}, children };
}

/** True for what `pendingNote` made. */
export const isPendingNote = ({ tag }: DomElement): boolean => tag === pending;
