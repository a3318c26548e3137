import type { Expr, Rule, Template, World } from '@backlot/protocol';
import { ruleEffects } from './rule-effects.ts';

/** What people would call a world's data, read from its own pages and rules. A name that says something already is kept. */
export interface DataWords {
  /** `record of “shopping-list” (t0)`: the element that it is listed in, and the name by which policies know it. */
  table(name: string): string;
  /** The label of the field that is typed into it. */
  column(table: string, column: string): string;
  register(name: string): string;
}

/** Names that synthesis numbered: they say nothing. */
const numbered = /^[a-z]{1,2}\d+$/;
/** Ids that are words; others were made up by a program. */
const wordy = /^\p{L}+(?:[ _-]\p{L}+)*$/u;
const longest = 40;

/** The words of a world's data. */
export function dataWords(world: World): DataWords {
  const known = cache.get(world);
  if (known !== undefined) return known;
  const made = read(world);
  cache.set(world, made);
  return made;
}

const cache = new WeakMap<World, DataWords>();

function read(world: World): DataWords {
  const lists = listNames(world);
  const slots = slotNames(world);
  const wordOf = (name: string, slot: string): string => (numbered.test(name) ? (slots.get(slot) ?? name) : name);
  return {
    table: (name) => (numbered.test(name) ? `record${lists.has(name) ? ` of “${lists.get(name)}”` : ''} (${name})` : name),
    column: (table, column) => wordOf(column, `${table}.${column}`),
    register: (name) => wordOf(name, name),
  };
}

/** What the element is called in which the records of a table are listed. What holds those of several tables is the page rather than a list. */
function listNames({ pages }: World): ReadonlyMap<string, string> {
  const lists = firstOf(pages.flatMap(({ template }) => [...listsIn(template)]));
  const names = [...lists.values()];
  return new Map([...lists].filter(([, name]) => names.indexOf(name) === names.lastIndexOf(name)));
}

/** Labels of what is typed into columns (`table.column`) and registers. */
function slotNames({ pages, rules }: World): ReadonlyMap<string, string> {
  const labels = firstOf(pages.flatMap(({ template }) => [...fieldsIn(template)]));
  return firstOf(
    rules.flatMap((rule) =>
      [...typedSlots(rule)].flatMap(([slot, typed]): (readonly [string, string])[] => {
        const label = labels.get(typed);
        return label === undefined ? [] : [[slot, label]];
      }),
    ),
  );
}

const firstOf = (entries: readonly (readonly [string, string])[]): ReadonlyMap<string, string> => new Map(entries.toReversed());

type Element = Extract<Template, { el: string }>;

function* walk(template: Template, around: readonly Template[] = []): Generator<readonly [Template, readonly Template[]]> {
  yield [template, around];
  const inner = [...around, template];
  if ('kids' in template) for (const kid of template.kids) yield* walk(kid, inner);
  if ('else' in template) for (const kid of template.else ?? []) yield* walk(kid, inner);
}

/** Tables with what the element is called in which their records are repeated. */
function* listsIn(page: Template): Generator<readonly [string, string]> {
  for (const [template, around] of walk(page)) {
    if (!('each' in template) || !('from' in template.each)) continue;
    const names = around.map((outer) => ('el' in outer ? naming(outer, ['aria-label']) || naming(outer, ['id'], wordy) : ''));
    const name = names.findLast((text) => text !== '');
    if (name !== undefined) yield [template.each.from, name];
  }
}

const controls = new Set(['input', 'select', 'textarea']);

/** Fields, by their name in forms and by their anchor, with their labels. */
function* fieldsIn(page: Template): Generator<readonly [string, string]> {
  const elements = [...walk(page)].flatMap(([template]) => ('el' in template ? [template] : []));
  const labelled = elements.filter((element) => element.el === 'label' && naming(element, ['for']) !== '');
  const labels = new Map(labelled.map((element) => [naming(element, ['for']), textOf(element)]));
  for (const element of elements) {
    const label = labelOf(element, labels);
    if (!controls.has(element.el) || !/\p{L}/u.test(label)) continue;
    const name = naming(element, ['name']);
    if (name !== '') yield [name, label];
    yield [element.anchor, label];
  }
}

function labelOf(element: Element, labels: ReadonlyMap<string, string>): string {
  const labelled = labels.get(naming(element, ['id'])) ?? '';
  return naming(element, ['aria-label']) || labelled || naming(element, ['placeholder', 'title', 'name']);
}

/** The first of these attributes that fits. */
function naming({ attrs }: Element, names: readonly string[], form = /./): string {
  const texts = names.map((name) => attrs[name]).map((value) => (typeof value === 'string' ? short(value) : ''));
  return texts.find((text) => form.test(text)) ?? '';
}

function textOf(template: Template): string {
  if ('text' in template) return typeof template.text === 'string' ? template.text : '';
  return 'kids' in template ? short(template.kids.map(textOf).join('')) : '';
}

const short = (text: string): string => {
  const plain = text.replace(/\s+/g, ' ').trim();
  return plain.length > longest ? `${plain.slice(0, longest - 1)}…` : plain;
};

/** What a rule writes that is made of one typed thing alone: columns as `table.column`, registers, with that thing's name or anchor. */
function* typedSlots(rule: Rule): Generator<readonly [string, string]> {
  const anchor = 'ui' in rule.on ? rule.on.ui.anchor : undefined;
  for (const [slot, expr] of written(rule)) {
    const [only, ...more] = typedIn(expr);
    if (only !== undefined && more.length === 0) yield [slot, anchor ?? only];
  }
}

function* written(rule: Rule): Generator<readonly [string, Expr]> {
  for (const effect of ruleEffects(rule)) {
    if ('insert' in effect) for (const [column, expr] of Object.entries(effect.row)) yield [`${effect.insert}.${column}`, expr];
    else if ('update' in effect) for (const [column, expr] of Object.entries(effect.set)) yield [`${effect.update}.${column}`, expr];
    else if ('set' in effect) yield [effect.set, effect.to];
  }
}

/** Names of all that is typed in an expression. */
function typedIn(expr: Expr): ReadonlySet<string> {
  const found = new Set<string>();
  const visit = (part: unknown): void => {
    if (typeof part !== 'object' || part === null) return;
    for (const [key, value] of Object.entries(part)) {
      if ((key === 'arg' || key === 'field') && typeof value === 'string') found.add(value);
      else visit(value);
    }
  };
  visit(expr);
  return found;
}
