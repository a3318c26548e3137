import type { Attribute, DomElement, DomNode, Expr, Template } from '@backlot/protocol';
import { allOf, readingOf, readsNothing, readsOf, readsOfLoop, within, type Reading, type Reads } from '../expr/reads.ts';
import { runOf, type Run } from '../expr/run.ts';
import { remembered } from '../remembered.ts';

/** A template of one element. */
export type ElementTemplate = Extract<Template, { el: string }>;

/** A template of rich text. */
export type MarkupTemplate = Extract<Template, { markup: Expr }>;

/** An element of a template as the painter sees it. */
export interface ElementPlan {
  readonly is: 'element';
  readonly tag: string;
  readonly anchor: string;
  readonly svg: boolean;
  readonly kids: readonly Plan[];
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
  /** The latest elements, where there is no row around. */
  readonly paintings: Painting[];
}

/** An attribute: its text, or what gives its value. */
interface AttributeHole {
  readonly name: string;
  readonly value: string | Run;
}

/** An element as it came out once, and what it came from; `reading` is null where that can't be told. */
export interface Painting {
  readonly rowIds: string;
  readonly reading: readonly unknown[] | null;
  readonly element: DomElement;
}

/** A template made ready to be painted, with what it depends on. */
export type Plan = { readonly reads: Reads } & (
  | ElementPlan
  | { readonly is: 'words'; readonly node: DomNode }
  | { readonly is: 'text'; readonly run: Run }
  | { readonly is: 'each'; readonly each: Extract<Template, { each: unknown }>['each']; readonly kids: readonly Plan[] }
  | { readonly is: 'when'; readonly when: Run; readonly kids: readonly Plan[]; readonly otherwise: readonly Plan[] }
  | MarkupPlan
);

/** Rich text; `anchor` begins the keys of its elements. */
export interface MarkupPlan {
  readonly is: 'markup';
  readonly source: Run;
  readonly grammar: string;
  readonly anchor: string;
}

const plans = new WeakMap<Template, Plan>();

/** The plan of a page's template; templates never change, so it is made once. */
export function planOf(template: Template): Plan {
  return remembered(plans, template, () => made(template, null));
}

function made(template: Template, holder: ElementTemplate | null): Plan {
  if ('el' in template) return elementPlan(template);
  if ('text' in template) {
    const { text } = template;
    const reads = readsOfHole(text);
    return typeof text === 'string' ? { is: 'words', reads, node: { text } } : { is: 'text', reads, run: runOf(text) };
  }
  const all = (kids: readonly Template[]): readonly Plan[] => kids.map((kid) => made(kid, holder));
  if ('each' in template) {
    const { each } = template;
    const kids = all(template.kids);
    return { is: 'each', reads: allOf([readsOfLoop(each), within(each.as, readsOfAll(kids))]), each, kids };
  }
  if ('when' in template) {
    const [kids, otherwise] = [all(template.kids), all(template.else ?? [])];
    return {
      is: 'when',
      reads: allOf([readsOf(template.when), readsOfAll(kids), readsOfAll(otherwise)]),
      when: runOf(template.when),
      kids,
      otherwise,
    };
  }
  const { markup, grammar } = template;
  return { is: 'markup', reads: readsOf(markup), source: runOf(markup), grammar, anchor: anchorIn(holder, template) };
}

/** Rich texts of one element are told apart by their order, however often and on whatever condition they stand there. */
function anchorIn(holder: ElementTemplate | null, template: MarkupTemplate): string {
  const place = holder === null ? 0 : holder.kids.flatMap(markupsIn).indexOf(template);
  return `${holder?.anchor ?? ''}${place > 0 ? `~m${place}` : ''}`;
}

function markupsIn(template: Template): readonly MarkupTemplate[] {
  if ('markup' in template) return [template];
  if ('each' in template) return template.kids.flatMap(markupsIn);
  return 'when' in template ? [...template.kids, ...(template.else ?? [])].flatMap(markupsIn) : [];
}

function elementPlan(template: ElementTemplate): ElementPlan {
  const kids = template.kids.map((kid) => made(kid, template));
  const reads = allOf([...Object.values(template.attrs).map(readsOfHole), readsOfAll(kids)]);
  const read = readingOf(reads);
  const anchors = new Set([template.anchor]);
  for (const kid of kids) collectAnchors(kid, anchors);
  return {
    is: 'element',
    tag: template.el,
    anchor: template.anchor,
    svg: template.svg === true,
    kids,
    reads,
    read,
    isOfRows: !reads.live && read.size === reads.rows.size,
    attrs: Object.values(template.attrs).every((value) => typeof value === 'string') ? (template.attrs as Record<string, string>) : null,
    holes: Object.entries(template.attrs).map(([name, value]) => ({ name, value: typeof value === 'string' ? value : runOf(value) })),
    anchors,
    paintings: [],
  };
}

function collectAnchors(plan: Plan, into: Set<string>): void {
  if (plan.is === 'element') for (const anchor of plan.anchors) into.add(anchor);
  else if (plan.is === 'each') for (const kid of plan.kids) collectAnchors(kid, into);
  else if (plan.is === 'when') for (const kid of [...plan.kids, ...plan.otherwise]) collectAnchors(kid, into);
}

const readsOfHole = (hole: Attribute): Reads => (typeof hole === 'string' ? readsNothing : readsOf(hole));

const readsOfAll = (plans: readonly Plan[]): Reads => allOf(plans.map(({ reads }) => reads));
