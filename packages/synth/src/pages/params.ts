import { isTextField, matchPage, parseAddress } from '@backlot/world';
import type { View } from '../views.ts';
import type { PageModel } from './page-model.ts';

type Params = Readonly<Record<string, string>>;

const known = new WeakMap<PageModel, Map<View, Params>>();

/** Path variables and query parameters of a view's address under its page's patterns. */
export function saidBy(page: PageModel, view: View): Params {
  const ofPage = known.get(page) ?? new Map<View, Params>();
  known.set(page, ofPage);
  const found = ofPage.get(view);
  if (found) return found;
  const address = parseAddress(view.url);
  const said = matchPage(page, address, view.posted) ?? address.query;
  ofPage.set(view, said);
  return said;
}

/** What was asked for to get a view: what its address says, and what a form sent. */
export function paramsOf(page: PageModel, view: View): Params {
  return view.posted === undefined ? saidBy(page, view) : { ...view.posted, ...saidBy(page, view) };
}

/** True for a parameter that a field of the page gives: people type there what they look for, whether or not there is such a thing. */
export function isTyped(page: PageModel, param: string): boolean {
  const fields = [...page.pattern.elements.values()].filter(({ frame }) => frame.list === null);
  return fields.some(({ nodes }) => [...nodes.values()].some((node) => node.attrs['name'] === param && isTextField(node)));
}
