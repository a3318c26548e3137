import type { Attribute, Expr, Template } from '@backlot/protocol';

/** What a template's output depends on: nothing, the rows bound around it, or anything else in the state. */
type Reach = 'nothing' | 'rows' | 'state';

/** An element of a template as the painter sees it. */
export interface PaintPlan {
  readonly reach: Reach;
  /** The attributes themselves where none is an expression. */
  readonly attrs: Readonly<Record<string, string>> | null;
  /** Anchors of the element and all below it: a live value of one of them shows, whatever the reach. */
  readonly anchors: ReadonlySet<string>;
  /** Rich text that stands right in the element, however often and on whatever condition. */
  readonly markups: readonly MarkupTemplate[];
}

/** A template of one element. */
export type ElementTemplate = Extract<Template, { el: string }>;

/** A template of rich text. */
export type MarkupTemplate = Extract<Template, { markup: Expr }>;

const plans = new WeakMap<ElementTemplate, PaintPlan>();

/** The plan of an element; templates never change, so it is made once. */
export function paintPlan(template: ElementTemplate): PaintPlan {
  let plan = plans.get(template);
  if (plan === undefined) {
    const values = Object.values(template.attrs);
    const isConstant = values.every((value) => typeof value === 'string');
    const anchors = new Set([template.anchor]);
    for (const kid of template.kids) collectAnchors(kid, anchors);
    plan = {
      reach: reachOf(template),
      attrs: isConstant ? (template.attrs as Record<string, string>) : null,
      anchors,
      markups: template.kids.flatMap(markupsIn),
    };
    plans.set(template, plan);
  }
  return plan;
}

function collectAnchors(template: Template, into: Set<string>): void {
  if ('el' in template) for (const anchor of paintPlan(template).anchors) into.add(anchor);
  else if ('each' in template) for (const kid of template.kids) collectAnchors(kid, into);
  else if ('when' in template) for (const kid of [...template.kids, ...(template.else ?? [])]) collectAnchors(kid, into);
}

function markupsIn(template: Template): readonly MarkupTemplate[] {
  if ('markup' in template) return [template];
  if ('each' in template) return template.kids.flatMap(markupsIn);
  return 'when' in template ? [...template.kids, ...(template.else ?? [])].flatMap(markupsIn) : [];
}

function reachOf(template: Template): Reach {
  if ('el' in template) return farthest([...Object.values(template.attrs).map(reachOfHole), ...template.kids.map(reachOf)]);
  if ('text' in template) return reachOfHole(template.text);
  if ('markup' in template) return reachOfExpr(template.markup);
  if ('each' in template)
    return 'from' in template.each ? 'state' : farthest([reachOfExpr(template.each.values), ...template.kids.map(reachOf)]);
  return farthest([reachOfExpr(template.when), ...[...template.kids, ...(template.else ?? [])].map(reachOf)]);
}

const reachOfHole = (hole: Attribute): Reach => (typeof hole === 'string' ? 'nothing' : reachOfExpr(hole));

function reachOfExpr(expr: Expr): Reach {
  if ('lit' in expr) return 'nothing';
  if ('col' in expr) return 'rows';
  return 'fn' in expr ? farthest(expr.args.map(reachOfExpr)) : 'state';
}

function farthest(reaches: readonly Reach[]): Reach {
  if (reaches.includes('state')) return 'state';
  return reaches.includes('rows') ? 'rows' : 'nothing';
}
