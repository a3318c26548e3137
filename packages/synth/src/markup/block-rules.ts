import type { BlockRule, DomElement, MarkupTag, MarkupWrap } from '@backlot/protocol';
import { lineAround, spanOf } from './align.ts';
import { explainAttributes } from './explain.ts';
import { codeRules } from './code-rules.ts';
import { listRules } from './list-rules.ts';
import type { Aligned } from './model.ts';
import type { Placed } from './placed.ts';
import { elementsOf } from './placed.ts';
import { isInline, ranked, textOfAll, vote } from './model.ts';
import { tableRules } from './table-rules.ts';

/** The longest mark that is believed in. */
const longestMark = 24;

/** Rules of blocks that the pairs suggest, likely ones first. */
export function suggestBlocks(pairs: readonly Aligned[]): readonly BlockRule[] {
  const placed = elementsOf(pairs);
  return [
    ...codeRules(placed),
    ...ruleLines(placed),
    ...listRules(placed),
    ...quoteRules(placed),
    ...tableRules(placed),
    ...lineRules(placed),
  ];
}

/** Elements that hold just one another, from the outermost of them down to one. */
function chainTo({ element, around }: Placed): readonly DomElement[] {
  let from = around.length;
  while (from > 0 && (around[from - 1] as DomElement).children.length === 1 && (around[from - 1] as DomElement).tag !== 'li') from -= 1;
  return [...around.slice(from), element];
}

const withoutId = ({ tag, attrs }: DomElement): string => {
  const { id: _id, ...others } = attrs;
  return JSON.stringify([tag, 'id' in attrs, others]);
};

interface Line {
  readonly chain: readonly DomElement[];
  readonly open: string;
  readonly close: string;
}

function lineOf(placed: Placed): Line | null {
  const { pair, element } = placed;
  const span = spanOf(pair, element);
  const holdsText = element.children.length > 0 && element.children.every(isInline);
  if (
    span === null ||
    isInline(element) ||
    !holdsText ||
    placed.around.some(({ tag }) => tag === 'li') ||
    /^(?:li|t[dh]|pre|code|caption)$/.test(element.tag)
  )
    return null;
  const open = pair.source.slice(lineAround(pair.source, span[0])[0], span[0]);
  const close = pair.source.slice(span[1], lineAround(pair.source, span[1])[1]).trimEnd();
  if (open.trim() === '' || open.length > longestMark || close.length > longestMark) return null;
  return { chain: chainTo(placed), open, close: close.trim() };
}

function tagsOf(lines: readonly Line[]): MarkupWrap {
  const first = lines[0] as Line;
  return first.chain.map((element, depth): MarkupTag => {
    const seen = lines.map(({ chain }) => ({
      attrs: (chain[depth] as DomElement).attrs,
      captured: { text: textOfAll((chain[depth] as DomElement).children) },
    }));
    return { tag: element.tag, attrs: explainAttributes(seen).attrs };
  });
}

function lineRules(placed: readonly Placed[]): readonly BlockRule[] {
  const kinds = new Map<string, Line[]>();
  for (const each of placed) {
    const line = lineOf(each);
    if (line !== null) vote(kinds, line.chain.map(withoutId).join(), line);
  }
  return ranked(kinds).flatMap(([, lines]) => {
    const marks = new Map<string, Line[]>();
    for (const line of lines) vote(marks, JSON.stringify([line.open, line.close]), line);
    const wrap = tagsOf(lines);
    return ranked(marks)
      .slice(0, 3)
      .flatMap(([, [line]]): readonly BlockRule[] => {
        const { open, close } = line as Line;
        const made = { block: 'line', open, close, wrap, reach: 'line', interrupts: true } as const;
        return close === '' || open === open.trimEnd() ? [made] : [made, { ...made, open: open.trimEnd() }];
      });
  });
}

/** Lines of one repeated sign between the texts around an `hr`. */
function ruleLines(placed: readonly Placed[]): readonly BlockRule[] {
  const marks = new Map<string, { readonly length: number; readonly tag: MarkupTag }[]>();
  for (const { pair, element } of placed) {
    if (element.tag !== 'hr') continue;
    for (const line of pair.source.split('\n')) {
      const text = line.trim();
      if (/^([^\p{L}\p{N}\s])\1+$/u.test(text))
        vote(marks, text[0] as string, { length: text.length, tag: { tag: 'hr', attrs: element.attrs } });
    }
  }
  return ranked(marks).map(([mark, seen]) => ({
    block: 'rule',
    mark,
    least: Math.min(...seen.map(({ length }) => length)),
    wrap: [(seen[0] as { tag: MarkupTag }).tag],
    interrupts: true,
  }));
}

const holdsOne = (element: DomElement | undefined): boolean =>
  element !== undefined && element.tag !== 'li' && element.children.length === 1;

/** An element and those that are alone in it, down to paragraphs and text. */
function chainBelow(element: DomElement): readonly DomElement[] {
  const [only] = element.children;
  const goesOn = element.children.length === 1 && only !== undefined && 'tag' in only && /^(?:div|blockquote|section)$/.test(only.tag);
  return goesOn ? [element, ...chainBelow(only)] : [element];
}

function quoteRules(placed: readonly Placed[]): readonly BlockRule[] {
  const kinds = new Map<string, BlockRule[]>();
  for (const { pair, element, around } of placed) {
    const span = spanOf(pair, element);
    if (span === null || isInline(element) || /^(?:p|h\d|[uo]l|li|pre|table|t\w+)$/.test(element.tag)) continue;
    const mark = /^\s*(\S{1,4})\s/.exec(pair.source.slice(lineAround(pair.source, span[0])[0], span[0] + 1))?.[1];
    if (mark === undefined || /[\p{L}\p{N}]/u.test(mark)) continue;
    if (holdsOne(around.at(-1))) continue;
    const chain = chainBelow(element);
    const wrap = chain.map(({ tag, attrs }) => ({ tag, attrs }));
    const inner = chain.at(-1)?.children.every(isInline) === true ? 'inline' : 'blocks';
    const rule: BlockRule = { block: 'quote', mark, wrap, inner, interrupts: true };
    vote(kinds, JSON.stringify(rule), rule);
  }
  return ranked(kinds)
    .slice(0, 4)
    .map(([, [rule]]) => rule as BlockRule);
}
