import type { Expr, Page, Template } from '@backlot/protocol';
import { nameElements } from './name-anchors.ts';
import type { Wording } from './word-expr.ts';
import { wordCondition, wordExpr, wordLoop } from './word-expr.ts';
import { literalOf } from './word-shapes.ts';

/** One thing that a page fills in, in words, and what it holds in turn. */
export interface Hole {
  readonly says: string;
  readonly inside: readonly Hole[];
}

/** What a page fills in: what people see, and attributes that only change its looks. */
export interface Holes {
  readonly shown: readonly Hole[];
  readonly looks: readonly string[];
}

interface Context extends Wording {
  /** The element around. */
  readonly around: string;
  readonly looks: string[];
}

/** Attributes that people notice, as sentences; `test` ones are so or not. */
const seen: Readonly<Record<string, (name: string, value: string) => string>> = {
  href: (name, value) => `${name} leads to ${value}`,
  action: (name, value) => `${name} is sent to ${value}`,
  src: (name, value) => `${name} shows the picture at ${value}`,
  value: (name, value) => `${name} holds ${value}`,
  placeholder: (name, value) => `${name} hints at ${value}`,
  alt: (name, value) => `${name} is described as ${value}`,
  title: (name, value) => `${name} explains itself as ${value}`,
  'aria-label': (name, value) => `${name} is called ${value}`,
};
const switches: Readonly<Record<string, string>> = {
  checked: 'is ticked',
  'aria-checked': 'is ticked',
  selected: 'is chosen',
  disabled: 'is disabled',
  readonly: 'cannot be changed',
  required: 'must be filled in',
  open: 'is open',
  hidden: 'is hidden',
};

const sentence = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;

function attributeHole(attribute: string, expr: Expr, { name, context }: { name: string; context: Context }): Hole | undefined {
  const shows = seen[attribute];
  if (shows) return { says: sentence(shows(name, wordExpr(expr, context))), inside: [] };
  const state = switches[attribute];
  if (state !== undefined) return { says: sentence(`${name} ${state} if ${wordCondition(expr, context)}`), inside: [] };
  context.looks.push(sentence(`the ${attribute} of ${name} is ${wordExpr(expr, context)}`));
  return undefined;
}

/** True for text that is a blank or nothing whatever happens. */
function isBlank(expr: Expr): boolean {
  const value = literalOf(expr);
  if (value !== undefined) return value === null || (typeof value === 'string' && value.trim() === '');
  return 'fn' in expr && expr.fn === 'if' && expr.args.slice(1).every(isBlank);
}

/** What a part shows that is the same for every state: its text, else its first element. */
function constantText(templates: readonly Template[], context: Context): string {
  const text = (template: Template): string =>
    'text' in template
      ? typeof template.text === 'string'
        ? template.text
        : ''
      : 'kids' in template
        ? template.kids.map(text).join('')
        : '';
  const words = templates.map(text).join('').replace(/\s+/g, ' ').trim();
  if (words !== '') return `“${words.length > 100 ? `${words.slice(0, 99)}…` : words}”`;
  const element = templates.find((template) => 'el' in template);
  return element && 'el' in element ? context.name(element.anchor) : '';
}

function branch(says: string, kids: readonly Template[], context: Context): readonly Hole[] {
  const inside = holesIn(kids, context);
  const constant = constantText(kids, context);
  if (inside.length === 0 && constant === '') return [];
  if (inside.length === 0) return [{ says: `${says}: shows ${constant}.`, inside }];
  return [
    {
      says: `${says}:`,
      inside: constant === '' || !constant.startsWith('“') ? inside : [{ says: `Shows ${constant}.`, inside: [] }, ...inside],
    },
  ];
}

function holesOf(template: Template, context: Context): readonly Hole[] {
  if ('each' in template) {
    const inside = holesIn(template.kids, { ...context, row: template.each.as });
    return [{ says: `Lists the ${wordLoop(template.each, context)}${inside.length > 0 ? ', for each:' : '.'}`, inside }];
  }
  if ('when' in template) {
    const yes = branch(`If ${wordCondition(template.when, context)}`, template.kids, context);
    const otherwise = yes.length > 0 ? 'Otherwise' : `If ${wordCondition(template.when, context, false)}`;
    return [...yes, ...branch(otherwise, template.else ?? [], context)];
  }
  if ('markup' in template) {
    const how = template.grammar === 'html' ? 'as content with its own markup' : `by the grammar ${template.grammar}`;
    return [{ says: sentence(`${context.around} shows ${wordExpr(template.markup, context)}, laid out ${how}`), inside: [] }];
  }
  if ('text' in template) {
    if (typeof template.text === 'string' || isBlank(template.text)) return [];
    return [{ says: sentence(`${context.around} shows ${wordExpr(template.text, context)}`), inside: [] }];
  }
  const name = context.name(template.anchor);
  const attrs = Object.entries(template.attrs).flatMap(([attribute, value]): readonly Hole[] => {
    const hole = typeof value === 'string' ? undefined : attributeHole(attribute, value, { name, context });
    return hole ? [hole] : [];
  });
  return [...attrs, ...holesIn(template.kids, { ...context, around: name })];
}

/** Holes of the parts, each said once. */
function holesIn(kids: readonly Template[], context: Context): readonly Hole[] {
  const said = new Set<string>();
  return kids
    .flatMap((kid) => holesOf(kid, context))
    .filter(({ says, inside }) => inside.length > 0 || (!said.has(says) && said.add(says) !== undefined));
}

/** What a page fills in, hole by hole, in words. */
export function holesOfPage(page: Page): Holes {
  const names = new Map(nameElements(page).map((element) => [element.anchor, element.name]));
  const looks: string[] = [];
  const name = (anchor: string): string => names.get(anchor) ?? anchor;
  const shown = holesIn([page.template], { name, around: 'the page', looks });
  return { shown, looks: [...new Set(looks)] };
}
