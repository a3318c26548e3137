import type { DomElement, StyleRule } from '@backlot/protocol';
import { compileStyles, styleSheetsOf } from './styles/index.ts';
import type { Viewport } from './styles/index.ts';

/** The compiled style rules of pages, each page's sheets read once. */
export class StyleBook {
  readonly #viewport: Viewport;
  readonly #known = new WeakMap<DomElement, readonly StyleRule[]>();

  constructor(viewport: Viewport) {
    this.#viewport = viewport;
  }

  /** The rules that hold on a page. */
  of(root: DomElement): readonly StyleRule[] {
    let rules = this.#known.get(root);
    if (rules === undefined) {
      rules = compileStyles(styleSheetsOf(root), this.#viewport);
      this.#known.set(root, rules);
    }
    return rules;
  }
}
