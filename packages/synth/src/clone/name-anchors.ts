import type { Page, Template } from '@backlot/protocol';
import { wordExpr } from './word-expr.ts';

type Element = Extract<Template, { el: string }>;

const kinds: Readonly<Record<string, string>> = {
  a: 'link',
  input: 'field',
  textarea: 'text area',
  select: 'choice',
  li: 'list item',
  img: 'picture',
};
const inputKinds: Readonly<Record<string, string>> = { checkbox: 'checkbox', radio: 'radio button', submit: 'button', button: 'button' };

function kindOf(element: Element): string {
  const type = element.attrs['type'];
  const byType = element.el === 'input' && typeof type === 'string' ? inputKinds[type] : undefined;
  return byType ?? kinds[element.el] ?? element.el;
}

function textOf(template: Template): string {
  if ('text' in template) return typeof template.text === 'string' ? template.text : `‹${wordExpr(template.text, (anchor) => anchor)}›`;
  return 'kids' in template ? template.kids.map(textOf).join('') : '';
}

function labelOf(element: Element): string {
  for (const name of ['aria-label', 'title', 'placeholder', 'alt', 'name', 'value']) {
    const value = element.attrs[name];
    if (typeof value === 'string' && value.trim() !== '') return value.trim();
  }
  return '';
}

function nameOf(element: Element): string {
  const text = ['input', 'select', 'textarea'].includes(element.el) ? '' : textOf(element).trim().replace(/\s+/g, ' ');
  const label = labelOf(element) || text;
  const short = label.length > 60 ? `${label.slice(0, 57)}…` : label;
  return `the ${kindOf(element)}${short === '' ? '' : ` “${short}”`}`;
}

/** Names for people of all elements of a page, by anchor: their kind and their label or text. */
export function nameAnchors(page: Page): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  const visit = (template: Template): void => {
    if ('el' in template) names.set(template.anchor, nameOf(template));
    for (const kid of 'kids' in template ? template.kids : []) visit(kid);
    for (const kid of 'when' in template ? (template.else ?? []) : []) visit(kid);
  };
  visit(page.template);
  return names;
}
