import { matchPage, parseAddress } from '@backlot/world';
import type { View } from '../views.ts';
import type { PageModel } from './page-model.ts';

/** Path variables and query parameters of a view's address under its page's patterns. */
export function saidBy(page: PageModel, view: View): Readonly<Record<string, string>> {
  const address = parseAddress(view.url);
  return matchPage(page, address) ?? address.query;
}

/** What was asked for to get a view: what its address says, and what a form sent. */
export function paramsOf(page: PageModel, view: View): Readonly<Record<string, string>> {
  return view.posted === undefined ? saidBy(page, view) : { ...view.posted, ...saidBy(page, view) };
}
