import type { PageRoute } from '@backlot/protocol';
import { findAll, isTextField, parseAddress } from '@backlot/world';
import { isWord } from '../is-word.ts';
import type { View } from '../views.ts';
import { coverOf, type SeenAddress } from './modes.ts';
import { decisive, keyOf, type Routes } from './route-table.ts';

/** A document that a form was sent to get, or that its answer led to at the same address, with the pattern of its address. */
interface Answer extends SeenAddress {
  readonly base: PageRoute;
  /** True where the address alone would lead to another page. */
  readonly isOther: boolean;
}

/** What a form sent without what people typed, of other texts only that there were some. */
function wordsAmong(sent: Readonly<Record<string, string>>, { root }: View): Readonly<Record<string, string>> {
  const typed = new Set(findAll(root, isTextField).map(({ attrs }) => attrs['name'] ?? ''));
  const chosen = Object.entries(sent).filter(([name]) => !typed.has(name));
  return Object.fromEntries(chosen.map(([name, value]) => [name, isWord(value) ? value : '']));
}

function answersAmong(routes: Routes, pages: readonly (readonly View[])[]): readonly Answer[] {
  return pages.flatMap((views, page) =>
    views.flatMap((view): readonly Answer[] => {
      const { url, posted, redirected } = view;
      const sent = posted ?? redirected;
      const found = sent && decisive(routes, parseAddress(url));
      if (!found) return [];
      const address = { path: '/', search: '', query: wordsAmong(sent, view), hash: '' };
      return [{ address, page, views: 1, base: found.route, isOther: posted !== undefined && found.page !== page }];
    }),
  );
}

/**
 * Adds addresses with what a form must have sent, where what it got has the address of another page: the list that it was sent from, say,
 * now with a question. What tells a page from others tells it at all its addresses.
 */
export function askForPosted(routes: Routes, pages: readonly (readonly View[])[]): void {
  const answers = answersAmong(routes, pages);
  for (const [page, own] of Map.groupBy(
    answers.filter(({ isOther }) => isOther),
    (answer) => answer.page,
  )) {
    const others = answers.filter((answer) => answer.page !== page);
    const { conditions } = coverOf(own, others);
    const bases = new Map(own.map(({ base }) => [keyOf(base), base]));
    for (const base of bases.values()) {
      for (const { query } of conditions) {
        const asked: PageRoute = { ...base, ...(query ? { posted: query } : {}) };
        routes[page]?.set(keyOf(asked), asked);
      }
    }
  }
}
