import type { DomElement, DomNode } from '@backlot/protocol';
import { withoutHash } from '@backlot/world';
import { madeUpIds, withNames } from './made-up-ids.ts';
import { isMadeUp } from './template/fixed-name.ts';

const dropped = new Set(['script', 'noscript', 'template', 'meta', 'base', 'link', 'style']);
const keepsSpace = new Set(['pre', 'textarea']);
const blocks = new Set(
  (
    'html head body title link style address article aside blockquote dd details dialog div dl dt fieldset figcaption figure footer form ' +
    'h1 h2 h3 h4 h5 h6 header hgroup hr main menu nav ol p pre section summary table tbody td tfoot th thead tr ul option optgroup select br'
  ).split(' '),
);
const volatile =
  /^(?:rr_|data-react|data-v-|data-server-rendered|data-ember|data-(?:[\w-]*-)?\d+$|nonce$|on[a-z]+$|integrity$|crossorigin$)/;

/** An inline style in one spelling; null where it says nothing. */
function keptStyle(style: string): string | null {
  const declarations = style
    .split(';')
    .map((declaration) => declaration.trim().replace(/\s*:\s*/, ': '))
    .filter((declaration) => declaration !== '');
  return declarations.length > 0 ? `${declarations.join('; ')};` : null;
}

const addresses = new Set(['href', 'src', 'action', 'formaction', 'poster', 'data']);

/** Where a page stands: what addresses in it are relative to. */
interface Base {
  readonly origin: string;
  /** Address of the page without its fragment. */
  readonly page: string;
  /** The clone's own file for the address of a picture. */
  readonly picture: (src: string) => string;
  /** Names for the made-up ids that the page refers to. */
  readonly names: ReadonlyMap<string, string>;
}

/** How addresses in a page are read. */
export interface PageAddress {
  readonly origin?: string;
  /** The page's own address, relative to the origin. */
  readonly url?: string;
  readonly picture?: (src: string) => string;
}

const pictures = new Set(['img', 'source', 'input']);

/** Recorders spell addresses out; those of the application are read as the application's own again, fragments as fragments. */
function ownAddress(value: string, { origin, page }: Base): string {
  if (origin === '' || !value.startsWith(origin)) return value;
  if (value.startsWith(`${origin}${page}#`)) return value.slice(origin.length + page.length);
  const rest = value.slice(origin.length);
  return rest === '' ? '/' : /^[/?#]/.test(rest) ? (rest.startsWith('/') ? rest : `/${rest}`) : value;
}

/** True for what only frameworks and recorders read: their own marks, and ids that were made up and that nothing refers to. */
function isMark(name: string, value: string, { names }: Base): boolean {
  return volatile.test(name) || name === '_cssText' || (name === 'id' && isMadeUp(value) && !names.has(value));
}

function keptAttributes({ tag, attrs }: DomElement, base: Base): Record<string, string> {
  const kept: Record<string, string> = {};
  for (const name of Object.keys(attrs).sort()) {
    const logged = attrs[name] as string;
    if (isMark(name, logged, base)) continue;
    const raw = withNames(name, logged, base.names);
    const value = name === 'style' ? keptStyle(raw) : addresses.has(name) ? ownAddress(raw, base) : raw;
    if (name === 'value' && value === '' && (tag === 'input' || tag === 'textarea')) continue;
    if (value !== null) kept[name] = name === 'src' && pictures.has(tag) ? base.picture(value) : value;
  }
  return kept;
}

const isBlock = (node: DomNode): boolean => 'tag' in node && blocks.has(node.tag);

/** Merges neighbouring texts, collapses white space, and drops it beside blocks and at the edges of one. */
function tidyText(parent: DomElement, children: readonly DomNode[]): readonly DomNode[] {
  const merged: DomNode[] = [];
  for (const child of children) {
    const last = merged.at(-1);
    if ('text' in child && last && 'text' in last) merged[merged.length - 1] = { ...last, text: last.text + child.text };
    else merged.push(child);
  }
  return merged.flatMap((node, i): readonly DomNode[] => {
    if ('tag' in node) return [node];
    let text = node.text.replace(/\s+/g, ' ');
    if (isBlock(merged[i - 1] ?? parent)) text = text.replace(/^ /, '');
    if (isBlock(merged[i + 1] ?? parent)) text = text.replace(/ $/, '');
    return text === '' ? [] : [{ ...node, text }];
  });
}

/** What stands for an element that nobody perceives where it parts two texts: it is heard as a gap between them. */
const nothing: DomElement = { tag: 'span', attrs: { hidden: '' }, children: [] };

const isWords = (node: DomNode | undefined): boolean => node !== undefined && 'text' in node && node.text.trim() !== '';

function parts({ children }: DomElement, i: number): boolean {
  return isWords(children[i - 1]) && isWords(children[i + 1]);
}

function canonicalChildren(element: DomElement, base: Base, keepSpace: boolean): readonly DomNode[] {
  const children = element.children.flatMap((child, i): readonly DomNode[] => {
    if ('text' in child) return [child];
    if (dropped.has(child.tag)) return parts(element, i) ? [nothing] : [];
    return [canonicalElement(child, base, keepSpace || keepsSpace.has(child.tag))];
  });
  return keepSpace ? children : tidyText(element, children);
}

const cache = new WeakMap<DomElement, DomElement>();

function canonicalElement(element: DomElement, base: Base, keepSpace: boolean): DomElement {
  const known = cache.get(element);
  if (known) return known;
  const made: DomElement = { ...element, attrs: keptAttributes(element, base), children: canonicalChildren(element, base, keepSpace) };
  cache.set(element, made);
  return made;
}

/**
 * The part of a logged page that a person can perceive, in one spelling: no scripts, style sheets, framework marks or made-up ids
 * that nothing refers to, the others named by what refers to them, white space as it is rendered, addresses below `origin` relative
 * to it. `url` is the page's own address, relative to the origin; `picture` leads to the clone's own files. Elements shared between two
 * pages stay shared.
 */
export function canonical(root: DomElement, { origin = '', url = '/', picture = (src) => src }: PageAddress = {}): DomElement {
  const base: Base = { origin: origin.replace(/\/$/, ''), page: withoutHash(url), picture, names: madeUpIds(root) };
  return canonicalElement(root, base, false);
}
