import type { Page, PageRoute } from '@backlot/protocol';

/** An address relative to the base URL, taken apart. `path` starts with `/`; `hash` holds no `#`. */
export interface Address {
  readonly path: string;
  readonly search: string;
  readonly query: Readonly<Record<string, string>>;
  readonly hash: string;
}

const decode = (text: string): string => {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text;
  }
};

function parseQuery(search: string): Record<string, string> {
  const query: [string, string][] = [];
  for (const part of search.split('&')) {
    if (!part) continue;
    const cut = part.indexOf('=');
    const name = decode(cut < 0 ? part : part.slice(0, cut));
    query.push([name, cut < 0 ? '' : decode(part.slice(cut + 1))]);
  }
  return Object.fromEntries(query);
}

/** Cuts a relative address (`/path?query#hash`); a missing path reads as `/`. */
export function cutAddress(href: string): Omit<Address, 'query'> {
  const hashAt = href.indexOf('#');
  const hash = hashAt < 0 ? '' : href.slice(hashAt + 1);
  const rest = hashAt < 0 ? href : href.slice(0, hashAt);
  const queryAt = rest.indexOf('?');
  const path = (queryAt < 0 ? rest : rest.slice(0, queryAt)) || '/';
  const search = queryAt < 0 ? '' : rest.slice(queryAt + 1);
  return { path, search, hash };
}

/** Takes a relative address (`/path?query#hash`) apart; a missing path reads as `/`. */
export function parseAddress(href: string): Address {
  const { path, search, hash } = cutAddress(href);
  return { path, search, query: parseQuery(search), hash };
}

function resolvePath(base: string, path: string): string {
  if (path.startsWith('/')) return path;
  const parts = base
    .slice(0, base.lastIndexOf('/') + 1)
    .split('/')
    .slice(1, -1);
  for (const part of path.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '.') parts.push(part);
  }
  return `/${parts.join('/')}${path.endsWith('/') || path === '.' ? '/' : ''}`.replace(/\/{2,}/g, '/');
}

/**
 * True for addresses of other sites and for schemes that are not navigations of this application. Read as the URL Standard has browsers
 * read them: signs before the address and line breaks and tabs in it don't count, and a backslash is a slash.
 */
export function isOutside(href: string): boolean {
  return /^[\0- ]*(?:[a-z][a-z0-9+.-]*:|[/\\]{2})/i.test(/[\t\n\r]/.test(href) ? href.replace(/[\t\n\r]/g, '') : href);
}

/** Resolves a link's address against the current one. Addresses outside the application come back unchanged. */
export function resolveAddress(current: string, href: string): string {
  if (isOutside(href)) return href;
  const now = parseAddress(current);
  const query = now.search ? `?${now.search}` : '';
  if (href === '') return now.path + query;
  if (href.startsWith('#')) return now.path + query + href;
  if (href.startsWith('?')) return now.path + href;
  const cut = href.search(/[?#]/);
  const path = cut < 0 ? href : href.slice(0, cut);
  return resolvePath(now.path, path) + (cut < 0 ? '' : href.slice(cut));
}

/** The document that an address names: the address without its fragment. */
export function withoutHash(href: string): string {
  const hash = href.indexOf('#');
  return hash < 0 ? href : href.slice(0, hash);
}

/** True where going from one address to the other loads no document: only the fragment differs. */
export function isSameDocument(from: string, to: string): boolean {
  return withoutHash(from) === withoutHash(to) && to.includes('#');
}

/** Matches a path against a pattern of literal segments, `:name` and a trailing `*`. Null: no match; else the variables. */
export function matchPath(pattern: string, path: string): Readonly<Record<string, string>> | null {
  const want = pattern.split('/');
  const have = path.split('/');
  const params: Record<string, string> = {};
  for (let i = 0; i < want.length; i++) {
    const segment = want[i] as string;
    if (segment === '*') {
      params['*'] = have.slice(i).map(decode).join('/');
      return params;
    }
    const actual = have[i];
    if (actual === undefined) return null;
    if (segment.startsWith(':')) {
      if (actual === '') return null;
      params[segment.slice(1)] = decode(actual);
    } else if (segment !== actual) return null;
  }
  return want.length === have.length ? params : null;
}

/** True where the address carries every wanted query parameter (with the value, or with any where null). */
export function matchQuery(want: Readonly<Record<string, string | null>> | undefined, have: Readonly<Record<string, string>>): boolean {
  if (!want) return true;
  return Object.entries(want).every(([name, value]) => Object.hasOwn(have, name) && (value === null || have[name] === value));
}

function matchRoute({ route, query, hash, posted }: PageRoute, { address, sent = {} }: Asked): Readonly<Record<string, string>> | null {
  const path = matchPath(route, address.path);
  if (!path || !matchQuery(query, address.query) || !matchQuery(posted, sent)) return null;
  if (hash === undefined) return { ...address.query, ...path };
  const fragment = matchPath(hash, address.hash);
  return fragment && { ...address.query, ...path, ...fragment };
}

/** How closely a pattern describes an address: no variables in the path, fixed segments, wanted parameters, their values, a fragment. */
function specificityOf({ route, query = {}, hash, posted = {} }: PageRoute): readonly number[] {
  const segments = route.split('/');
  const fixed = segments.filter((segment) => segment !== '*' && !segment.startsWith(':')).length;
  const wanted = [...Object.values(query), ...Object.values(posted)];
  return [
    fixed === segments.length ? 1 : 0,
    fixed,
    segments.at(-1) === '*' ? 0 : 1,
    wanted.length,
    wanted.filter((value) => value !== null).length,
    hash === undefined ? 0 : 1,
  ];
}

/** Orders addresses of pages so that the more specific comes first; 0 where neither is. */
export function bySpecificity(a: PageRoute, b: PageRoute): number {
  const [left, right] = [specificityOf(a), specificityOf(b)];
  for (const [i, value] of left.entries()) if (value !== right[i]) return (right[i] as number) - value;
  return 0;
}

/** A pattern that matches an address, and what it reads from it. */
export interface RouteMatch {
  readonly route: PageRoute;
  readonly params: Readonly<Record<string, string>>;
}

/** An address, and what a form sent to it for the document, if one did. */
export interface Asked {
  readonly address: Address;
  readonly sent?: Readonly<Record<string, string>>;
}

/** The most specific pattern of a page that matches what was asked for; null where none does. */
export function matchRoutes(page: PageRoute & Pick<Page, 'also'>, asked: Asked): RouteMatch | null {
  let best: RouteMatch | null = null;
  for (const route of [page, ...(page.also ?? [])]) {
    const params = matchRoute(route, asked);
    if (params && (best === null || bySpecificity(route, best.route) < 0)) best = { route, params };
  }
  return best;
}

/** Path variables and query parameters of an address under a page's patterns; null where the page does not match what was asked for. */
export function matchPage(
  page: PageRoute & Pick<Page, 'also'>,
  address: Address,
  sent?: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> | null {
  return matchRoutes(page, sent ? { address, sent } : { address })?.params ?? null;
}
