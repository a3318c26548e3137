import type { DomElement, DomNode, Expr, Loop } from '@backlot/protocol';
import { isBox, isTextField, selectValue } from '../forms.ts';
import { textOf } from '../walk.ts';
import type { Aligned } from './trace.ts';
import type { Want } from './want.ts';

/** What a page says of an expression. `live` ones may have been typed or ticked by the user and not be the application's word. */
export interface Fact {
  readonly expr: Expr;
  readonly want: Want;
  /** Key of a row rather than one of its texts. */
  readonly key: boolean;
  /** Anchor of the field whose live value it is. */
  readonly live?: string;
  /** What rich text came out as; the source is wanted, and `want` says nothing. */
  readonly rich?: { readonly grammar: string; readonly nodes: readonly DomNode[] };
}

/** A form field that the page shows. */
export interface Field {
  readonly anchor: string;
  readonly value: string | boolean;
}

/** What a stretch of a page says: of the state and the rows around, and of the rows of its loops. */
export interface Reading {
  readonly facts: Fact[];
  readonly fields: Field[];
  readonly loops: { readonly loop: Loop; readonly items: readonly Reading[] }[];
}

type AlignedElement = Extract<Aligned, { kind: 'element' }>;

/** Collects what an aligned stretch of a page says. */
export function readAligned(aligned: readonly Aligned[]): Reading {
  const reading: Reading = { facts: [], fields: [], loops: [] };
  for (const each of aligned) collect(each, { reading, select: null });
  return reading;
}

interface Collecting {
  readonly reading: Reading;
  /** Anchor of the `select` around. */
  readonly select: string | null;
}

function collect(each: Aligned, within: Collecting): void {
  const { facts, loops } = within.reading;
  switch (each.kind) {
    case 'element':
      return collectElement(each, within);
    case 'text':
      facts.push({ expr: each.expr, want: { text: each.text }, key: false });
      return;
    case 'markup':
      facts.push({
        expr: each.template.markup,
        want: { text: '' },
        key: false,
        rich: { grammar: each.template.grammar, nodes: each.nodes },
      });
      return;
    case 'branch':
      facts.push({ expr: each.test, want: { truth: each.truth }, key: false });
      for (const kid of each.kids) collect(kid, within);
      return;
    case 'loop':
      loops.push({ loop: each.loop, items: each.items.map((item) => readItem(item, within.select)) });
  }
}

function readItem(item: readonly Aligned[], select: string | null): Reading {
  const reading: Reading = { facts: [], fields: [], loops: [] };
  for (const each of item) collect(each, { reading, select });
  return reading;
}

function collectElement(element: AlignedElement, { reading, select }: Collecting): void {
  const { template, node, kids } = element;
  const field = fieldOf(node);
  collectAttributes(element, { reading, select });
  if (field !== null) reading.fields.push({ anchor: template.anchor, value: field });
  const inner = { reading, select: node.tag === 'select' ? template.anchor : select };
  for (const kid of kids) {
    if (node.tag === 'textarea' && kid.kind === 'text') {
      reading.facts.push({ expr: kid.expr, want: { text: String(field) }, key: false, live: template.anchor });
    } else collect(kid, inner);
  }
}

/** The attribute that holds what the user typed, ticked or chose. */
function liveAttribute(node: DomElement): string | null {
  if (node.tag === 'option') return 'selected';
  return isBox(node) ? 'checked' : isTextField(node) ? 'value' : null;
}

function collectAttributes({ template, node }: AlignedElement, { reading, select }: Collecting): void {
  const liveName = liveAttribute(node);
  const anchor = node.tag === 'option' ? (select ?? '') : template.anchor;
  for (const [name, attribute] of Object.entries(template.attrs)) {
    if (typeof attribute === 'string') continue;
    const isLive = name === liveName;
    const attr = node.attrs[name] ?? (isLive && name === 'value' ? '' : null);
    for (const [expr, want] of attributeFacts(name, attribute, attr)) {
      reading.facts.push({ expr, want, key: !isLive && isKeyAttribute(name), ...(isLive ? { live: anchor } : {}) });
    }
  }
}

const isKeyAttribute = (name: string): boolean => /^(?:href|id|for|name|action|value|data-.*)$/.test(name);

/** An attribute as facts; of a class, each word that stands on a condition is one. */
function attributeFacts(name: string, expr: Expr, attr: string | null): readonly (readonly [Expr, Want])[] {
  if (name !== 'class' || !('fn' in expr) || expr.fn !== 'concat') return [[expr, fieldWant(name, attr)]];
  const words = new Set((attr ?? '').split(/\s+/));
  const facts: (readonly [Expr, Want])[] = [];
  for (const part of expr.args) {
    if ('lit' in part) continue;
    const word = conditionalWord(part);
    if (word === null) return [[expr, { attr }]];
    facts.push([word.test, { truth: words.has(word.word) }]);
  }
  return facts;
}

/** Fields without a value have an empty one. */
const fieldWant = (name: string, attr: string | null): Want => (name === 'value' && attr !== null ? { text: attr } : { attr });

function conditionalWord(expr: Expr): { readonly test: Expr; readonly word: string } | null {
  if (!('fn' in expr) || expr.fn !== 'if') return null;
  const [test, yes, no] = expr.args;
  if (!test || !yes || !('lit' in yes) || typeof yes.lit !== 'string' || yes.lit.trim() === '') return null;
  if (no !== undefined && !('lit' in no && (no.lit === '' || no.lit === null))) return null;
  return /\s/.test(yes.lit.trim()) ? null : { test, word: yes.lit.trim() };
}

/** The live value of a form field; null for what is none. */
export function fieldOf(node: DomElement): string | boolean | null {
  if (isBox(node)) return 'checked' in node.attrs;
  if (node.tag === 'textarea') return node.attrs['value'] ?? textOf(node);
  if (node.tag === 'select') return selectValue(node);
  return isTextField(node) ? (node.attrs['value'] ?? '') : null;
}
