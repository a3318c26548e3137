import type { DomElement, State, World } from '@backlot/protocol';
import { currentUrl, render, titleOf } from '@backlot/world';
import {
  bodyElement,
  createElement,
  createTextNode,
  documentElement,
  headElement,
  insertBefore,
  removeChild,
  setTitle,
} from './natives.ts';
import { patchChildren, patchElement, patchShell, shownBy } from './patch.ts';
import { placeFocus } from './focus.ts';

/** The live document as the picture of a state. */
export interface DocumentView {
  /** Makes the document show a state. With `focus` the element that the state says gets the focus. */
  show(state: State, options: { readonly focus: boolean }): void;
}

function addStyles(world: World): void {
  const head = headElement();
  for (const text of world.css) {
    const style = createElement('style', null);
    insertBefore(style, createTextNode(text), null);
    insertBefore(head, style, null);
  }
}

/** Head children that may be shown: the rest is the clone's own business (styles, title) or none of a clone's (scripts, refreshes). */
function isHeadChild(element: DomElement): boolean {
  if (element.tag === 'meta')
    return 'name' in element.attrs && !('http-equiv' in element.attrs) && !element.attrs['name']?.startsWith('backlot-');
  return element.tag === 'link' && /(?:^|\s)icon(?:\s|$)/i.test(element.attrs['rel'] ?? '');
}

const child = (root: DomElement, tag: string): DomElement =>
  root.children.find((node): node is DomElement => 'tag' in node && node.tag === tag) ?? { tag, attrs: {}, children: [] };

/** Shows states of a world in this document. The head's own children (script, styles) stay before all others. */
export function createDocumentView(world: World): DocumentView {
  addStyles(world);
  let page: string | null | undefined;
  let address = '';
  let headNodes: readonly Element[] = [];

  const showHead = (wanted: DomElement): void => {
    const head = headElement();
    patchShell(head, wanted);
    const children = wanted.children.filter((node): node is DomElement => 'tag' in node && isHeadChild(node));
    if (JSON.stringify(children) === JSON.stringify(headNodes.map(shownBy))) return;
    for (const node of headNodes) removeChild(head, node);
    headNodes = children.map((node) => {
      const element = createElement(node.tag, null);
      patchElement(element, node, new Map());
      insertBefore(head, element, null);
      return element;
    });
  };

  return {
    show(state, { focus }) {
      const { page: next, root } = render(world, state);
      const body = child(root, 'body');
      const byKey = new Map<string, Element>();
      patchShell(documentElement(), root);
      showHead(child(root, 'head'));
      // Another kind of page is another document: nothing of the old one may live on in reused elements.
      if (page !== undefined && page !== (next?.id ?? null)) patchChildren(bodyElement(), [], byKey);
      patchElement(bodyElement(), body, byKey);
      setTitle(titleOf(world, state));
      const [now = ''] = currentUrl(state).split('#');
      if (page !== undefined && now !== address) window.scrollTo(0, 0);
      page = next?.id ?? null;
      address = now;
      if (focus) placeFocus(state.focus, byKey);
    },
  };
}
