import type { DomElement, DomNode } from '@backlot/protocol';

/** An element for a test; strings become text nodes, `key` becomes the element's key. */
export function el(tag: string, attrs: Readonly<Record<string, string>> = {}, ...children: readonly (DomElement | string)[]): DomElement {
  const { key, ...rest } = attrs;
  const nodes: DomNode[] = children.map((child) => (typeof child === 'string' ? { text: child } : child));
  return {
    tag,
    attrs: rest,
    children: nodes,
    ...(key === undefined ? {} : { key }),
    ...(tag === 'svg' || tag === 'title' ? { svg: true } : {}),
  };
}

/** A page with these nodes in its body. */
export function page(...children: readonly (DomElement | string)[]): DomElement {
  return el('html', {}, el('head', {}, el('style', {}, 'p {}')), el('body', {}, ...children));
}

/** Lines joined to one snapshot. */
export function lines(...text: readonly string[]): string {
  return text.join('\n');
}
