import type { Attribute, DomElement, DomNode, Page, Row, State, Template, Value, World } from '@backlot/protocol';
import type { Scope } from './evaluate.ts';
import { bindRow, currentUrl, evaluate, loopRows } from './evaluate.ts';
import { toBoolean, toText } from './functions.ts';
import { indexOf, matchingPages } from './page-index.ts';

/** The page that a state shows. `page` is null where no page was learned for the address. */
export interface Rendering {
  readonly page: Page | null;
  readonly params: Readonly<Record<string, string>>;
  readonly root: DomElement;
}

interface Painter {
  readonly state: State;
  readonly svg: boolean;
  /** Live value of the surrounding `select`, where the user chose one. */
  readonly chosen?: string;
}

/** Key of an element: its anchor and the ids of the rows around it. */
export function elementKey(anchor: string, rows: readonly Row[]): string {
  return rows.length === 0 ? anchor : `${anchor}:${rows.map((row) => row.id).join(':')}`;
}

/** Anchor of an element key. */
export function anchorOf(key: string): string {
  const cut = key.indexOf(':');
  return cut < 0 ? key : key.slice(0, cut);
}

/** Live value of a form field in the row context of the scope: what was typed, else what the page says. */
function fieldReader(world: World, page: Page | null): Scope['field'] {
  return (anchor, scope) => {
    const info = page ? indexOf(world).anchors.get(page.id)?.get(anchor) : undefined;
    if (!info) return null;
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
  const value: Value = evaluate(attribute, scope);
  if (value === null || value === false) return null;
  return value === true ? '' : toText(value);
}

function liveState(tag: string, attrs: Record<string, string>, draft: string | boolean | undefined): void {
  if (draft === undefined) return;
  if (typeof draft === 'boolean') {
    if (draft) attrs['checked'] = '';
    else delete attrs['checked'];
  } else if (tag !== 'select') attrs['value'] = draft;
}

function optionState(attrs: Record<string, string>, kids: readonly DomNode[], chosen: string | undefined): void {
  if (chosen === undefined) return;
  const value =
    attrs['value'] ??
    kids
      .map((kid) => ('text' in kid ? kid.text : ''))
      .join('')
      .trim();
  if (value === chosen) attrs['selected'] = '';
  else delete attrs['selected'];
}

function paintElement(template: Extract<Template, { el: string }>, scope: Scope, painter: Painter): DomElement {
  const attrs: Record<string, string> = {};
  for (const name in template.attrs) {
    const value = attributeValue(template.attrs[name], scope);
    if (value !== null) attrs[name] = value;
  }
  const key = elementKey(template.anchor, Object.values(scope.rows));
  const draft = painter.state.drafts[key];
  liveState(template.el, attrs, draft);
  const svg = template.svg === true;
  const chosen = template.el === 'select' && typeof draft === 'string' ? draft : painter.chosen;
  const children = paintAll(template.kids, scope, { state: painter.state, svg, ...(chosen === undefined ? {} : { chosen }) });
  if (template.el === 'option') optionState(attrs, children, painter.chosen);
  return svg ? { tag: template.el, attrs, children, key, svg } : { tag: template.el, attrs, children, key };
}

function paint(template: Template, scope: Scope, painter: Painter): readonly DomNode[] {
  if ('el' in template) return [paintElement(template, scope, painter)];
  if ('text' in template) {
    const text = typeof template.text === 'string' ? template.text : toText(evaluate(template.text, scope));
    return text === '' ? [] : [{ text }];
  }
  if ('each' in template) {
    const { as } = template.each;
    return loopRows(template.each, scope).flatMap((row) => paintAll(template.kids, bindRow(scope, as, row), painter));
  }
  if ('when' in template) {
    return paintAll(toBoolean(evaluate(template.when, scope)) ? template.kids : (template.else ?? []), scope, painter);
  }
  const source = toText(evaluate(template.markup, scope));
  return source === '' ? [] : [{ text: source }];
}

function paintAll(templates: readonly Template[], scope: Scope, painter: Painter): readonly DomNode[] {
  const out: DomNode[] = [];
  for (const template of templates) out.push(...paint(template, scope, painter));
  return out;
}

const blank: DomElement = {
  tag: 'html',
  attrs: {},
  children: [
    { tag: 'head', attrs: {}, children: [] },
    { tag: 'body', attrs: {}, children: [] },
  ],
};

/** What was rendered of a world, as long as its states are. */
interface Album {
  readonly renderings: WeakMap<State, Rendering>;
  last: { readonly state: State; readonly rendering: Rendering } | null;
}

const albums = new WeakMap<World, Album>();

function albumOf(world: World): Album {
  let album = albums.get(world);
  if (album === undefined) {
    album = { renderings: new WeakMap(), last: null };
    albums.set(world, album);
  }
  return album;
}

/** Pointer, focus, dialog and time leave no trace in the DOM. */
function looksAlike(a: State, b: State): boolean {
  return a.tables === b.tables && a.registers === b.registers && a.drafts === b.drafts && currentUrl(a) === currentUrl(b);
}

/**
 * The DOM that a state shows; an empty document where no page was learned for the address. States never change, so the
 * rendering of one is made once and kept as long as the state is; states that look alike may share theirs.
 */
export function render(world: World, state: State): Rendering {
  const album = albumOf(world);
  const { last, renderings } = album;
  let rendering = renderings.get(state);
  if (rendering === undefined) {
    rendering = last !== null && looksAlike(last.state, state) ? last.rendering : paintPage(world, state);
    renderings.set(state, rendering);
  }
  album.last = { state, rendering };
  return rendering;
}

function paintPage(world: World, state: State): Rendering {
  const at = currentPage(world, state);
  if (!at.page) return { ...at, root: blank };
  const [root] = paint(at.page.template, pageScope(world, state, at), { state, svg: false });
  return { ...at, root: root && 'tag' in root ? root : blank };
}

/** Text of the page's title. */
export function titleOf(world: World, state: State): string {
  const at = currentPage(world, state);
  if (!at.page) return '';
  return typeof at.page.title === 'string' ? at.page.title : toText(evaluate(at.page.title, pageScope(world, state, at)));
}
