import type { Expr, Loop, Page, Template } from '@backlot/protocol';
import { partsOf } from './word-shapes.ts';

type Element = Extract<Template, { el: string }>;

const kinds: Readonly<Record<string, string>> = {
  a: 'link',
  input: 'field',
  textarea: 'text area',
  select: 'choice',
  option: 'option',
  li: 'list item',
  ul: 'list',
  ol: 'list',
  img: 'picture',
  p: 'paragraph',
  h1: 'heading',
  h2: 'heading',
  h3: 'heading',
  h4: 'heading',
  h5: 'heading',
  h6: 'heading',
  td: 'table cell',
  th: 'table head',
  tr: 'table row',
  b: 'bold text',
  strong: 'bold text',
  em: 'emphasised text',
  span: 'text',
  div: 'box',
  title: 'title',
  body: 'whole page',
  html: 'whole page',
};
const inputKinds: Readonly<Record<string, string>> = {
  checkbox: 'checkbox',
  radio: 'radio button',
  submit: 'button',
  button: 'button',
  reset: 'button',
  hidden: 'hidden field',
};
const fields = new Set(['input', 'select', 'textarea']);
/** Elements whose text stands apart from what is beside it. */
const apart = new Set('br div dd dt form h1 h2 h3 h4 h5 h6 li p section td th tr'.split(' '));
/** Elements that hold others: a long text is theirs, not their own. */
const boxes = new Set('article aside body div fieldset footer form header html main nav ol section table tbody tr ul'.split(' '));
const longest = 60;
const longestOfBox = 30;

/** An element as people speak of it. */
export interface NamedElement {
  readonly anchor: string;
  /** `the button “Save”`. */
  readonly name: string;
  readonly kind: string;
  /** What can be read on it; empty where there is nothing. */
  readonly label: string;
  readonly element: Element;
  /** Tables whose rows it is repeated for, outermost first. */
  readonly loops: readonly Loop[];
}

function kindOf(element: Element): string {
  const type = element.attrs['type'];
  const byType = element.el === 'input' && typeof type === 'string' ? inputKinds[type] : undefined;
  return byType ?? kinds[element.el] ?? element.el;
}

const letters = (text: string): number => text.replace(/‹[^›]*›/g, '').trim().length;

/** Text that an expression gives: constants as they are, a column by its name, of several cases the most telling, else `…`. */
function textOfExpr(expr: Expr): string {
  if ('lit' in expr) return typeof expr.lit === 'string' || typeof expr.lit === 'number' ? String(expr.lit) : '';
  if ('col' in expr) return `‹${expr.col}›`;
  if (!('fn' in expr) || (expr.fn !== 'concat' && expr.fn !== 'if')) return '‹…›';
  if (expr.fn === 'concat') return partsOf(expr).map(textOfExpr).join('');
  const cases = expr.args.slice(1).map(textOfExpr);
  return cases.toReversed().sort((a, b) => letters(b) - letters(a))[0] ?? '';
}

function textOf(template: Template): string {
  if ('text' in template) return typeof template.text === 'string' ? template.text : textOfExpr(template.text);
  const text = 'kids' in template ? template.kids.map(textOf).join('') : '';
  return 'el' in template && apart.has(template.el) ? ` ${text} ` : text;
}

const clean = (text: string): string =>
  text
    .replace(/(?:‹…›\s*)+/g, '‹…› ')
    .replace(/\s+/g, ' ')
    .trim();

function attribute(element: Element, names: readonly string[]): string {
  for (const name of names) {
    const value = element.attrs[name];
    if (typeof value === 'string' && value.trim() !== '') return clean(value);
  }
  return '';
}

function textAlternative(template: Template): string {
  if (!('kids' in template)) return '';
  const own = 'el' in template ? attribute(template, ['alt', 'aria-label', 'title']) : '';
  return own || template.kids.map(textAlternative).find((text) => text !== '') || '';
}

function labelOf(element: Element, labels: ReadonlyMap<string, string>): string {
  const id = element.attrs['id'];
  const named = attribute(element, ['aria-label']) || (typeof id === 'string' ? (labels.get(id) ?? '') : '');
  if (named !== '') return named;
  const isButton = element.el === 'input' && ['submit', 'button', 'reset'].includes(String(element.attrs['type']));
  if (isButton) return attribute(element, ['value', 'title', 'name']);
  if (fields.has(element.el)) return attribute(element, ['placeholder', 'title', 'name']);
  return textLabel(element);
}

/** A label from what stands in an element; that of a box that holds much is not its own. */
function textLabel(element: Element): string {
  const isBox = boxes.has(element.el);
  const whole = clean(textOf(element));
  const text = isBox && whole.length > longestOfBox ? '' : whole;
  if (letters(text) > 0) return text;
  const other = attribute(element, ['title', 'alt', 'name']) || (isBox ? '' : textAlternative(element));
  return other || (text === '‹…›' ? '' : text);
}

/** What code calls an element, where nothing can be read on it. */
function codeName(element: Element): string {
  const isTelling = (name: string): boolean => /^[a-z][a-z\d]*(?:[-_]{1,2}[a-z\d]+)*$/i.test(name) && !/\d{4}|^[a-z]{1,2}\d*$/i.test(name);
  return [attribute(element, ['id']), ...attribute(element, ['class']).split(' ')].find(isTelling) ?? '';
}

/** Where an element stands: the loops and the elements around it, outermost first. */
interface Place {
  readonly loops: readonly Loop[];
  readonly around: readonly Element[];
}

/** The kind with the label, else with what code calls it, else with what is closest around it and has a name. */
function nameOf(element: Element, label: string, { around }: Place): string {
  const short = label.length > longest ? `${label.slice(0, longest - 1).trimEnd()}…` : label;
  const kind = `the ${kindOf(element)}`;
  if (short !== '') return `${kind} “${short}”`;
  if (codeName(element) !== '') return `${kind} (${codeName(element)})`;
  const outer = around.findLast((each) => codeName(each) !== '' && !['html', 'body'].includes(each.el));
  return outer ? `${kind} in the ${kindOf(outer)} (${codeName(outer)})` : kind;
}

function walk(template: Template, place: Place, see: (element: Element, place: Place) => void): void {
  if ('el' in template) see(template, place);
  const loops = 'each' in template ? [...place.loops, template.each] : place.loops;
  const around = 'el' in template ? [...place.around, template] : place.around;
  for (const kid of 'kids' in template ? template.kids : []) walk(kid, { loops, around }, see);
  for (const kid of 'when' in template ? (template.else ?? []) : []) walk(kid, place, see);
}

const top: Place = { loops: [], around: [] };

/** Texts of `label` elements by the id of their field. */
function labelsOf(page: Page): ReadonlyMap<string, string> {
  const labels = new Map<string, string>();
  walk(page.template, top, (element) => {
    const target = element.attrs['for'];
    if (element.el === 'label' && typeof target === 'string') labels.set(target, clean(textOf(element)).replace(/:$/, ''));
  });
  return labels;
}

/** All elements of a page in document order, with names for people. */
export function nameElements(page: Page): readonly NamedElement[] {
  const labels = labelsOf(page);
  const named: NamedElement[] = [];
  walk(page.template, top, (element, place) => {
    const label = labelOf(element, labels);
    named.push({ anchor: element.anchor, name: nameOf(element, label, place), kind: kindOf(element), label, element, loops: place.loops });
  });
  return named;
}

/** Names for people of all elements of a page, by anchor: their kind and their label or text. */
export function nameAnchors(page: Page): ReadonlyMap<string, string> {
  return new Map(nameElements(page).map(({ anchor, name }) => [anchor, name]));
}
