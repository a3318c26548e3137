import type { DomElement, DomNode, Grammar, State, Template, Value } from '@backlot/protocol';
import { loopRows } from '../evaluate.ts';
import { exact } from '../exact.ts';
import { bindRow, type Scope } from '../expr/scope.ts';
import { toBoolean, toText } from '../functions.ts';
import { htmlGrammar, readMarkupValue, renderMarkup } from '../markup/index.ts';
import { withKeys } from '../markup/keyed.ts';
import { own } from '../own.ts';
import { anchorOf, PaintedElement } from '../painted-element.ts';
import { alike, known, memoryOf, paintingsOf, remember, type RowMemory } from './memory.ts';
import { planOf, type ElementPlan, type MarkupPlan, type Plan } from './plan.ts';

/** Where the painter stands. */
interface Site {
  readonly drafts: State['drafts'];
  /** Anchors that have a live value. */
  readonly drafted: readonly string[];
  readonly grammars: Readonly<Record<string, Grammar>>;
  /** Ids of the rows around, as they end a key. */
  readonly rowIds: string;
  /** What is remembered of the innermost row around; null where there is none. */
  readonly memory: RowMemory | null;
  /** True inside of an element that is remembered as a whole. */
  readonly isKept: boolean;
  /** Live value of the surrounding `select`, where the user chose one. */
  readonly chosen?: string;
}

/** The page of a template: its one element, null where there is none. What comes out as it did before is the same object. */
export function paintRoot(template: Template, scope: Scope, grammars: Site['grammars'] = {}): DomElement | null {
  const { drafts } = scope.state;
  const site: Site = { drafts, drafted: Object.keys(drafts).map(anchorOf), grammars, rowIds: '', memory: null, isKept: false };
  const [root] = painted([planOf(template)], scope, site);
  return root !== undefined && 'tag' in root ? root : null;
}

function painted(plans: readonly Plan[], scope: Scope, site: Site): DomNode[] {
  const out: DomNode[] = [];
  paintAll({ plans, out }, scope, site);
  return exact(out);
}

/** Plans to be painted, and where their nodes go. */
interface Work {
  readonly plans: readonly Plan[];
  readonly out: DomNode[];
}

function paintAll({ plans, out }: Work, scope: Scope, site: Site): void {
  for (const plan of plans) {
    switch (plan.is) {
      case 'element':
        out.push(paintElement(plan, scope, site));
        break;
      case 'words':
        if ('text' in plan.node && plan.node.text !== '') out.push(plan.node);
        break;
      case 'text': {
        const text = toText(plan.run(scope));
        if (text !== '') out.push({ text });
        break;
      }
      case 'each':
        for (const row of loopRows(plan.each, scope)) {
          const inner = { ...site, rowIds: `${site.rowIds}:${row.id}`, memory: memoryOf(row) };
          paintAll({ plans: plan.kids, out }, bindRow(scope, plan.each.as, row), inner);
        }
        break;
      case 'when':
        paintAll({ plans: toBoolean(plan.when(scope)) ? plan.kids : plan.otherwise, out }, scope, site);
        break;
      default:
        out.push(...paintMarkup(plan, scope, site));
    }
  }
}

/** What depends on more than this is hardly ever the same, while what it holds may be. */
const mostRead = 16;

function paintElement(plan: ElementPlan, scope: Scope, site: Site): DomElement {
  if (site.isKept) return paintAfresh(plan, scope, site);
  const paintings = paintingsOf(plan, site.memory);
  const { read } = plan;
  const isSteady = !plan.reads.live && read.size <= mostRead && site.chosen === undefined && !isDrafted(plan, site);
  const seen = isSteady ? known(paintings, read, { scope, rowIds: site.rowIds }) : undefined;
  if (seen !== undefined) return seen;
  const element = alike(paintings, paintAfresh(plan, scope, plan.isOfRows && isSteady ? { ...site, isKept: true } : site));
  remember(paintings, { rowIds: site.rowIds, reading: isSteady ? read.take(scope) : null, element });
  return element;
}

const isDrafted = ({ anchors }: ElementPlan, { drafted }: Site): boolean => drafted.some((anchor) => anchors.has(anchor));

function paintAfresh(plan: ElementPlan, scope: Scope, site: Site): DomElement {
  const { tag, anchor, svg } = plan;
  const key = anchor + site.rowIds;
  const draft = site.drafts[key];
  const isOption = tag === 'option';
  const attrs = plan.attrs !== null && draft === undefined && !isOption ? plan.attrs : ownAttributes(plan, scope);
  liveState(tag, attrs, draft);
  const children = painted(plan.kids, scope, tag === 'select' && typeof draft === 'string' ? { ...site, chosen: draft } : site);
  if (isOption) optionState(attrs, children, site.chosen);
  return new PaintedElement({ tag, attrs, children, key, svg, rowIds: site.rowIds }, plan.anchors);
}

/** An attribute's text; null where it is absent. */
export function attributeText(value: Value): string | null {
  if (value === null || value === false) return null;
  return value === true ? '' : toText(value);
}

function ownAttributes({ holes }: ElementPlan, scope: Scope): Record<string, string> {
  const attrs: Record<string, string> = {};
  for (const { name, value } of holes) {
    const text = typeof value === 'string' ? value : attributeText(value(scope));
    if (text !== null) attrs[name] = text;
  }
  return attrs;
}

function liveState(tag: string, attrs: Record<string, string>, draft: string | boolean | undefined): void {
  if (draft === undefined) return;
  if (typeof draft === 'boolean') {
    if (draft) attrs['checked'] = '';
    else delete attrs['checked'];
  } else if (tag !== 'select') attrs['value'] = draft;
}

function optionState(attrs: Record<string, string>, kids: readonly DomNode[], chosen: string | undefined): void {
  if (chosen === undefined) return;
  const value =
    attrs['value'] ??
    kids
      .map((kid) => ('text' in kid ? kid.text : ''))
      .join('')
      .trim();
  if (value === chosen) attrs['selected'] = '';
  else delete attrs['selected'];
}

/** Rich text; as plain text where the world lacks the grammar. */
function paintMarkup({ source, grammar: name, anchor }: MarkupPlan, scope: Scope, { grammars, rowIds }: Site): readonly DomNode[] {
  const text = toText(source(scope));
  if (text === '') return [];
  const grammar = own(grammars, name);
  if (grammar === undefined && name !== htmlGrammar) return [{ text }];
  const nodes = grammar === undefined || name === htmlGrammar ? readMarkupValue(text) : renderMarkup(grammar, text);
  return withKeys(nodes, anchor, rowIds);
}
