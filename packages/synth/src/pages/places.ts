import { parseAddress } from '@backlot/world';
import { isWord } from '../is-word.ts';
import type { View } from '../views.ts';
import { isKey, keyPattern, pathOf } from './routes.ts';
import { countMarks, shapeOf } from './shape.ts';

/** Views that must have asked for something by the same word before it counts as a kind of page. */
const fewestViews = 2;
/** Share of its views in which a mark of a kind of page stands, and of all others in which it may stand as well. */
const alwaysShare = 0.9;
const elsewhereShare = 0.2;
/** Marks, and share of the marks that its views always have, that a kind of page has for itself. */
const fewestOwn = 6;
const ownShare = 0.06;

/** The parameters of an address that hold a word, as they are spelt. */
function wordsOf(url: string): readonly string[] {
  return Object.entries(parseAddress(url).query)
    .filter(([, value]) => isWord(value) && !isKey(value))
    .map(([name, value]) => `${name}=${value}`)
    .sort();
}

const marksIn = (views: readonly View[]): ReadonlyMap<number, number> => countMarks(views.map(({ root }) => shapeOf(root)));

interface Seen {
  /** In how many views of the path each mark stands. */
  readonly all: ReadonlyMap<number, number>;
  readonly total: number;
}

/** The marks that views of a word have for themselves, of those that most of them have. */
function marksOf(views: readonly View[], { all, total }: Seen, most: number): { readonly own: readonly number[]; readonly always: number } {
  const always = [...marksIn(views)].filter(([, count]) => count >= most * views.length);
  const own = always.filter(([mark, count]) => (all.get(mark) as number) - count <= elsewhereShare * (total - views.length));
  return { own: own.map(([mark]) => mark), always: always.length };
}

/** The same; null where they are the page of other words with other data. */
function ownMarks(views: readonly View[], seen: Seen): readonly number[] | null {
  if (views.length < fewestViews || seen.total === views.length) return null;
  const { own, always } = marksOf(views, seen, alwaysShare);
  return own.length >= Math.max(fewestOwn, ownShare * always) ? own : null;
}

interface PageWord {
  readonly word: string;
  readonly own: readonly number[];
  /** True for a word of a parameter that chooses among kinds of pages. */
  readonly isKind: boolean;
}

/** The words in the addresses of one path that tell one kind of page from another, `?view=edit` of an application that is one script. */
function pageWords(views: readonly View[]): readonly PageWord[] {
  const byWord = new Map<string, View[]>();
  for (const view of views) for (const word of wordsOf(view.url)) byWord.set(word, [...(byWord.get(word) ?? []), view]);
  if (byWord.size === 0) return [];
  const seen = { all: marksIn(views), total: views.length };
  const words = [...byWord].sort((a, b) => b[1].length - a[1].length || (a[0] < b[0] ? -1 : 1));
  const found = new Map(words.flatMap(([word, of]) => [[word, ownMarks(of, seen)] as const]).filter(([, own]) => own !== null));
  const kinds = kindsAmong(
    words.map(([word]) => word),
    found,
  );
  const told = words.map(([word, of]): PageWord => {
    const own = found.get(word) ?? (kinds.has(word) ? marksOf(of, seen, mostly).own : []);
    return { word, own, isKind: kinds.has(word) };
  });
  return told.filter(({ own }) => own.length > 0);
}

/** Words of a parameter that must be kinds of pages, and share of its words that are, for all of them to be. */
const fewestKinds = 3;
const kindShare = 0.4;
/** Share of the views of such a word in which its marks stand: a form that was sent may show another page at its address. */
const mostly = 0.6;

const parameterOf = (word: string): string => word.slice(0, word.indexOf('='));

/** The words of parameters most of whose words are kinds of pages: those that look much like one another are kinds as well. */
function kindsAmong(words: readonly string[], found: ReadonlyMap<string, unknown>): ReadonlySet<string> {
  const groups = [...Map.groupBy(words, parameterOf).values()].filter((group) => {
    const kinds = group.filter((word) => found.has(word)).length;
    return kinds >= fewestKinds && kinds >= kindShare * group.length;
  });
  return new Set(groups.flat());
}

/** True for a place that is more than a path: words in the query name it. */
export const isNamed = (place: string): boolean => place.includes('?');

/** Stands before a word whose parameter chooses among kinds of pages. */
const kindMark = '?';

/** True for a place that is a kind of page by its address alone. */
export const isKind = (place: string): boolean => place.includes(`?${kindMark}`);

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
    const words = pageWords(of);
    for (const view of of) {
      const told = words.find(({ own }) => hasMost(view, own));
      places.set(view, told === undefined ? path : `${path}?${told.isKind ? kindMark : ''}${told.word}`);
    }
  }
  return (view) => places.get(view) as string;
}
