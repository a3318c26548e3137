import type { DomNode } from '@backlot/protocol';
import type { Scene } from '../scene.ts';

const empty = new Set(['area', 'base', 'br', 'col', 'embed', 'hr', 'img', 'input', 'link', 'meta', 'source', 'track', 'wbr']);
const unread = new Set(['script', 'style', 'template', 'noscript', 'link', 'meta']);
/** Inside of these, texts are not escaped when they are read back, so they must not hold markup. */
const escapeText = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
const escapeValue = (text: string): string => escapeText(text).replaceAll('"', '&quot;');

/** The body as HTML, form state in its attributes; each element that an agent can point at carries its ref as `bid`. */
export function htmlView(scene: Scene): string {
  const body = scene.root.children.find((child) => 'tag' in child && child.tag === 'body');
  return body === undefined ? '' : write(scene, body);
}

function write(scene: Scene, node: DomNode): string {
  if ('text' in node) return escapeText(node.text);
  const { tag, attrs, children } = node;
  if (unread.has(tag)) return '';
  const ref = scene.refOf(node);
  const all = ref === null ? Object.entries(attrs) : [['bid', ref] as const, ...Object.entries(attrs)];
  const written = all.map(([name, value]) => (value === '' ? ` ${name}` : ` ${name}="${escapeValue(value)}"`)).join('');
  if (empty.has(tag)) return `<${tag}${written}>`;
  return `<${tag}${written}>${children.map((child) => write(scene, child)).join('')}</${tag}>`;
}
