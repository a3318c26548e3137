import type { DomElement } from '@backlot/protocol';
import { isLink } from './elements.ts';
import { placesOf } from './places.ts';
import { IDLE_MS, type Reading } from './reading.ts';

/**
 * Back and forward between addresses of one document leave no event. They show where the page changes while nobody acts, and
 * its links are marked again as they were at the address before, or after, in the history.
 */
export function travelsWithin(reading: Reading, index: number): void {
  const { history } = reading;
  const { at, root } = reading.signal(index);
  const last = reading.drafts.at(-1);
  const after = reading.rootAfter(index);
  if (reading.hasAddresses || root === null || after === null || last === undefined || at - reading.signal(last.last).at <= IDLE_MS) return;
  const marks = linkMarks(after);
  if (marks === linkMarks(root)) return;
  const isMarked = (href: string | undefined): boolean => href !== undefined && reading.marks.get(href) === marks;
  const kind = isMarked(history.previousWithin) ? 'back' : 'forward';
  if (kind === 'forward' && !isMarked(history.nextWithin)) return;
  leave(reading, root);
  history[kind]();
  reading.add({ kind, begin: index });
  reading.move(index, history.current);
}

/** Remembers how the links are marked at the address that is being left. */
export function leave(reading: Reading, root: DomElement): void {
  reading.marks.set(reading.history.current, linkMarks(root));
}

/** Where links lead and how they are marked, as one text. */
function linkMarks(root: DomElement): string {
  const links = placesOf(root).filter(({ element }) => isLink(element));
  return links
    .map(({ element: { attrs } }) => [attrs['href'], attrs['class'], attrs['aria-current'], attrs['aria-selected']].join(' '))
    .join('\n');
}
