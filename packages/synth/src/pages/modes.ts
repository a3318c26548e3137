import type { PageRoute } from '@backlot/protocol';
import { matchQuery, type Address } from '@backlot/world';
import { hashRouteOf, isKey } from './routes.ts';

/** An address that was seen, the page it showed most often, and how often it did. */
export interface SeenAddress {
  readonly address: Address;
  readonly page: number;
  readonly views: number;
}

/** What an address must hold besides its path to show a page. */
export type Condition = Pick<PageRoute, 'query' | 'hash'>;

const hashPattern = (hash: string): string =>
  hash
    .split('/')
    .map((segment, i) => (isKey(segment) ? `:h${i}` : segment))
    .join('/');

function meets({ query, hash }: Condition, address: Address): boolean {
  return matchQuery(query, address.query) && (hash === undefined || hash === hashPattern(address.hash));
}

/** The conditions that an address meets: a parameter with its value, a parameter with any, its fragment. */
function conditionsOf({ query, hash }: Address): readonly Condition[] {
  const names = Object.keys(query).sort();
  return [
    ...names
      .filter((name) => query[name] !== '' && !isKey(query[name] as string))
      .map((name) => ({ query: { [name]: query[name] as string } })),
    ...names.map((name) => ({ query: { [name]: null } })),
    ...(hashRouteOf(`#${hash}`) !== '' ? [{ hash: hashPattern(hash) }] : []),
  ];
}

/** The conditions under which all of `own` and none of `others` shows, those that say most of them first; what none covers is left. */
export function coverOf(own: readonly SeenAddress[], others: readonly SeenAddress[]): { conditions: readonly Condition[]; left: number } {
  const candidates = new Map<string, Condition>();
  for (const { address } of own) for (const condition of conditionsOf(address)) candidates.set(JSON.stringify(condition), condition);
  const pure = [...candidates.values()].filter((condition) => !others.some(({ address }) => meets(condition, address)));
  const conditions: Condition[] = [];
  let open = own;
  while (open.length > 0) {
    const counted = pure.map((condition) => ({ condition, count: open.filter(({ address }) => meets(condition, address)).length }));
    const best = counted.reduce<(typeof counted)[number] | null>((a, b) => (b.count > (a?.count ?? 0) ? b : a), null);
    if (!best) break;
    conditions.push(best.condition);
    open = open.filter(({ address }) => !meets(best.condition, address));
  }
  return { conditions, left: open.length };
}

/** For each page at one path pattern, what tells its addresses from the other pages'; an empty condition for the page that shows else. */
export function modesOf(seen: readonly SeenAddress[]): ReadonlyMap<number, readonly Condition[]> {
  const pages = [...new Set(seen.map(({ page }) => page))].sort((a, b) => a - b);
  if (pages.length < 2) return new Map(pages.map((page) => [page, [{}]]));
  const covers = pages.map((page) => {
    const own = seen.filter((each) => each.page === page);
    return {
      page,
      own: own.length,
      ...coverOf(
        own,
        seen.filter((each) => each.page !== page),
      ),
    };
  });
  const fallback = covers.reduce((a, b) => (b.left > a.left || (b.left === a.left && b.own > a.own) ? b : a));
  return new Map(covers.map(({ page, conditions }) => [page, page === fallback.page ? [{}] : conditions]));
}
