import type { Attribute, Expr, Template } from '@backlot/protocol';
import { allOf, readingOf, readsNothing, readsOf, readsOfLoop, within, type Reading, type Reads } from '../expr/reads.ts';
import { runOf, type Run } from '../expr/run.ts';

/** An element of a template as the painter sees it. */
export interface PaintPlan {
  /** What the element and all below it depend on, live values aside. */
  readonly reads: Reads;
  readonly read: Reading;
  /** True where nothing but the rows around decides: the element is then remembered as a whole. */
  readonly isOfRows: boolean;
  /** The attributes themselves where none is an expression. */
  readonly attrs: Readonly<Record<string, string>> | null;
  readonly holes: readonly AttributeHole[];
  /** Anchors of the element and all below it: a live value of one of them shows, whatever it reads. */
  readonly anchors: ReadonlySet<string>;
  /** Rich text that stands right in the element, however often and on whatever condition. */
  readonly markups: readonly MarkupTemplate[];
}

/** An attribute: its text, or what gives its value. */
export interface AttributeHole {
  readonly name: string;
  readonly value: string | Run;
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
    plan = planOf(template);
    plans.set(template, plan);
  }
  return plan;
}

function planOf(template: ElementTemplate): PaintPlan {
  const reads = readsOfTemplate(template);
  const { tables, registers, params, args, address, live } = reads;
  const anchors = new Set([template.anchor]);
  for (const kid of template.kids) collectAnchors(kid, anchors);
  const isConstant = Object.values(template.attrs).every((value) => typeof value === 'string');
  return {
    reads,
    read: readingOf(reads),
    isOfRows: !address && !live && [tables, registers, params, args].every(({ size }) => size === 0),
    attrs: isConstant ? (template.attrs as Record<string, string>) : null,
    holes: Object.entries(template.attrs).map(([name, value]) => ({ name, value: typeof value === 'string' ? value : runOf(value) })),
    anchors,
    markups: template.kids.flatMap(markupsIn),
  };
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

function readsOfTemplate(template: Template): Reads {
  if ('el' in template) return allOf([...Object.values(template.attrs).map(readsOfHole), ...template.kids.map(readsOfKid)]);
  if ('text' in template) return readsOfHole(template.text);
  if ('markup' in template) return readsOf(template.markup);
  if ('each' in template)
    return allOf([readsOfLoop(template.each), ...template.kids.map((kid) => within(template.each.as, readsOfKid(kid)))]);
  return allOf([readsOf(template.when), ...[...template.kids, ...(template.else ?? [])].map(readsOfKid)]);
}

const readsOfKid = (kid: Template): Reads => ('el' in kid ? paintPlan(kid).reads : readsOfTemplate(kid));

const readsOfHole = (hole: Attribute): Reads => (typeof hole === 'string' ? readsNothing : readsOf(hole));
