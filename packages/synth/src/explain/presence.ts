import type { Expr } from '@backlot/protocol';
import type { PageModel } from '../pages/page-model.ts';
import type { Hole } from '../template/holes.ts';
import type { ElementPattern } from '../template/pattern.ts';

/** When an element of the page itself is there: what is asked of it and of all around it, as far as that varies. */
export function presenceOf(element: ElementPattern, page: PageModel, exprs: ReadonlyMap<Hole, Expr>): readonly Expr[] {
  const hole = page.holes.find(({ kind, pattern, name }) => kind === 'presence' && name === '' && pattern === element);
  const own = hole && exprs.get(hole);
  const outer = element.parent ? presenceOf(element.parent, page, exprs) : [];
  return own && !('lit' in own) ? [...outer, own] : outer;
}
