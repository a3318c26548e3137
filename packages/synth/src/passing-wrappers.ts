import type { DomElement, DomNode } from '@backlot/protocol';
import { isElement } from '@backlot/protocol';
import { withoutHash } from '@backlot/world';

/** Share of the addresses with such an element that must be seen without one as well. */
const often = 0.5;

/** A page of a session as it stood. */
interface Sight {
  readonly session: number;
  readonly load: number;
  readonly url: string;
  readonly root: DomElement;
}

const elementsIn = ({ children }: DomElement): readonly DomElement[] => children.filter(isElement);

/** How an element is named that scripts put around others; those without a class are not told apart. */
const nameOf = ({ tag, attrs }: DomElement): string => (attrs['class'] ? `${tag}.${attrs['class']}` : '');

function everyElement(root: DomElement, visit: (element: DomElement, parent: DomElement) => void): void {
  for (const child of elementsIn(root)) {
    visit(child, root);
    everyElement(child, visit);
  }
}

/** The number of the element that each element stands in, by its own. */
function parentsIn(root: DomElement): ReadonlyMap<number, number | undefined> {
  const parents = new Map<number, number | undefined>();
  everyElement(root, ({ id }, parent) => {
    if (id !== undefined) parents.set(id, parent.id);
  });
  return parents;
}

/** Names of elements that came to stand around others that had been there before, from one sight of a document to the next. */
function comingIn(root: DomElement, before: DomElement): ReadonlySet<string> {
  const parents = parentsIn(before);
  const names = new Set<string>();
  everyElement(root, (element, parent) => {
    const inside = elementsIn(element);
    const wasIn = ({ id }: DomElement): boolean => id !== undefined && parents.has(id) && parents.get(id) === parent.id;
    const isNew = element.id !== undefined && !parents.has(element.id);
    if (isNew && inside.length > 0 && inside.every(wasIn)) names.add(nameOf(element));
  });
  return names;
}

/** Names of elements that were seen to come around others. */
function seenComing(views: readonly Sight[]): ReadonlySet<string> {
  const names = new Set<string>();
  for (const [i, { session, load, root }] of views.entries()) {
    const last = views[i - 1];
    if (last?.root === root || last?.session !== session || last.load !== load) continue;
    for (const name of comingIn(root, last.root)) if (name !== '') names.add(name);
  }
  return names;
}

/** The names that a page has. */
function namesIn(root: DomElement, among: ReadonlySet<string>): ReadonlySet<string> {
  const found = new Set<string>();
  everyElement(root, (element) => {
    if (among.has(nameOf(element))) found.add(nameOf(element));
  });
  return found;
}

/**
 * Names of elements that come to stand around others for a while: scripts show with them what the pointer is over, and take them away
 * again. Where the pointer rests as a document comes, it is seen with one from the first, and without one at another time.
 */
export function passingWrappers(views: readonly Sight[]): ReadonlySet<string> {
  const coming = seenComing(views);
  if (coming.size === 0) return coming;
  const pages = views.map(({ root, url }) => ({ url: withoutHash(url), names: namesIn(root, coming) }));
  const isPassing = (name: string): boolean => {
    const urls = (has: boolean): ReadonlySet<string> => new Set(pages.flatMap(({ url, names }) => (names.has(name) === has ? [url] : [])));
    const [withIt, without] = [urls(true), urls(false)];
    return [...withIt].filter((url) => without.has(url)).length >= often * withIt.size;
  };
  return new Set([...coming].filter(isPassing));
}

/** A page without the elements of these names, with what is in them. */
export function unwrapped(root: DomElement, names: ReadonlySet<string>): DomElement {
  let isSame = true;
  const children = root.children.flatMap((child): readonly DomNode[] => {
    if (!('tag' in child)) return [child];
    const made = unwrapped(child, names);
    isSame &&= made === child && !names.has(nameOf(child));
    return names.has(nameOf(child)) ? made.children : [made];
  });
  return isSame ? root : { ...root, children };
}
