import type { DomElement, DomNode } from '@backlot/protocol';

const empty = new Set(['br', 'hr', 'img', 'input']);
const entities: Readonly<Record<string, string>> = { '&lt;': '<', '&gt;': '>', '&quot;': '"', '&amp;': '&' };

export const escapeHtml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
const plain = (text: string): string => text.replace(/&(?:lt|gt|quot|amp);/g, (entity) => entities[entity] as string);

/** Reads the well-formed HTML that the reference renderers write. */
export function parseHtml(html: string): readonly DomNode[] {
  const root = { tag: 'div', attrs: {}, children: [] as DomNode[] };
  const open: { tag: string; children: DomNode[] }[] = [root];
  for (const [token, close, tag, given] of html.matchAll(/<(\/?)([a-z][a-z0-9]*)((?:\s+[a-z-]+="[^"]*")*)\s*\/?>|[^<]+/g)) {
    const top = open.at(-1)!;
    if (tag === undefined) top.children.push({ text: plain(token) });
    else if (close === '/') {
      if (top.tag !== tag) throw new Error(`</${tag}> closes <${top.tag}> in ${html}`);
      open.pop();
    } else {
      const attrs = Object.fromEntries([...given!.matchAll(/([a-z-]+)="([^"]*)"/g)].map(([, name, value]) => [name, plain(value!)]));
      const element: DomElement & { children: DomNode[] } = { tag, attrs, children: [] };
      top.children.push(element);
      if (!empty.has(tag)) open.push(element);
    }
  }
  return root.children;
}
