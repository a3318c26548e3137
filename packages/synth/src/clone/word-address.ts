import type { PageRoute } from '@backlot/protocol';

/** One pattern of addresses as a person writes it: `/list?tag=…#top`. */
export function wordAddress({ route, query, hash }: PageRoute): string {
  const pairs = Object.entries(query ?? {}).map(([name, value]) => `${name}=${value ?? '…'}`);
  return route + (pairs.length > 0 ? `?${pairs.join('&')}` : '') + (hash === undefined ? '' : `#${hash}`);
}

/** All patterns of a page's addresses, its own first. */
export function wordAddresses(page: PageRoute & { readonly also?: readonly PageRoute[] }): readonly string[] {
  return [page, ...(page.also ?? [])].map(wordAddress);
}
