import type { BlockRule, Grammar, InlineRule, MarkupTag } from '@backlot/protocol';
import type { Scorer } from './loss.ts';
import { ordered, touchOf } from './order.ts';

type Rule = BlockRule | InlineRule;

function withRule(grammar: Grammar, at: number, rule: Rule | null): Grammar {
  const blocks = [...grammar.blocks];
  const inlines = [...grammar.inlines];
  const isBlock = at < blocks.length;
  if (isBlock) blocks.splice(at, 1, ...(rule === null ? [] : [rule as BlockRule]));
  else inlines.splice(at - blocks.length, 1, ...(rule === null ? [] : [rule as InlineRule]));
  return ordered({ ...grammar, blocks, inlines });
}

const ruleCount = ({ blocks, inlines }: Grammar): number => blocks.length + inlines.length;
const ruleAt = ({ blocks, inlines }: Grammar, at: number): Rule => blocks[at] ?? (inlines[at - blocks.length] as InlineRule);

/** The same rule, read a little differently. */
function variantsOf(rule: Rule): readonly Rule[] {
  if ('inline' in rule) return inlineVariants(rule);
  const turned: BlockRule = { ...rule, interrupts: !rule.interrupts };
  switch (rule.block) {
    case 'line':
      return [
        turned,
        { ...rule, reach: rule.reach === 'line' ? 'paragraph' : 'line' },
        { ...rule, interrupts: !rule.interrupts, reach: rule.reach === 'line' ? 'paragraph' : 'line' },
      ];
    case 'list':
      return [
        turned,
        ...(['none', 'indented', 'any'] as const).filter((lazy) => lazy !== rule.lazy).map((lazy) => ({ ...rule, lazy })),
        { ...rule, gap: !rule.gap },
        { ...rule, nest: rule.nest === 'indent' ? 'repeat' : 'indent' },
        { ...rule, loose: undefined },
        { ...rule, loose: { tag: 'p', attrs: {} } },
      ];
    case 'quote':
      return [turned, { ...rule, inner: rule.inner === 'blocks' ? 'inline' : 'blocks' }];
    case 'fence':
      return [turned, { ...rule, tail: !rule.tail }, { ...rule, anywhere: !rule.anywhere }, { ...rule, info: !rule.info }];
    case 'indent':
      return [turned, { ...rule, tail: !rule.tail }, { ...rule, across: !rule.across }];
    case 'rule':
      return [turned, { ...rule, least: 3 }, { ...rule, least: 4 }];
    default:
      return [turned, { ...rule, divider: !rule.divider }];
  }
}

function inlineVariants(rule: InlineRule): readonly InlineRule[] {
  if (rule.inline === 'span') {
    return [
      { ...rule, raw: !rule.raw },
      { ...rule, flank: !rule.flank },
      { ...rule, word: !rule.word },
      { ...rule, word: !rule.word, flank: !rule.flank },
    ];
  }
  if (rule.inline !== 'pattern') return [];
  const parts = (kind: 'name' | 'word') =>
    rule.parts.map((part) => (typeof part !== 'string' && (part.kind === 'word' || part.kind === 'name') ? { ...part, kind } : part));
  const shown: InlineRule[] = rule.show === 'inline' ? [{ ...rule, show: [{ of: 'text', how: 'raw' }] }] : [];
  return [{ ...rule, word: !rule.word }, { ...rule, parts: parts('name') }, { ...rule, parts: parts('word') }, ...shown];
}

/** Reads every rule differently where that comes nearer to what was shown. */
export function turnRules(scorer: Scorer): void {
  for (let at = 0; at < ruleCount(scorer.grammar); at += 1) {
    const rule = ruleAt(scorer.grammar, at);
    for (const variant of variantsOf(rule)) {
      const now = ruleAt(scorer.grammar, at);
      if (scorer.consider(withRule(scorer.grammar, at, variant), { touches: touchOf(now) })) break;
    }
  }
}

/** Drops rules without which the grammar does as well. */
export function pruneRules(scorer: Scorer): void {
  for (let at = ruleCount(scorer.grammar) - 1; at >= 0; at -= 1) {
    scorer.consider(withRule(scorer.grammar, at, null), { cost: -0.5, touches: touchOf(ruleAt(scorer.grammar, at)) });
  }
}

/** Headings of levels that were not seen, where the marks of those seen count the level. */
export function withUnseenLevels(grammar: Grammar): Grammar {
  const lines = grammar.blocks.filter((rule) => rule.block === 'line');
  const seen = lines.flatMap((rule) => {
    const level = /^h([1-6])$/.exec(rule.wrap.at(-1)?.tag ?? '')?.[1];
    return level === undefined ? [] : [{ rule, level: Number(level) }];
  });
  const added: BlockRule[] = [];
  for (let level = 1; level <= 6; level += 1) {
    if (seen.some((each) => each.level === level)) continue;
    const made = seen.flatMap(({ rule, level: other }) => {
      const [open, close] = [atLevel(rule.open, seen, level), atLevel(rule.close, seen, level)];
      if (open === null || close === null || other !== seen[0]?.level) return [];
      const wrap = rule.wrap.map((tag, i): MarkupTag => (i === rule.wrap.length - 1 ? { ...tag, tag: `h${level}` } : tag));
      return lines.some((line) => line.open === open) ? [] : [{ ...rule, open, close, wrap }];
    });
    added.push(...made.slice(0, 1));
  }
  return ordered({ ...grammar, blocks: [...grammar.blocks, ...added] });
}

type Seen = readonly { readonly rule: { readonly open: string; readonly close: string }; readonly level: number }[];

/** The mark of a level: a number in it, or how often its sign is repeated. */
function atLevel(mark: string, seen: Seen, level: number): string | null {
  if (mark === '') return '';
  const [first, second] = seen;
  if (first === undefined || second === undefined) return null;
  const count = (text: string): number => text.trim().length;
  const sign = mark.trim()[0] as string;
  if (mark.trim() === sign.repeat(count(mark))) {
    const step = (count(second.rule.open) - count(first.rule.open)) / (second.level - first.level);
    const length = count(mark) + step * (level - first.level);
    const isEven = seen.every((each) => count(each.rule.open) - count(first.rule.open) === step * (each.level - first.level));
    return isEven && Math.abs(step) === 1 && length >= 1 ? mark.replace(mark.trim(), sign.repeat(length)) : null;
  }
  const isNumbered = seen.every((each) => each.rule.open.includes(String(each.level)));
  return isNumbered ? mark.replace(String(first.level), String(level)) : null;
}
