import type { DomElement } from '@backlot/protocol';
import type { AriaNode } from './aria-tree.ts';
import type { AriaStates } from './states.ts';

/** How a node was printed at its place. */
export interface Print {
  readonly indent: string;
  readonly lines: string;
}

/** A node of the accessibility tree. How it was printed stays with it, out of sight: nodes never change, and pages have many in common. */
export class SpokenNode {
  role: string;
  name: string;
  element: DomElement;
  children: (AriaNode | string)[] = [];
  #plain: Print | undefined = undefined;
  #marked: Print | undefined = undefined;

  constructor({ role, name, element }: Pick<AriaNode, 'role' | 'name' | 'element'>, states: AriaStates) {
    this.role = role;
    this.name = name;
    this.element = element;
    Object.assign(this, states);
  }

  static printOf(node: AriaNode, isMarked: boolean): Print | undefined {
    return node instanceof SpokenNode ? (isMarked ? node.#marked : node.#plain) : undefined;
  }

  static keep(node: AriaNode, print: Print, isMarked: boolean): void {
    if (!(node instanceof SpokenNode)) return;
    if (isMarked) node.#marked = print;
    else node.#plain = print;
  }
}
