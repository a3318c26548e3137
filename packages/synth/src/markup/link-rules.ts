import type { DomElement, InlineRule, MarkupCapture, MarkupPart, MarkupTag } from '@backlot/protocol';
import type { Placed } from './placed.ts';
import { explainAttributes, explainValue } from './explain.ts';
import { ranked, textOfAll, vote } from './model.ts';
import { regionOf } from './span-rules.ts';

/** One way to read a link in the source: literals around its target and its text. */
interface Reading {
  readonly element: DomElement;
  readonly around: DomElement | undefined;
  readonly order: 'target text' | 'text target' | 'target';
  readonly open: string;
  readonly between: string;
  readonly close: string;
  readonly target: string;
  readonly text: string;
}

type PatternRule = Extract<InlineRule, { inline: 'pattern' }>;

/** Attributes that are made from what a link captures. */
const made = new Set(['href', 'src', 'alt', 'title', 'id']);
const delimiter = /[^\p{L}\p{N}\s/]/u;
const mostReadings = 20_000;

/** How many signs of punctuation a text begins with, up to three. */
function leading(text: string): number {
  let count = 0;
  while (count < 3 && count < text.length && delimiter.test(text[count] as string)) count += 1;
  return count;
}

const trailing = (text: string): number => leading([...text].toReversed().join(''));
const isSigns = (text: string): boolean => [...text].every((sign) => delimiter.test(sign));

/** Rules for links, pictures and words that are links by themselves, likely ones first. */
export function linkRules(placed: readonly Placed[]): readonly InlineRule[] {
  const kinds = new Map<string, Reading[]>();
  let count = 0;
  for (const each of placed) {
    if (count > mostReadings || !/^(?:a|img)$/.test(each.element.tag)) continue;
    for (const reading of readingsOf(each)) {
      count += 1;
      const { order, open, between, close, element } = reading;
      const fixed = Object.keys(element.attrs)
        .sort()
        .map((name) => [name, made.has(name) ? '' : element.attrs[name]]);
      const isUrl = /^(?:[a-z]+:)?\/\//i.test(reading.target);
      vote(kinds, JSON.stringify([element.tag, order, open, between, close, fixed, isUrl]), reading);
    }
  }
  const rated = ranked(kinds).flatMap(([, readings]) => {
    const rule = ruleOf(readings);
    return rule === null ? [] : [{ ...rule, length: literals(rule.rule).length }];
  });
  const rules = rated.sort((a, b) => b.explained - a.explained || b.length - a.length).map(({ rule }) => rule);
  return [...rules.slice(0, 80), ...rules.slice(0, 20).flatMap(wider)];
}

const literals = ({ parts }: PatternRule): string => parts.filter((part) => typeof part === 'string').join('');

/** The rule for any kind of target, where its marks tell where that ends. */
function wider(rule: PatternRule): readonly PatternRule[] {
  const parts = rule.parts.map((part) =>
    typeof part !== 'string' && (part.kind === 'path' || part.kind === 'url') ? { ...part, kind: 'any' as const } : part,
  );
  const isClosed = typeof rule.parts.at(-1) === 'string' && !rule.parts.some((part) => typeof part === 'string' && /^\s/.test(part));
  return isClosed && JSON.stringify(parts) !== JSON.stringify(rule.parts) ? [{ ...rule, parts }] : [];
}

function readingsOf({ pair, element, around }: Placed): readonly Reading[] {
  const base = { element, around: undefined };
  if (element.tag === 'img') return pictureReadings(pair.source, base);
  const below = pair.below.get(element) ?? [];
  const region = below.length === 0 ? null : regionOf(pair, below[0] as number, below.at(-1) as number);
  if (region === null || around.some(({ tag }) => tag === 'a')) return [];
  const left = region.isBoundLeft ? region.left.trimStart() : (/\S*$/.exec(region.left)?.[0] ?? '');
  const right = region.isBoundRight ? region.right.trimEnd() : (/^\S*/.exec(region.right)?.[0] ?? '');
  const whole = left + region.text + right;
  const shown = textOfAll(element.children).replace(/\s+/g, ' ').trim();
  const cuts: (readonly [string, string])[] = [];
  for (let at = whole.indexOf(region.text); at >= 0 && cuts.length < 3; at = whole.indexOf(region.text, at + 1)) {
    cuts.push([whole.slice(0, at), whole.slice(at + region.text.length)]);
  }
  return [...cuts.flatMap(([a, b]) => twoPart({ ...base, text: region.text }, a, b)), ...onePart({ ...base, text: shown }, whole)];
}

type Base = Pick<Reading, 'element' | 'around' | 'text'>;

function twoPart(base: Base, left: string, right: string): readonly Reading[] {
  const found: Reading[] = [];
  if (left !== '' && right !== '' && isSigns(right) && right.length <= 3) {
    for (let open = 1; open <= leading(left); open += 1) {
      const rest = left.slice(open);
      const ends = rest.endsWith(' ') ? [1] : Array.from({ length: trailing(rest) }, (_, i) => i + 1);
      for (const cut of ends) {
        const target = rest.slice(0, rest.length - cut);
        const between = rest.slice(rest.length - cut);
        if (target !== '') found.push({ ...base, order: 'target text', open: left.slice(0, open), between, close: right, target });
      }
    }
  }
  if (left !== '' && isSigns(left) && left.length <= 3) {
    for (let cut = 1; cut <= leading(right); cut += 1) {
      for (let end = 0; end <= trailing(right.slice(cut)); end += 1) {
        const target = right.slice(cut, right.length - end);
        const close = right.slice(right.length - end);
        if (target !== '') found.push({ ...base, order: 'text target', open: left, between: right.slice(0, cut), close, target });
      }
    }
  }
  return found;
}

