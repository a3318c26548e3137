import { compileStyles, styleSheetsOf } from '@backlot/logs';
import type { DomElement, PageView, Session, Step } from '@backlot/protocol';
import { ariaSnapshot, underPointer } from '@backlot/world';
import type { PointedPage } from '@backlot/world';
import { normaliseAria } from '../aria/normalise-aria.ts';

/** What the real application showed in a session, computed from the logged DOM and the log's own style sheets. */
export class LoggedPages {
  readonly #viewport: Session['viewport'];
  readonly #known = new WeakMap<DomElement, readonly string[]>();

  constructor(session: Session) {
    this.#viewport = session.viewport;
  }

  /** The normalised snapshot of a page. */
  of({ root }: PageView): readonly string[] {
    let lines = this.#known.get(root);
    if (lines === undefined) {
      lines = this.#snapshot({ root, interaction: {} });
      this.#known.set(root, lines);
    }
    return lines;
  }

  /** The page after a step; after a `hover` with the pointer where it then rests. */
  after(step: Step): readonly string[] {
    if (step.action.kind !== 'hover' || step.node === undefined) return this.of(step.after);
    return this.#snapshot(underPointer(step.after.root, step.node));
  }

  #snapshot({ root, interaction }: PointedPage): readonly string[] {
    const styles = compileStyles(styleSheetsOf(root), this.#viewport);
    return normaliseAria(ariaSnapshot(root, styles, interaction));
  }
}
