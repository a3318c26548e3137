import type { Attribute, DomElement, DomNode, Grammar, Page, Row, State, Template, Value, World } from '@backlot/protocol';
import type { Scope } from './evaluate.ts';
import { bindRow, currentUrl, evaluate, loopRows } from './evaluate.ts';
import { toBoolean, toText } from './functions.ts';
import { htmlGrammar, readMarkupValue, renderMarkup } from './markup/index.ts';
import { withKeys } from './markup/keyed.ts';
import { indexOf, matchingPages } from './page-index.ts';
import { paintPlan, type ElementTemplate, type MarkupTemplate } from './paint-plan.ts';

/** The page that a state shows. `page` is null where no page was learned for the address. */
export interface Rendering {
  readonly page: Page | null;
  readonly params: Readonly<Record<string, string>>;
  readonly root: DomElement;
}

interface Painter {
  readonly state: State;
  /** Anchors that have a live value. */
  readonly drafted: readonly string[];
  /** Ids of the rows around, as they end a key. */
  readonly rowIds: string;
  /** True inside of an element that is kept as a whole. */
  readonly isKept: boolean;
  readonly grammars: Readonly<Record<string, Grammar>>;
  /** The element around, where it holds rich text. */
  readonly holder?: ElementTemplate;
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

/** Elements by template and row that come out the same in every state, unless something was typed into them. */
const keptElements = new WeakMap<ElementTemplate, WeakMap<object, DomElement>>();

function paintElement(template: ElementTemplate, scope: Scope, painter: Painter): DomElement {
  const plan = paintPlan(template);
  const owner = painter.isKept || plan.reach === 'state' || painter.chosen !== undefined ? null : ownerOf(template, scope);
  if (owner === null || painter.drafted.some((anchor) => plan.anchors.has(anchor))) return paintAfresh(template, scope, painter);
  let kept = keptElements.get(template);
  if (kept === undefined) {
    kept = new WeakMap();
    keptElements.set(template, kept);
  }
  let element = kept.get(owner);
  if (element === undefined) {
    element = paintAfresh(template, scope, { ...painter, isKept: true });
    kept.set(owner, element);
  }
  return element;
}

/** What an element is kept with: the row around it, else its template; null where there are more rows. */
function ownerOf(template: ElementTemplate, { row, rows }: Scope): object | null {
  if (row === undefined) return template;
  let count = 0;
  for (const _name in rows) count += 1;
  return count === 1 ? row : null;
}

function paintAfresh(template: ElementTemplate, scope: Scope, painter: Painter): DomElement {
  const { el: tag, anchor, kids, svg } = template;
  const key = anchor + painter.rowIds;
  const draft = painter.state.drafts[key];
  const constant = paintPlan(template).attrs;
  const isOption = tag === 'option';
  const attrs = constant !== null && draft === undefined && !isOption ? constant : ownAttributes(template, scope);
  liveState(tag, attrs, draft);
  const inner = paintPlan(template).markups.length > 0 ? { ...painter, holder: template } : painter;
  const children = paintAll(kids, scope, tag === 'select' && typeof draft === 'string' ? { ...inner, chosen: draft } : inner);
  if (isOption) optionState(attrs, children, painter.chosen);
  return svg === true ? { tag, attrs, children, key, svg } : { tag, attrs, children, key };
}

function ownAttributes(template: ElementTemplate, scope: Scope): Record<string, string> {
  const attrs: Record<string, string> = {};
  for (const name in template.attrs) {
    const value = attributeValue(template.attrs[name], scope);
    if (value !== null) attrs[name] = value;
  }
  return attrs;
}

function paint(template: Template, scope: Scope, painter: Painter): readonly DomNode[] {
  if ('el' in template) return [paintElement(template, scope, painter)];
  if ('text' in template) {
    const text = typeof template.text === 'string' ? template.text : toText(evaluate(template.text, scope));
    return text === '' ? [] : [{ text }];
  }
  if ('each' in template) {
    const { as } = template.each;
    return loopRows(template.each, scope).flatMap((row) =>
      paintAll(template.kids, bindRow(scope, as, row), { ...painter, rowIds: `${painter.rowIds}:${row.id}` }),
    );
  }
  if ('when' in template) {
    return paintAll(toBoolean(evaluate(template.when, scope)) ? template.kids : (template.else ?? []), scope, painter);
  }
  return paintMarkup(template, scope, painter);
}

/** Rich text; as plain text where the world lacks the grammar. */
function paintMarkup(template: MarkupTemplate, scope: Scope, { grammars, holder, rowIds }: Painter): readonly DomNode[] {
  const source = toText(evaluate(template.markup, scope));
  if (source === '') return [];
  const grammar = Object.hasOwn(grammars, template.grammar) ? grammars[template.grammar] : undefined;
  if (grammar === undefined && template.grammar !== htmlGrammar) return [{ text: source }];
  const nodes = grammar === undefined || template.grammar === htmlGrammar ? readMarkupValue(source) : renderMarkup(grammar, source);
  const place = holder === undefined ? 0 : paintPlan(holder).markups.indexOf(template);
  return withKeys(nodes, `${holder?.anchor ?? ''}${place > 0 ? `~m${place}` : ''}`, rowIds);
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

/** A state and what it showed. */
interface Picture {
  readonly state: State;
  readonly rendering: Rendering;
}

/** How many pictures of a world are kept: an event looks at few states, and whoever forks comes back to few. */
const mostPictures = 8;

/** The latest pictures of each world, newest first. */
const albums = new WeakMap<World, Picture[]>();

/** Pointer, focus, dialog and time leave no trace in the DOM. */
function looksAlike(a: State, b: State): boolean {
  return a.tables === b.tables && a.registers === b.registers && a.drafts === b.drafts && currentUrl(a) === currentUrl(b);
}

/**
 * The DOM that a state shows; an empty document where no page was learned for the address. States never change, so the latest
 * renderings are kept, and states that look alike share theirs.
 */
export function render(world: World, state: State): Rendering {
  let album = albums.get(world);
  if (album === undefined) {
    album = [];
    albums.set(world, album);
  }
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
  const painter: Painter = {
    state,
    drafted: Object.keys(state.drafts).map(anchorOf),
    rowIds: '',
    isKept: false,
    grammars: world.grammars ?? {},
  };
  const [root] = paint(at.page.template, pageScope(world, state, at), painter);
  return { ...at, root: root && 'tag' in root ? root : blank };
}

/** Text of the page's title. */
export function titleOf(world: World, state: State): string {
  const at = currentPage(world, state);
  if (!at.page) return '';
  return typeof at.page.title === 'string' ? at.page.title : toText(evaluate(at.page.title, pageScope(world, state, at)));
}
