import type { Expr, Template } from '@backlot/protocol';
import type { PageModel } from '../pages/page-model.ts';

type Element = Extract<Template, { el: string }>;

/** A page with its template on the way into the world. */
export interface EmittedPage {
  readonly page: PageModel;
  readonly template: Template;
}

/** A part that a switch shows in an element that several pages have. */
interface Part {
  readonly from: PageModel;
  /** Names of the element and of the part that pages share. */
  readonly parent: string;
  readonly name: string;
  readonly when: Expr;
  readonly element: Element;
  /** Shared name of what stands before it. */
  readonly after: string | undefined;
  readonly sightings: number;
}

const isElement = (template: Template | undefined): template is Element => template !== undefined && 'el' in template;

/** The element that stands at a place, whatever shows it. */
function elementIn(template: Template): Element | undefined {
  if (isElement(template)) return template;
  return 'when' in template && template.else === undefined && template.kids.length === 1 && isElement(template.kids[0])
    ? template.kids[0]
    : undefined;
}

const kidsOf = (template: Template): readonly Template[] => ('kids' in template ? template.kids : []);

/** True where nothing is said of the page's own address. */
const isPortable = (part: unknown): boolean => !/"(?:param|loc)":/.test(JSON.stringify(part));

/** True for conditions on what the world remembers alone. */
const isSwitch = (when: Expr): boolean =>
  'reg' in when || ('fn' in when && when.args.every((arg) => 'lit' in arg || isSwitch(arg)) && /"reg":/.test(JSON.stringify(when)));

function partsOf({ page, template }: EmittedPage): readonly Part[] {
  const { common } = page.shared;
  const parts: Part[] = [];
  const visit = (node: Template): void => {
    const parent = isElement(node) ? common.get(node.anchor) : undefined;
    let after: string | undefined;
    for (const kid of kidsOf(node)) {
      const element = elementIn(kid);
      const name = element && common.get(element.anchor);
      if (parent !== undefined && element && name !== undefined && 'when' in kid && isSwitch(kid.when) && isPortable(kid)) {
        const sightings = page.pattern.elements.get(element.anchor)?.nodes.size ?? 0;
        parts.push({ from: page, parent, name, when: kid.when, element, after, sightings });
      }
      after = name ?? after;
      visit(kid);
    }
  };
  visit(template);
  return parts;
}

/** Each part as it is on the page that was seen with it most. */
function bestParts(pages: readonly EmittedPage[]): readonly Part[] {
  const groups = Map.groupBy(pages.flatMap(partsOf), ({ parent, name }) => `${parent} ${name}`);
  return [...groups.values()].map((group) => group.reduce((a, b) => (b.sightings > a.sightings ? b : a)));
}

/** A part with anchors of the page that it is put into, and what the shared names mean there. */
function transplanted(
  { element, from, when }: Part,
  page: PageModel,
  number: () => number,
): { readonly kid: Template; readonly own: ReadonlyMap<string, string> } {
  const anchors = new Map<string, string>();
  const name = (node: Template): void => {
    if (isElement(node)) anchors.set(node.anchor, `${page.id}g${number()}`);
    kidsOf(node).forEach(name);
  };
  name(element);
  const renamed = JSON.parse(JSON.stringify(element), (key, value: unknown) =>
    (key === 'anchor' || key === 'field') && typeof value === 'string' ? (anchors.get(value) ?? value) : value,
  ) as Element;
  return {
    kid: { when, kids: [renamed] },
    own: new Map([...anchors].map(([anchor, made]) => [from.shared.common.get(anchor) ?? anchor, made])),
  };
}

/** Puts a template into an element, after another of its children, else first. */
function put(
  template: Template,
  { into, after, kid }: { readonly into: string; readonly after: string | undefined; readonly kid: Template },
): Template {
  if (!('kids' in template)) return template;
  if (!isElement(template) || template.anchor !== into)
    return { ...template, kids: template.kids.map((each) => put(each, { into, after, kid })) };
  const at = template.kids.findIndex((each) => elementIn(each)?.anchor === after);
  return { ...template, kids: [...template.kids.slice(0, at + 1), kid, ...template.kids.slice(at + 1)] };
}

/** What a page lacks of the parts that others have, as far as it was never seen in the state that shows them. */
function lacking(page: PageModel, parts: readonly Part[], wasSeen: WasSeen): readonly Part[] {
  const { own } = page.shared;
  return parts.filter(({ parent, name, when }) => own.has(parent) && !own.has(name) && !wasSeen(when, page));
}

/** Whether some view of a page was in a state in which a condition holds. */
type WasSeen = (when: Expr, page: PageModel) => boolean;

/**
 * Gives every page the parts that switches show on others at the same place (menus, drawers, dialogs), where it was never seen in the
 * state that would show them.
 */
export function withGrafts(pages: readonly EmittedPage[], wasSeen: WasSeen): readonly EmittedPage[] {
  const parts = bestParts(pages);
  const added = new Map(pages.map(({ page }) => [page, new Map<string, string>()]));
  const templates = pages.map(({ page, template }) => {
    let [count, made] = [0, template];
    for (const part of lacking(page, parts, wasSeen)) {
      const { kid, own } = transplanted(part, page, () => count++);
      const after = part.after === undefined ? undefined : page.shared.own.get(part.after);
      made = put(made, { into: page.shared.own.get(part.parent) as string, after, kid });
      for (const [name, anchor] of own) {
        added.get(page)?.set(name, anchor);
        // What only the page had that it comes from is shared from now on.
        if (part.from.pattern.elements.has(name)) added.get(part.from)?.set(name, name);
      }
    }
    return made;
  });
  return pages.map(({ page }, i) => {
    const more = added.get(page) as ReadonlyMap<string, string>;
    const own = new Map([...more, ...page.shared.own]);
    const common = new Map([...[...more].map(([name, anchor]) => [anchor, name] as const), ...page.shared.common]);
    return { page: { ...page, shared: { own, common } }, template: templates[i] as Template };
  });
}
