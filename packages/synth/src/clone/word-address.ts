import type { PageRoute } from '@backlot/protocol';

/** One pattern of addresses as a person writes it: `/list?tag=…#top`, and what must have been sent to it. */
export function wordAddress({ route, query, hash, posted }: PageRoute): string {
  const pairs = Object.entries(query ?? {}).map(([name, value]) => `${name}=${value ?? '…'}`);
  const fields = Object.entries(posted ?? {}).map(([name, value]) => (value === null ? name : `${name}=${value}`));
  const sent = fields.length === 0 ? '' : ` after sending ${fields.join(' and ')}`;
  return route + (pairs.length > 0 ? `?${pairs.join('&')}` : '') + (hash === undefined ? '' : `#${hash}`) + sent;
}

/** All patterns of a page's addresses, its own first. */
export function wordAddresses(page: PageRoute & { readonly also?: readonly PageRoute[] }): readonly string[] {
  return [page, ...(page.also ?? [])].map(wordAddress);
}
