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

/** Patterns of the paths of one page, by path: a segment is a variable where it holds a key or where the page has several words there. */
function patternsOf(paths: Iterable<string>): ReadonlyMap<string, string> {
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
      const pattern = segments.map((segment, i) => (segment !== '' && (isVariable[i] || isKey(segment)) ? `:p${i}` : segment));
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
  const own = pages.map(patternsOf);
  const general = new Map<string, string>();
  for (const patterns of own) {
    for (const [path, pattern] of patterns) {
      const known = general.get(path);
      if (known === undefined || variables(pattern) > variables(known)) general.set(path, pattern);
    }
  }
  return own.map((patterns) => new Map([...patterns.keys()].map((path) => [path, general.get(path) as string])));
}
