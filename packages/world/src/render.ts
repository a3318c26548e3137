import type { Attribute, DomElement, Page, Row, State, World } from '@backlot/protocol';
import { Album, type Rendering } from './album.ts';
import type { Scope } from './evaluate.ts';
import { currentUrl, evaluate } from './evaluate.ts';
import { toBoolean, toText } from './functions.ts';
import { indexOf, matchingPages } from './page-index.ts';
import { attributeText, paintRoot } from './paint/paint.ts';
import { remembered } from './remembered.ts';

export type { Rendering } from './album.ts';
export { anchorOf } from './painted-element.ts';

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

/** Parameters of a page: what its address says, and what was sent to get it. */
export function withPosted({ posted }: State, params: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return posted === undefined ? params : { ...posted, ...params };
}

/** Scope in which a page's holes are evaluated. */
export function pageScope(world: World, state: State, at: { page: Page | null; params: Readonly<Record<string, string>> }): Scope {
  return { state, rows: {}, args: {}, params: at.params, field: fieldReader(world, at.page) };
}

/** The page that the state's address leads to: the first match whose condition holds. What a form sent to get it counts as its address does. */
export function currentPage(world: World, state: State): { page: Page | null; params: Readonly<Record<string, string>> } {
  for (const { page, params: said } of matchingPages(world, currentUrl(state), state.posted)) {
    const params = withPosted(state, said);
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

const albums = new WeakMap<World, Album>();

/**
 * The DOM that a state shows; an empty document where no page was learned for the address. States never change, so their
 * renderings are kept, and states that look alike share theirs.
 */
export function render(world: World, state: State): Rendering {
  const album = remembered(albums, world, () => new Album());
  const known = album.find(state);
  if (known !== null) return known;
  const rendering = paintPage(world, state);
  album.keep(state, rendering);
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
