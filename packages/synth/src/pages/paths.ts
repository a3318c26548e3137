import { isKey, isSlug } from './routes.ts';

/** How many different words one place of a page's paths holds where it holds data; how many names of files. */
const fewestWords = 3;
const fewestFiles = 7;

const isFile = (segment: string): boolean => /\.[a-z]{2,5}$/i.test(segment);

function holdsData(words: ReadonlySet<string>): boolean {
  const list = [...words];
  if (list.length < 2) return false;
  if (list.some(isSlug)) return true;
  return list.length >= (list.some(isFile) ? fewestFiles : fewestWords);
}

/** Pages that must each be shown for several words at a place of their paths for the words to be data. */
const fewestPages = 2;

const prefixOf = (segments: readonly string[], at: number): string =>
  segments
    .slice(0, at)
    .map((segment) => (isKey(segment) ? ':' : segment))
    .join('/');

/** Words that one page's paths have at a place where nothing else of them differs, by place. */
function exchangedWords(paths: Iterable<string>): ReadonlyMap<string, ReadonlySet<string>> {
  const byRest = new Map<string, { readonly place: string; readonly words: Set<string> }>();
  for (const path of new Set(paths)) {
    const segments = path.split('/');
    for (const [i, word] of segments.entries()) {
      if (i === 0 || word === '' || isKey(word)) continue;
      const rest = segments.with(i, '*').join('/');
      const known = byRest.get(rest) ?? { place: prefixOf(segments, i), words: new Set() };
      byRest.set(rest, known);
      known.words.add(word);
    }
  }
  const exchanged = new Map<string, Set<string>>();
  for (const { place, words } of byRest.values()) {
    if (words.size < 2) continue;
    const all = exchanged.get(place) ?? new Set<string>();
    exchanged.set(place, all);
    for (const word of words) all.add(word);
  }
  return exchanged;
}

/** Places in paths, by what stands before them, where several pages are shown for one word and another: names of data, few as they are. */
export function dataPlaces(pages: readonly Iterable<string>[]): ReadonlySet<string> {
  const times = new Map<string, Map<string, number>>();
  for (const page of pages) {
    for (const [place, words] of exchangedWords(page)) {
      const counts = times.get(place) ?? new Map<string, number>();
      times.set(place, counts);
      for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
    }
  }
  const often = (counts: ReadonlyMap<string, number>): number => [...counts.values()].filter((count) => count >= fewestPages).length;
  return new Set([...times].filter(([, counts]) => often(counts) > 1).map(([place]) => place));
}

/** True for a segment of a path that stands at such a place. */
export const isAtData = (segments: readonly string[], at: number, places: ReadonlySet<string>): boolean =>
  at > 0 && segments[at] !== '' && places.has(prefixOf(segments, at));

/** Patterns of the paths of one page, by path: a segment is a variable where it holds a key or where the page has several words there. */
function patternsOf(paths: Iterable<string>, places: ReadonlySet<string>): ReadonlyMap<string, string> {
  const byLength = new Map<string, string[][]>();
  const all = [...new Set(paths)].sort().map((path) => path.split('/'));
  for (const segments of all) {
    const key = `${segments.length} ${segments.at(-1) === ''}`;
    byLength.set(key, [...(byLength.get(key) ?? []), segments]);
  }
  const patterns = new Map<string, string>();
  for (const group of byLength.values()) {
    const width = group[0]?.length ?? 0;
    const isVariable = Array.from({ length: width }, (_, i) => {
      const words = new Set(group.map((segments) => segments[i] as string).filter((segment) => segment !== '' && !isKey(segment)));
      return holdsData(words);
    });
    for (const segments of group) {
      const isData = (segment: string, i: number): boolean => isVariable[i] === true || isKey(segment) || isAtData(segments, i, places);
      const pattern = segments.map((segment, i) => (segment !== '' && isData(segment, i) ? `:p${i}` : segment));
      patterns.set(segments.join('/'), pattern.join('/'));
    }
  }
  return patterns;
}

const variables = (pattern: string): number => pattern.split('/:').length;

/**
 * Patterns of the paths of several pages, each by path. Where a path shows one page or another, its most general pattern counts for
 * all of them: an edited record's address varies as that of the record does.
 */
export function pathPatterns(pages: readonly Iterable<string>[]): readonly ReadonlyMap<string, string>[] {
  const places = dataPlaces(pages);
  const own = pages.map((paths) => patternsOf(paths, places));
  const general = new Map<string, string>();
  for (const patterns of own) {
    for (const [path, pattern] of patterns) {
      const known = general.get(path);
      if (known === undefined || variables(pattern) > variables(known)) general.set(path, pattern);
    }
  }
  return own.map((patterns) => new Map([...patterns.keys()].map((path) => [path, general.get(path) as string])));
}
