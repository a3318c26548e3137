import type { DomElement, DomNode, Grammar, State, Template, Value } from '@backlot/protocol';
import { evaluate, loopRows } from '../evaluate.ts';
import { bindRow, type Scope } from '../expr/scope.ts';
import { toBoolean, toText } from '../functions.ts';
import { htmlGrammar, readMarkupValue, renderMarkup } from '../markup/index.ts';
import { withKeys } from '../markup/keyed.ts';
import { alike, known, paintingsOf, remember } from './memory.ts';
import { paintPlan, type ElementTemplate, type MarkupTemplate, type PaintPlan } from './plan.ts';

/** What the painter of a page holds in hand. */
export interface Painter {
  readonly state: State;
  /** Anchors that have a live value. */
  readonly drafted: readonly string[];
  /** Ids of the rows around, as they end a key. */
  readonly rowIds: string;
  /** True inside of an element that is remembered as a whole. */
  readonly isKept: boolean;
  readonly grammars: Readonly<Record<string, Grammar>>;
  /** The element around, where it holds rich text. */
  readonly holder?: ElementTemplate;
  /** Live value of the surrounding `select`, where the user chose one. */
  readonly chosen?: string;
}

/** Anchor of an element key. */
export function anchorOf(key: string): string {
  const cut = key.indexOf(':');
  return cut < 0 ? key : key.slice(0, cut);
}

/** A painter for a page of a state. */
export function painterOf(state: State, grammars: Painter['grammars'] = {}): Painter {
  return { state, drafted: Object.keys(state.drafts).map(anchorOf), rowIds: '', isKept: false, grammars };
}

/** The page of a template: its one element, null where there is none. What comes out as it did before is the same object. */
export function paintRoot(template: Template, scope: Scope, painter: Painter): DomElement | null {
  const out: DomNode[] = [];
  paint(template, scope, { ...painter, out });
  const [root] = out;
  return root !== undefined && 'tag' in root ? root : null;
}

/** A painter with what it painted so far at its place. */
interface Brush extends Painter {
  readonly out: DomNode[];
}

function paint(template: Template, scope: Scope, brush: Brush): void {
  if ('el' in template) {
    brush.out.push(paintElement(template, scope, brush));
  } else if ('text' in template) {
    const text = typeof template.text === 'string' ? template.text : toText(evaluate(template.text, scope));
    if (text !== '') brush.out.push({ text });
  } else if ('each' in template) {
    const { as } = template.each;
    for (const row of loopRows(template.each, scope))
      paintAll(template.kids, bindRow(scope, as, row), { ...brush, rowIds: `${brush.rowIds}:${row.id}` });
  } else if ('when' in template) {
    paintAll(toBoolean(evaluate(template.when, scope)) ? template.kids : (template.else ?? []), scope, brush);
  } else {
    brush.out.push(...paintMarkup(template, scope, brush));
  }
}

function paintAll(templates: readonly Template[], scope: Scope, brush: Brush): void {
  for (const template of templates) paint(template, scope, brush);
}

function paintElement(template: ElementTemplate, scope: Scope, painter: Painter): DomElement {
  if (painter.isKept) return paintAfresh(template, scope, painter);
  const plan = paintPlan(template);
  const paintings = paintingsOf(template, scope.row ?? template);
  const isSteady = !plan.reads.live && painter.chosen === undefined && !isDrafted(plan, painter);
  const reading = isSteady ? plan.read(scope) : null;
  const seen = reading === null ? undefined : known(paintings, painter.rowIds, reading);
  if (seen !== undefined) return seen;
  const element = alike(paintings, paintAfresh(template, scope, plan.isOfRows && isSteady ? { ...painter, isKept: true } : painter));
  remember(paintings, { rowIds: painter.rowIds, reading, element });
  return element;
}

const isDrafted = ({ anchors }: PaintPlan, { drafted }: Painter): boolean =>
  drafted.length > 0 && drafted.some((anchor) => anchors.has(anchor));

function paintAfresh(template: ElementTemplate, scope: Scope, painter: Painter): DomElement {
  const { el: tag, anchor, kids, svg } = template;
  const plan = paintPlan(template);
  const key = anchor + painter.rowIds;
  const draft = painter.state.drafts[key];
  const isOption = tag === 'option';
  const attrs = plan.attrs !== null && draft === undefined && !isOption ? plan.attrs : ownAttributes(plan, scope);
  liveState(tag, attrs, draft);
  const children: DomNode[] = [];
  const inner = plan.markups.length > 0 ? { ...painter, holder: template } : painter;
  const chosen = tag === 'select' && typeof draft === 'string' ? { chosen: draft } : null;
  paintAll(kids, scope, { ...inner, ...chosen, out: children });
  if (isOption) optionState(attrs, children, painter.chosen);
  return svg === true ? { tag, attrs, children, key, svg } : { tag, attrs, children, key };
}

/** An attribute's text; null where it is absent. */
export function attributeText(value: Value): string | null {
  if (value === null || value === false) return null;
  return value === true ? '' : toText(value);
}

function ownAttributes({ holes }: PaintPlan, scope: Scope): Record<string, string> {
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
function paintMarkup(template: MarkupTemplate, scope: Scope, { grammars, holder, rowIds }: Painter): readonly DomNode[] {
  const source = toText(evaluate(template.markup, scope));
  if (source === '') return [];
  const grammar = Object.hasOwn(grammars, template.grammar) ? grammars[template.grammar] : undefined;
  if (grammar === undefined && template.grammar !== htmlGrammar) return [{ text: source }];
  const nodes = grammar === undefined || template.grammar === htmlGrammar ? readMarkupValue(source) : renderMarkup(grammar, source);
  const place = holder === undefined ? 0 : paintPlan(holder).markups.indexOf(template);
  return withKeys(nodes, `${holder?.anchor ?? ''}${place > 0 ? `~m${place}` : ''}`, rowIds);
}
