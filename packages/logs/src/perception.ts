import type { DomElement, Target } from '@backlot/protocol';
import { accessibleElements, accessiblePage, describeElement, underPointer } from '@backlot/world';
import { placeOf } from './actions/places.ts';
import { StyleBook } from './style-book.ts';
import type { Viewport } from './styles/index.ts';

/** What a person perceives of the elements of pages, by the pages' own style sheets. */
export class Perception {
  readonly #styles: StyleBook;
  readonly #roles = new WeakMap<DomElement, Map<DomElement, string>>();

  constructor(viewport: Viewport) {
    this.#styles = new StyleBook(viewport);
  }

  /** True where the element cannot be seen on the page. */
  isHidden(root: DomElement, element: DomElement): boolean {
    return describeElement(root, this.#styles.of(root), element).hidden;
  }

  /** The ARIA role of an element; null for those without a meaning of their own. */
  roleOf(root: DomElement, element: DomElement): string | null {
    let roles = this.#roles.get(root);
    if (roles === undefined) {
      roles = new Map(accessibleElements(root, this.#styles.of(root)).map(({ element: each, role }) => [each, role]));
      this.#roles.set(root, roles);
    }
    return roles.get(element) ?? null;
  }

  /**
   * What the pointer must be over for a person to see the element: the nearest thing around it that can be seen by itself.
   * Null where the element can be seen anyway, or cannot be seen so either.
   */
  revealedBy(root: DomElement, element: DomElement): DomElement | null {
    if (!this.isHidden(root, element)) return null;
    const around = this.#around(root, element);
    return around !== null && !this.#under(root, around, element).hidden ? around : null;
  }

  /** The role, name and position by which a person would find the element. What only a pointer shows is named as it shows then. */
  describe(root: DomElement, element: DomElement): Target {
    const { hidden, ...plain } = describeElement(root, this.#styles.of(root), element);
    const around = hidden ? this.#around(root, element) : null;
    if (around === null) return plain;
    const { hidden: stillHidden, ...shown } = this.#under(root, around, element);
    return stillHidden || shown.name === plain.name ? plain : shown;
  }

  #around(root: DomElement, element: DomElement): DomElement | null {
    for (let at = placeOf(root, element.id ?? 0)?.parent ?? null; at !== null; at = at.parent) {
      if (this.roleOf(root, at.element) !== null && !this.isHidden(root, at.element)) return at.element;
    }
    return null;
  }

  #under(root: DomElement, around: DomElement, element: DomElement): Target & { readonly hidden: boolean } {
    const pointed = underPointer(root, around.id ?? 0);
    const inside = placeOf(pointed.root, element.id ?? 0)?.element;
    if (inside === undefined) throw new Error(`The page holds no element ${element.id}.`);
    return accessiblePage(pointed.root, this.#styles.of(root), pointed.interaction).describe(inside);
  }
}
