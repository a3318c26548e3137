import { parseAddress } from '@backlot/world';
import type { View } from '../views.ts';
import { isKey, keyPattern, pathOf } from './routes.ts';
import { shapeOf } from './shape.ts';

/** Views that must have asked for something by the same word before it counts as a kind of page. */
const fewestViews = 2;
/** Share of its views in which a mark of a kind of page stands, and of all others in which it may stand as well. */
const alwaysShare = 0.9;
const elsewhereShare = 0.2;
/** Marks, and share of the marks that its views always have, that a kind of page has for itself. */
const fewestOwn = 6;
const ownShare = 0.06;

const isWord = (value: string): boolean => value.length <= 24 && /^[a-z][a-z_-]*$/i.test(value) && !isKey(value);

/** The parameters of an address that hold a word, as they are spelt. */
function wordsOf(url: string): readonly string[] {
  return Object.entries(parseAddress(url).query)
    .filter(([, value]) => isWord(value))
    .map(([name, value]) => `${name}=${value}`)
    .sort();
}

function countMarks(views: readonly View[]): ReadonlyMap<number, number> {
  const counts = new Map<number, number>();
  for (const view of views) for (const mark of shapeOf(view.root)) counts.set(mark, (counts.get(mark) ?? 0) + 1);
  return counts;
}

/** The marks that views of a word have for themselves; null where they are the page of other words with other data. */
function ownMarks(views: readonly View[], all: ReadonlyMap<number, number>, total: number): readonly number[] | null {
  const others = total - views.length;
  if (views.length < fewestViews || others === 0) return null;
  const always = [...countMarks(views)].filter(([, count]) => count >= alwaysShare * views.length);
  const own = always.filter(([mark, count]) => (all.get(mark) as number) - count <= elsewhereShare * others);
  return own.length >= Math.max(fewestOwn, ownShare * always.length) ? own.map(([mark]) => mark) : null;
}

/** The words in the addresses of one path that tell one kind of page from another, `?view=edit` of an application that is one script. */
function pageWords(views: readonly View[]): ReadonlyMap<string, readonly number[]> {
  const byWord = new Map<string, View[]>();
  for (const view of views) for (const word of wordsOf(view.url)) byWord.set(word, [...(byWord.get(word) ?? []), view]);
  const found = new Map<string, readonly number[]>();
  if (byWord.size === 0) return found;
  const all = countMarks(views);
  for (const [word, of] of [...byWord].sort((a, b) => b[1].length - a[1].length || (a[0] < b[0] ? -1 : 1))) {
    const own = ownMarks(of, all, views.length);
    if (own) found.set(word, own);
  }
  return found;
}

/** True for a place that is more than a path: words in the query name it. */
export const isNamed = (place: string): boolean => place.includes('?');

const hasMost = (view: View, marks: readonly number[]): boolean => {
  const shape = shapeOf(view.root);
  return marks.filter((mark) => shape.has(mark)).length >= alwaysShare * marks.length;
};

/**
 * Where each view stands: its path with its keys taken out, and the word in a query that makes another page of it. What looks as a word's
 * views do stands where they do: a form that was sent back is shown at the bare path.
 */
export function placesOf(views: readonly View[]): (view: View) => string {
  const byPath = new Map<string, View[]>();
  for (const view of views) {
    const path = keyPattern(pathOf(view.url));
    const known = byPath.get(path);
    if (known) known.push(view);
    else byPath.set(path, [view]);
  }
  const places = new Map<View, string>();
  for (const [path, of] of byPath) {
    const words = [...pageWords(of)];
    for (const view of of) {
      const word = words.find(([, own]) => hasMost(view, own))?.[0];
      places.set(view, word === undefined ? path : `${path}?${word}`);
    }
  }
  return (view) => places.get(view) as string;
}
