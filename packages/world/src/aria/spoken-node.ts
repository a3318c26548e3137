import type { DomElement } from '@backlot/protocol';
import type { AriaStates } from './states.ts';

/** A node of the accessibility tree. Texts between nodes are merged and collapsed. */
export interface AriaNode extends AriaStates {
  readonly role: string;
  readonly name: string;
  readonly element: DomElement;
  readonly children: readonly (AriaNode | string)[];
  /** True for the focused element. */
  readonly active?: true;
  /** Set where `aria-hidden` is on an element that shows all the same. */
  readonly ariaHidden?: true;
  /** A link's address as written. */
  readonly url?: string;
  /** A text field's placeholder where it is not the name. */
  readonly placeholder?: string;
  /** Live value of a field whose value is text. */
  readonly value?: string;
}

/** How a node was printed at its place. */
export interface Print {
  readonly indent: string;
  readonly lines: string;
}

/** A node as it is made. How it was printed stays with it, out of sight: nodes never change, and pages have many in common. */
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
