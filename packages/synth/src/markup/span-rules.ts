import type { DomElement, InlineRule, MarkupTag, MarkupWrap } from '@backlot/protocol';
import { lineAround } from './align.ts';
import type { Placed } from './placed.ts';
import type { Aligned, Leaf } from './model.ts';
import { isInline, ranked, vote } from './model.ts';

/** The longest mark that is believed in. */
const longestMark = 16;

/** What stands in the source around the texts of an inline element, and whether text of the same block bounds it. */
export interface Region {
  readonly left: string;
  readonly right: string;
  readonly text: string;
  readonly isBoundLeft: boolean;
  readonly isBoundRight: boolean;
}

const blockAround = (leaf: Leaf | undefined): DomElement | undefined => leaf?.around.findLast((element) => !isInline(element));

/** The region around leaves of a pair; null where a neighbour was not found. */
export function regionOf(pair: Aligned, first: number, last: number): Region | null {
  const { source, leaves } = pair;
  const [a, b] = [leaves[first], leaves[last]];
  if (a === undefined || b === undefined || a.start < 0 || b.end < 0) return null;
  const [before, after] = [leaves[first - 1], leaves[last + 1]];
  const isBoundLeft = first > 0 && blockAround(before) === blockAround(a);
  const isBoundRight = after !== undefined && blockAround(after) === blockAround(b);
  if ((isBoundLeft && (before as Leaf).end < 0) || (isBoundRight && after.start < 0)) return null;
  const from = Math.max(lineAround(source, a.start)[0], isBoundLeft ? (before as Leaf).end : 0);
  const to = Math.min(lineAround(source, b.end)[1], isBoundRight ? after.start : source.length);
  return {
    left: source.slice(from, a.start),
    right: source.slice(b.end, to),
    text: source.slice(a.start, b.end),
    isBoundLeft,
    isBoundRight,
  };
}

/** The mark next to a text: all that no other text bounds, else its punctuation or tag. */
export function marksOf({ left, right, isBoundLeft, isBoundRight }: Region): readonly [string, string] {
  const before = isBoundLeft ? left.trimStart() : (/(?:<[^<>]*>|[^\p{L}\p{N}\s<>]+)$/u.exec(left)?.[0] ?? '');
  const after = isBoundRight ? right.trimEnd() : (/^(?:<[^<>]*>|[^\p{L}\p{N}\s<>]+)/u.exec(right)?.[0] ?? '');
  return [before, after];
}

const isMark = (mark: string): boolean =>
  mark !== '' && mark.length <= longestMark && !/\s/.test(mark) && (!/[\p{L}\p{N}]/u.test(mark) || /^[<[{].*[>\]}]$/u.test(mark));

/** Rules for text between marks, likely ones first. */
export function spanRules(placed: readonly Placed[]): readonly InlineRule[] {
  const kinds = new Map<string, { readonly wrap: MarkupWrap; readonly open: string; readonly close: string }[]>();
  for (const { pair, element } of placed) {
    if (!isInline(element) || /^(?:a|br|img|input)$/.test(element.tag)) continue;
    const below = pair.below.get(element) ?? [];
    const region = below.length === 0 ? null : regionOf(pair, below[0] as number, below.at(-1) as number);
    if (region === null) continue;
    const [open, close] = marksOf(region);
    const wrap: MarkupTag[] = [{ tag: element.tag, attrs: element.attrs }];
    if (isMark(open) && isMark(close)) vote(kinds, JSON.stringify([element.tag, element.attrs, open, close]), { wrap, open, close });
    const mirrored = commonMark(open, close);
    if (mirrored !== '' && mirrored !== open)
      vote(kinds, JSON.stringify([element.tag, element.attrs, mirrored, mirrored]), { wrap, open: mirrored, close: mirrored });
  }
  return ranked(kinds)
    .slice(0, 40)
    .flatMap(([, [seen]]): readonly InlineRule[] => {
      const { wrap, open, close } = seen as { wrap: MarkupWrap; open: string; close: string };
      const rule = { inline: 'span', open, close, wrap, raw: wrap[0]?.tag === 'code', flank: true, word: false } as const;
      return [rule, { ...rule, word: true }];
    });
}

/** What the opening mark ends with and the closing one begins with. */
function commonMark(open: string, close: string): string {
  for (let length = Math.min(open.length, close.length, 4); length > 0; length -= 1) {
    const mark = close.slice(0, length);
    if (open.endsWith(mark) && isMark(mark)) return mark;
  }
  return '';
}

const lineBreaks = ['  \n', '\\\\\n', '\\\\ ', '\\\\', '\\\n', '%%%', '[[br]]', '[[BR]]', '<br>', '<br/>', '<br />', '{br}'];
const replaced: readonly (readonly [string, string])[] = [
  ['---', '—'],
  ['--', '–'],
  ['--', '—'],
  ['...', '…'],
  ['<->', '↔'],
  ['<=>', '⇔'],
  ['->', '→'],
  ['<-', '←'],
  ['=>', '⇒'],
  ['(c)', '©'],
  ['(C)', '©'],
  ['(r)', '®'],
  ['(R)', '®'],
  ['(tm)', '™'],
  ['(TM)', '™'],
];
const rawMarks: readonly (readonly [string, string])[] = [
  ['<nowiki>', '</nowiki>'],
  ['<notextile>', '</notextile>'],
  ['{{{', '}}}'],
  ['%%', '%%'],
];

/** Escapes, line breaks, signs in place of others, and boxes, as far as the pairs hold them. */
export function signRules(pairs: readonly Aligned[], placed: readonly Placed[]): readonly InlineRule[] {
  const holds = (text: string): boolean => pairs.some(({ source }) => source.includes(text));
  const shows = (sign: string): boolean => pairs.some(({ leaves }) => leaves.some(({ text }) => text.includes(sign)));
  const br = placed.find(({ element }) => element.tag === 'br')?.element;
  const boxes = placed.filter(({ element }) => element.tag === 'input');
  const rules: InlineRule[] = [];
  if (br) for (const text of lineBreaks) if (holds(text)) rules.push({ inline: 'literal', text, put: { tag: 'br', attrs: br.attrs } });
  for (const mark of ['\\', '!', '~', '`']) if (holds(mark)) rules.push({ inline: 'escape', mark });
  for (const [open, close] of rawMarks)
    if (holds(open)) rules.push({ inline: 'span', open, close, wrap: [], raw: true, flank: false, word: false });
  for (const [text, put] of replaced) if (holds(text) && shows(put)) rules.push({ inline: 'literal', text, put });
  const kinds = new Map(boxes.map(({ element }) => [JSON.stringify(element.attrs), element]));
  for (const text of ['[ ] ', '[x] ', '[X] ', '[ ]', '[x]', '[X]']) {
    if (!holds(text)) continue;
    for (const [, { tag, attrs }] of [...kinds].sort(([a], [b]) => (a < b ? -1 : 1)))
      rules.push({ inline: 'literal', text, put: { tag, attrs } });
  }
  return rules;
}
