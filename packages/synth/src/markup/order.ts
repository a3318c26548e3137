import type { BlockRule, Grammar, InlineRule } from '@backlot/protocol';

const blockRank: Readonly<Record<BlockRule['block'], number>> = { fence: 0, line: 1, rule: 2, table: 3, list: 4, quote: 5, indent: 6 };

const openOf = (rule: BlockRule): number => ('open' in rule ? rule.open.length : rule.block === 'list' ? rule.mark.length : 0);

const headOf = (rule: InlineRule): string => {
  if (rule.inline === 'pattern') return typeof rule.parts[0] === 'string' ? rule.parts[0] : '';
  return rule.inline === 'span' ? rule.open : rule.inline === 'literal' ? rule.text : rule.mark;
};

/** What a rule changes only where the source holds it; empty where that can't be told. */
export function touchOf(rule: BlockRule | InlineRule): string {
  if ('inline' in rule) return headOf(rule);
  if (rule.block === 'line' || rule.block === 'fence') return rule.open.trim();
  if (rule.block === 'indent') return rule.prefix;
  return rule.block === 'table' ? rule.sep : rule.mark;
}

/** How narrowly a pattern takes its target. */
function width(rule: InlineRule): number {
  if (rule.inline !== 'pattern') return 0;
  const kind = rule.parts.find((part) => typeof part !== 'string');
  const kinds = ['digits', 'url', 'bare', 'camel', 'word', 'name', 'path', 'any'];
  return kinds.indexOf(
    kind === undefined || typeof kind === 'string'
      ? 'any'
      : rule.parts.some((part) => typeof part !== 'string' && part.kind === 'url')
        ? 'url'
        : kind.kind,
  );
}

const partCount = (rule: InlineRule): number => (rule.inline === 'pattern' ? rule.parts.length : 9);

/** A grammar with its rules where the longer mark and the narrower form are tried first. */
export function ordered(grammar: Grammar): Grammar {
  return {
    ...grammar,
    blocks: grammar.blocks.toSorted((a, b) => blockRank[a.block] - blockRank[b.block] || openOf(b) - openOf(a)),
    inlines: grammar.inlines.toSorted((a, b) => headOf(b).length - headOf(a).length || partCount(b) - partCount(a) || width(a) - width(b)),
  };
}
