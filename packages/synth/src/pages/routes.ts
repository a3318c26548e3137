const pathOf = (url: string): string => url.split(/[?#]/)[0] || '/';

/** True for a segment that looks like a key rather than a word of the application: digits, long hex, a dash-joined code with digits. */
function isKey(segment: string): boolean {
  return /^\d+$/.test(segment) || /^[0-9a-f]{8,}$/i.test(segment) || /^[0-9a-f-]{20,}$/i.test(segment) || /^\d{4}-\d\d-\d\d$/.test(segment);
}

/** How many different words one place of a path may hold before they count as data: of pages, and of addresses that only redirect. */
const maxWords = 6;
export const maxRedirectWords = 2;

/**
 * Path patterns of the addresses seen: a segment becomes a variable where it holds keys, or more different words than an
 * application has pages. Returned as a function from address to pattern.
 */
export function routePatterns(urls: readonly string[], limit = maxWords): (url: string) => string {
  const paths = [...new Set(urls.map(pathOf))].map((path) => path.split('/'));
  const generalise = (segments: readonly string[]): string[] => {
    const out: string[] = [];
    for (const [i, segment] of segments.entries()) {
      const peers = paths.filter(
        (p) =>
          p.length === segments.length && p.every((s, j) => j === i || s === segments[j] || (isKey(s) && isKey(segments[j] as string))),
      );
      const words = new Set(peers.map((p) => p[i]));
      out.push(i > 0 && segment !== '' && (isKey(segment) || words.size > limit) ? `:p${i}` : segment);
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
