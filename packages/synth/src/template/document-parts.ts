import type { DomElement } from '@backlot/protocol';
import { contentsIn } from '../furniture/find-contents.ts';
import { groupTag } from './align.ts';
import type { ElementPattern, Instance } from './pattern.ts';

/** Documents taken apart: what is written, and before it a part of the page that lists its headings. */
export interface DocumentParts {
  readonly written: ReadonlyMap<Instance, DomElement>;
  readonly listing: ReadonlyMap<Instance, DomElement>;
  /** The lists of headings in the latter. */
  readonly lists: ReadonlySet<DomElement>;
}

/** Takes documents apart; null where none has a list of its headings. */
export function documentParts(nodes: ReadonlyMap<Instance, DomElement>): DocumentParts | null {
  const written = new Map<Instance, DomElement>();
  const listing = new Map<Instance, DomElement>();
  const lists = new Set<DomElement>();
  for (const [instance, node] of nodes) {
    const contents = contentsIn(node);
    if (contents) {
      listing.set(instance, contents.part);
      lists.add(contents.list);
    }
    written.set(instance, { tag: groupTag, attrs: {}, children: node.children.filter((child) => child !== contents?.part) });
  }
  return listing.size === 0 ? null : { written, listing, lists };
}

/** True for an element that holds written text, alone or behind a list of its headings. */
export const holdsText = ({ prose, kids }: ElementPattern): boolean =>
  prose || kids.some((kid) => kid.kind === 'element' && kid.tag === groupTag && kid.prose);
