/** The path of an address. */
export const pathOf = (url: string): string => url.split(/[?#]/)[0] || '/';

/**
 * True for a segment that looks like a key rather than a word of the application: digits, a date, long hex, a word with a number
 * ("issue12", "T7", "bug-17"; not "v2", which names a version).
 */
export function isKey(segment: string): boolean {
  return (
    /^\d+$/.test(segment) ||
    /^[0-9a-f]{8,}$/i.test(segment) ||
    /^[0-9a-f-]{20,}$/i.test(segment) ||
    /^\d{4}-\d\d-\d\d$/.test(segment) ||
    /^(?!v\d+$)[a-z]+[-_]?\d+$/i.test(segment)
  );
}

/** True for a segment of several words joined by dashes: the name of a record rather than of a page. */
export const isSlug = (segment: string): boolean => /^[^-]+-[^-]+-[^-]/.test(segment);

/** A path with its keys taken out. */
export function keyPattern(path: string): string {
  return path
    .split('/')
    .map((segment, i) => (isKey(segment) ? `:p${i}` : segment))
    .join('/');
}

/** The fragment of an address where the application reads it as an address of its own, else nothing. */
export function hashRouteOf(url: string): string {
  const at = url.indexOf('#');
  const hash = at < 0 ? '' : url.slice(at + 1);
  return /^!?\//.test(hash) ? hash : '';
}

/** How many different words one place of a path may hold before they count as data: of pages, and of addresses that only redirect. */
const maxWords = 6;
export const maxRedirectWords = 2;

/**
 * Path patterns of the addresses seen: a segment becomes a variable where it holds keys, more different words than an
 * application has pages, or what is known to be data. Returned as a function from address to pattern.
 */
export function routePatterns(
  urls: readonly string[],
  limit = maxWords,
  isData: (segments: readonly string[], at: number) => boolean = () => false,
): (url: string) => string {
  const paths = [...new Set(urls.map(pathOf))].map((path) => path.split('/'));
  const generalise = (segments: readonly string[]): string[] => {
    const out: string[] = [];
    for (const [i, segment] of segments.entries()) {
      const peers = paths.filter(
        (p) =>
          p.length === segments.length && p.every((s, j) => j === i || s === segments[j] || (isKey(s) && isKey(segments[j] as string))),
      );
      const words = new Set(peers.map((p) => p[i]));
      out.push(i > 0 && segment !== '' && (isKey(segment) || words.size > limit || isData(segments, i)) ? `:p${i}` : segment);
    }
    return out;
  };
  const known = new Map<string, string>();
  return (url) => {
    const path = pathOf(url);
    let pattern = known.get(path);
    if (pattern === undefined) {
      pattern = generalise(path.split('/')).join('/');
      known.set(path, pattern);
    }
    return pattern;
  };
}
