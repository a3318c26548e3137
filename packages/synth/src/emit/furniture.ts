import type { Expr } from '@backlot/protocol';
import { hasTools } from '../furniture/learn-tools.ts';
import type { LearnedFurniture } from '../furniture/model.ts';
import type { ElementPattern } from '../template/pattern.ts';

/** The name of the document that the address gives. */
function nameOf({ naming }: LearnedFurniture): Expr {
  if (!naming) return { lit: '' };
  const { param, otherwise } = naming;
  return { fn: 'if', args: [{ fn: 'isBlank', args: [{ param }] }, { lit: otherwise }, { param }] };
}

/** A document with what the application adds to it. */
export function furnished(written: Expr, learned: LearnedFurniture, tools: Expr): Expr {
  return { fn: 'furnished', args: [written, { lit: JSON.stringify(learned.furniture) }, tools, nameOf(learned)] };
}

const contentsOf = ({ furniture }: ElementPattern): Expr => ({ lit: JSON.stringify(furniture?.contents?.contents ?? null) });

/** The items of a document's list of contents. */
export function listOf(written: Expr, document: ElementPattern): Expr {
  return { fn: 'contents', args: [written, contentsOf(document)] };
}

/** Whether a document has headings enough for a list of contents. */
export function hasContents(written: Expr, document: ElementPattern): Expr {
  const count: Expr = { fn: 'listedHeadings', args: [written, contentsOf(document)] };
  return { fn: 'ge', args: [count, { lit: document.furniture?.contents?.least ?? 1 }] };
}

/** True where most documents have tools. */
export function hasMostlyTools({ nodes, furniture }: ElementPattern): boolean {
  const piece = furniture?.furniture.tools;
  const all = [...nodes.values()];
  return piece !== undefined && all.filter(({ children }) => hasTools(children, piece)).length * 2 > all.length;
}
