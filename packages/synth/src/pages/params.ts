import { matchPage, parseAddress } from '@backlot/world';
import type { View } from '../views.ts';
import type { PageModel } from './page-model.ts';

/** Path variables and query parameters of a view's address under its page's patterns. */
export function paramsOf(page: PageModel, view: View): Readonly<Record<string, string>> {
  const address = parseAddress(view.url);
  return matchPage(page, address) ?? address.query;
}
