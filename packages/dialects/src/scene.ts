import type { DomElement, State, Target, World } from '@backlot/protocol';
import { accessiblePage, actedOnRoles, currentUrl, pathToKey, pointableTree, render, titleOf, type AriaNode } from '@backlot/world';
import { firstRefOf, refOf } from './refs.ts';

/** A state as an agent that points at things meets it. What is asked for is worked out once. */
export interface Scene {
  readonly url: string;
  readonly title: string;
  /** The `html` element. */
  readonly root: DomElement;
  /** What the page says, in document order. */
  readonly tree: readonly (AriaNode | string)[];
  /** The focused element. */
  readonly focused: DomElement | null;
  /** Ref of an element that the tree holds; null for others. */
  refOf(element: DomElement): string | null;
  /** True where every ref follows from its element's key alone: no two keys of the page would have the same. */
  readonly hasPlainRefs: boolean;
  byRef(ref: string): DomElement | null;
  byKey(key: string): DomElement | null;
  byTarget(target: Target): DomElement | null;
  /** What is meant by an element: the nearest one around it that people act on, else itself. */
  meant(element: DomElement): DomElement;
  targetOf(element: DomElement): Target;
}

interface Names {
  readonly elements: ReadonlyMap<string, DomElement>;
  readonly arePlain: boolean;
}

/** Looks at a state of a world. */
export function sceneOf(world: World, state: State): Scene {
  const { root } = render(world, state);
  const interaction = { hover: state.hover, focus: state.focus };
  const page = accessiblePage(root, world.styles, interaction);
  const tree = once(() => pointableTree(root, world.styles, interaction));
  const names = once(() => nameAll(tree()));
  const refs = once(() => new Map([...names().elements].map(([ref, element]) => [element, ref])));
  const byKey = (key: string): DomElement | null => pathToKey(root, key).at(-1) ?? null;
  return {
    url: currentUrl(state),
    root,
    get title() {
      return titleOf(world, state);
    },
    get tree() {
      return tree();
    },
    get focused() {
      return state.focus === null ? null : byKey(state.focus);
    },
    get hasPlainRefs() {
      return names().arePlain;
    },
    refOf: (element) => refs().get(element) ?? null,
    byRef: (ref) => names().elements.get(ref) ?? null,
    byKey,
    byTarget: (target) => page.find(target),
    meant: (element) => {
      const around = element.key === undefined ? [] : pathToKey(root, element.key);
      return around.findLast((each) => actedOnRoles.has(page.describe(each).role)) ?? element;
    },
    targetOf: (element) => {
      const { role, name, nth } = page.describe(element);
      return { role, name, nth };
    },
  };
}

function once<T>(work: () => T): () => T {
  let done: { readonly value: T } | undefined;
  return () => (done ??= { value: work() }).value;
}

function nameAll(tree: readonly (AriaNode | string)[]): Names {
  const elements = new Map<string, DomElement>();
  let arePlain = true;
  const name = (element: DomElement, key: string): void => {
    const first = firstRefOf(key);
    const taken = elements.get(first);
    // An element may stand at several places of the tree.
    if (taken === element) return;
    if (taken === undefined) {
      elements.set(first, element);
      return;
    }
    arePlain = false;
    for (const known of elements.values()) if (known === element) return;
    elements.set(
      refOf(key, (ref) => elements.has(ref)),
      element,
    );
  };
  const visit = (nodes: readonly (AriaNode | string)[]): void => {
    for (const node of nodes) {
      if (typeof node === 'string') continue;
      if (node.element.key !== undefined) name(node.element, node.element.key);
      visit(node.children);
    }
  };
  visit(tree);
  return { elements, arePlain };
}
