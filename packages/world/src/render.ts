import type { Attribute, DomElement, Page, Row, State, World } from '@backlot/protocol';
import type { Scope } from './evaluate.ts';
import { currentUrl, evaluate } from './evaluate.ts';
import { previousUrl } from './expr/scope.ts';
import { toBoolean, toText } from './functions.ts';
import { indexOf, matchingPages } from './page-index.ts';
import { attributeText, paintRoot } from './paint/paint.ts';
import { remembered } from './remembered.ts';

export { anchorOf } from './painted-element.ts';

/** The page that a state shows. `page` is null where no page was learned for the address. */
export interface Rendering {
  readonly page: Page | null;
  readonly params: Readonly<Record<string, string>>;
  readonly root: DomElement;
}

/** Key of an element: its anchor and the ids of the rows around it. */
export function elementKey(anchor: string, rows: readonly Row[]): string {
  return rows.length === 0 ? anchor : `${anchor}:${rows.map((row) => row.id).join(':')}`;
}

/** Live value of a form field in the row context of the scope: what was typed, else what the page says; null where it is not there. */
function fieldReader(world: World, page: Page | null): Scope['field'] {
  return (anchor, scope) => {
    const info = page ? indexOf(world).anchors.get(page.id)?.get(anchor) : undefined;
    if (!info || info.conditions.some(({ when, holds }) => toBoolean(evaluate(when, scope)) !== holds)) return null;
    const rows = info.loops.map((loop) => scope.rows[loop.as]).filter((row) => row !== undefined);
    const draft = scope.state.drafts[elementKey(anchor, rows)];
    if (draft !== undefined) return draft;
    const type = typeof info.attrs['type'] === 'string' ? info.attrs['type'] : '';
    const box = type === 'checkbox' || type === 'radio';
    const value = attributeValue(info.attrs[box ? 'checked' : 'value'], scope);
    return box ? value !== null : (value ?? '');
  };
}

/** Scope in which a page's holes are evaluated. */
export function pageScope(world: World, state: State, at: { page: Page | null; params: Readonly<Record<string, string>> }): Scope {
  return { state, rows: {}, args: {}, params: at.params, field: fieldReader(world, at.page) };
}

/** The page that the state's address leads to: the first match whose condition holds. */
export function currentPage(world: World, state: State): { page: Page | null; params: Readonly<Record<string, string>> } {
  for (const { page, params } of matchingPages(world, currentUrl(state))) {
    if (!page.when || toBoolean(evaluate(page.when, pageScope(world, state, { page, params })))) return { page, params };
  }
  return { page: null, params: {} };
}

function attributeValue(attribute: Attribute | undefined, scope: Scope): string | null {
  if (attribute === undefined) return null;
  if (typeof attribute === 'string') return attribute;
  return attributeText(evaluate(attribute, scope));
}

const blank: DomElement = {
  tag: 'html',
  attrs: {},
  children: [
    { tag: 'head', attrs: {}, children: [] },
    { tag: 'body', attrs: {}, children: [] },
  ],
};

/** A state and what it showed. */
interface Picture {
  readonly state: State;
  readonly rendering: Rendering;
}

/** How many pictures of a world are kept: an event looks at few states, and whoever forks comes back to few. */
const mostPictures = 8;

/** The latest pictures of each world, newest first. */
const albums = new WeakMap<World, Picture[]>();

/** Pointer, focus, dialog and time leave no trace in the DOM; of the way that led there, only the address of the page before does. */
function looksAlike(a: State, b: State): boolean {
  if (a.tables !== b.tables || a.registers !== b.registers || a.drafts !== b.drafts) return false;
  return a.history === b.history || (currentUrl(a) === currentUrl(b) && previousUrl(a) === previousUrl(b));
}

/**
 * The DOM that a state shows; an empty document where no page was learned for the address. States never change, so the latest
 * renderings are kept, and states that look alike share theirs.
 */
export function render(world: World, state: State): Rendering {
  const album = remembered(albums, world, () => []);
  const known = album.find((picture) => looksAlike(picture.state, state));
  if (known !== undefined) return known.rendering;
  const rendering = paintPage(world, state);
  album.unshift({ state, rendering });
  if (album.length > mostPictures) album.pop();
  return rendering;
}

function paintPage(world: World, state: State): Rendering {
  const at = currentPage(world, state);
  if (!at.page) return { ...at, root: blank };
  const root = paintRoot(at.page.template, pageScope(world, state, at), world.grammars);
  return { ...at, root: root ?? blank };
}

/** Text of the page's title. */
export function titleOf(world: World, state: State): string {
  const at = currentPage(world, state);
  if (!at.page) return '';
  return typeof at.page.title === 'string' ? at.page.title : toText(evaluate(at.page.title, pageScope(world, state, at)));
}
