import type { DomElement, DomNode, Expr, Template } from '@backlot/protocol';
import type { ElementTemplate } from '../paint/plan.ts';
import { own } from '../own.ts';
import { remembered } from '../remembered.ts';

/** Live form state is no mark of an element. */
const live = new Set(['value', 'checked', 'selected']);
/** How much it speaks against an element that a constant attribute differs. */
const weights: Readonly<Record<string, number>> = { id: 2, class: 0.6, href: 0.6, name: 0.8, type: 0.8, role: 0.8 };

/** How far an element's own attributes are from its template's. */
export function attributeCost(template: ElementTemplate, { attrs }: DomElement): number {
  let cost = 0;
  for (const [name, want] of Object.entries(template.attrs)) {
    if (live.has(name)) continue;
    const have = own(attrs, name);
    if (typeof want === 'string') cost += have === want ? 0 : (own(weights, name) ?? 0.4);
    else cost += have === undefined ? 0.05 : couldSay(want, have) ? 0 : 0.5;
  }
  for (const name of Object.keys(attrs))
    if (!live.has(name) && !Object.hasOwn(template.attrs, name)) cost += (own(weights, name) ?? 0.4) / 2;
  return cost;
}

/** How far a text is from what its template may say. */
export function textCost(expr: Expr, text: string): number {
  if ('lit' in expr) return expr.lit === text ? 0 : String(expr.lit).trim() === text.trim() ? 0.05 : 0.9;
  return couldSay(expr, text) ? 0.02 : 0.9;
}

/** What it costs to find nothing for a text: less where it may be empty. */
export function missingTextCost(expr: Expr): number {
  if ('lit' in expr) return String(expr.lit).trim() === '' ? 0.05 : 0.5;
  return couldSay(expr, '') ? 0.1 : 0.5;
}

/** Fixed texts of an expression in order; null for what may be anything. */
function shapeOf(expr: Expr): readonly (string | null)[] {
  if ('lit' in expr) return typeof expr.lit === 'string' || typeof expr.lit === 'number' ? [String(expr.lit)] : [null];
  return 'fn' in expr && expr.fn === 'concat' ? expr.args.flatMap(shapeOf) : [null];
}

const shapes = new WeakMap<Expr, readonly (string | null)[]>();

/** False where the fixed texts of an expression do not stand in the text in their order. */
function couldSay(expr: Expr, text: string): boolean {
  const shape = remembered(shapes, expr, shapeOf);
  let at = 0;
  let loose = false;
  for (const part of shape) {
    if (part === null) {
      loose = true;
      continue;
    }
    const found = loose ? text.indexOf(part, at) : text.startsWith(part, at) ? at : -1;
    if (found < 0) return false;
    at = found + part.length;
    loose = false;
  }
  return loose || at === text.length || (shape.at(-1) !== null && text.endsWith(String(shape.at(-1))));
}

const sizes = new WeakMap<object, number>();

/** How much there is in a template that always shows: what it costs to find nothing for it. */
export function templateSize(template: Template): number {
  if ('text' in template) return missingTextCost(typeof template.text === 'string' ? { lit: template.text } : template.text);
  if (!('el' in template)) return 0;
  return remembered(sizes, template, () => template.kids.reduce((sum, kid) => sum + templateSize(kid), 1));
}

/** How much there is in a node: what it costs to find no template for it. */
export function nodeSize(node: DomNode): number {
  if ('text' in node) return node.text.trim() === '' ? 0.05 : 0.5;
  return remembered(sizes, node, () => node.children.reduce((sum, child) => sum + nodeSize(child), 1));
}