function onePart(base: Base, whole: string): readonly Reading[] {
  const found: Reading[] = [];
  for (let open = 0; open <= leading(whole); open += 1) {
    for (let end = 0; end <= trailing(whole.slice(open)); end += 1) {
      const target = whole.slice(open, whole.length - end);
      const close = whole.slice(whole.length - end);
      if (target !== '') found.push({ ...base, order: 'target', open: whole.slice(0, open), between: '', close, target });
    }
  }
  return found;
}

/** Pictures have no text: their address and name are looked for in the source. */
function pictureReadings(source: string, base: Omit<Base, 'text'>): readonly Reading[] {
  const { src = '', alt = '' } = base.element.attrs;
  const found: Reading[] = [];
  const name = src.slice(src.lastIndexOf('/') + 1);
  const at = source.indexOf(src) >= 0 ? source.indexOf(src) : source.indexOf(name);
  if (name === '' || at < 0) return [];
  const target = source.startsWith(src, at) ? src : name;
  const open = /[^\p{L}\p{N}\s]*(?:\p{L}{1,6}:)?$/u.exec(source.slice(Math.max(0, at - 12), at))?.[0] ?? '';
  const rest = source.slice(at + target.length);
  found.push(...nameBefore({ ...base, text: alt, target }, source, at));
  const after = alt === '' ? -1 : rest.indexOf(alt);
  if (after > 0 && after <= 3) {
    const close = rest.slice(after + alt.length).slice(0, leading(rest.slice(after + alt.length)));
    found.push({ ...base, text: alt, order: 'target text', open, between: rest.slice(0, after), close, target });
  }
  found.push({ ...base, text: '', order: 'target', open, between: '', close: rest.slice(0, leading(rest)), target });
  return found.filter(({ open: signs }) => signs !== '');
}

/** A picture whose name stands right before its address. */
function nameBefore(base: Base & { readonly target: string }, source: string, at: number): readonly Reading[] {
  const { text: alt, target } = base;
  const before = alt === '' ? -1 : source.lastIndexOf(alt, at);
  if (before < 0 || at - before - alt.length > 3) return [];
  const start = /[^\p{L}\p{N}\s]{1,3}$/u.exec(source.slice(Math.max(0, before - 3), before))?.[0] ?? '';
  const close = /^[^\p{L}\p{N}\s]/u.exec(source.slice(at + target.length))?.[0] ?? '';
  return [{ ...base, order: 'text target', open: start, between: source.slice(before + alt.length, at), close, target }];
}

function kindOf(targets: readonly string[], { open, close, between }: Reading): MarkupCapture {
  const all = (pattern: RegExp): boolean => targets.every((target) => pattern.test(target));
  const isUrl = all(/^(?:[a-z][a-z0-9+.-]*:)?\/\/\S+$/i);
  if (close === '' && between === '') {
    const addresses = targets.filter((target) => /^(?:https?:\/\/|www\.)\S+$/i.test(target));
    if (isUrl || (open === '' && addresses.length * 2 > targets.length)) return 'bare';
    if (all(/^\d+$/)) return 'digits';
    if (open === '' && all(/^\p{Lu}\p{Ll}+(?:\p{Lu}\p{Ll}+)+$/u)) return 'camel';
    return all(/^[\p{L}\p{N}_]+$/u) ? 'word' : 'name';
  }
  if (isUrl) return 'url';
  return close === '' || between.startsWith(' ') ? 'path' : 'any';
}

function ruleOf(readings: readonly Reading[]): { readonly rule: PatternRule; readonly explained: number } | null {
  const first = readings[0] as Reading;
  const { order, open, between, close, element } = first;
  const kind = kindOf(
    readings.map(({ target }) => target),
    first,
  );
  if ((open === '' && kind !== 'bare' && kind !== 'camel') || (kind === 'name' && readings.some(({ target }) => /\s/.test(target))))
    return null;
  const seen = readings.map(({ element: { attrs }, target, text }) => ({
    attrs,
    captured: { target, text: order === 'target' ? '' : text },
  }));
  const { attrs, explained } = explainAttributes(seen);
  const isPicture = element.tag === 'img';
  const show = isPicture ? [] : order === 'target' ? shownBy(readings) : 'inline';
  if (show === null || explained * 5 < readings.length || (readings.length > 2 && isLearntByHeart(attrs))) return null;
  const target = { take: 'target', kind } as const;
  const text = { take: 'text', kind: 'any' } as const;
  const parts =
    order === 'target'
      ? [open, target, close]
      : order === 'target text'
        ? [open, target, between, text, close]
        : [open, text, between, target, close];
  const wrap: MarkupTag[] = [{ tag: element.tag, attrs }];
  return {
    rule: { inline: 'pattern', parts: parts.filter((part) => part !== ''), word: close === '' || open === '', wrap, show },
    explained,
  };
}

/** True where an address is the same whatever the source says. */
const isLearntByHeart = (attrs: MarkupTag['attrs']): boolean => typeof (attrs['href'] ?? attrs['src'] ?? []) === 'string';

function shownBy(readings: readonly Reading[]): readonly MarkupPart[] | null {
  const { parts, explained } = explainValue(readings.map(({ text, target }) => ({ value: text, captured: { target } })));
  return typeof parts === 'string' || explained * 5 < readings.length ? null : parts;
}
