import type { BlockRule, DomNode, Grammar, InlineRule, MarkupTag, MarkupWrap } from '@backlot/protocol';
import { renderMarkup, tidy } from '@backlot/world';
import { canonical } from '../canonical.ts';
import { alignPair } from './align.ts';
import { suggestBlocks } from './block-rules.ts';
import { elementsOf } from './placed.ts';
import { linkRules } from './link-rules.ts';
import { Scorer } from './loss.ts';
import type { Aligned, LearnedMarkup, MarkupPair } from './model.ts';
import { findNotes } from './note-rules.ts';
import { ordered, touchOf } from './order.ts';
import { cutPieces } from './pieces.ts';
import { pruneRules, turnRules, withUnseenLevels } from './refine.ts';
import { signRules, spanRules } from './span-rules.ts';
import { openSections, openRoot, withSections } from './wrappers.ts';

export type { LearnedMarkup, MarkupPair } from './model.ts';

/** What a rule must gain: less than one page more that is exact. */
const ruleCost = 1.5;
/** Pairs that rules are looked for in; all are counted in the end. */
const mostPairs = 90;

function bare(nodes: readonly DomNode[]): readonly DomNode[] {
  return nodes.map((node) => ('text' in node ? { text: node.text } : { tag: node.tag, attrs: node.attrs, children: bare(node.children) }));
}

const tidied = (nodes: readonly DomNode[]): readonly DomNode[] =>
  bare(tidy(canonical({ tag: 'div', attrs: {}, children: nodes }).children));

/** Attributes that say how something looks, or what it is to scripts: nobody reads them, and they may hang on what else there is. */
const unread = /^(?:class|style|rel|title|target|id|data-.*)$/;

function perceived(nodes: readonly DomNode[]): readonly DomNode[] {
  return nodes.flatMap((node): readonly DomNode[] => {
    if ('text' in node) return [node];
    const attrs = Object.fromEntries(Object.entries(node.attrs).filter(([name]) => !unread.test(name)));
    const children = perceived(node.children);
    // A link to the page itself may be marked with one, which only says how it looks.
    return node.tag === 'span' && Object.keys(attrs).length === 0 ? children : [{ ...node, attrs, children }];
  });
}

function spread<T>(items: readonly T[], most: number): readonly T[] {
  if (items.length <= most) return items;
  return Array.from({ length: most }, (_, i) => items[Math.floor((i * items.length) / most)] as T);
}

/**
 * The grammar by which the sources became what was shown, the smallest that was found among those that render most pairs as people read
 * them;
 * null where it renders none. Deterministic; never remembers a text.
 */
export function learnMarkup(pairs: readonly MarkupPair[]): LearnedMarkup | null {
  const tidyPairs = pairs.map(({ source, rendered }) => ({
    source: source.replace(/\r\n?/g, '\n').replaceAll('\t', '    '),
    rendered: tidied(rendered),
  }));
  const { root, pairs: inner } = openRoot(spread(tidyPairs, mostPairs));
  const wanted = tidyPairs.map(({ rendered }) => JSON.stringify(perceived(rendered)));
  const candidate = { ...(noted(inner, (grammar) => missesOf({ ...grammar, root }, tidyPairs, wanted).length) ?? laidOut(inner)), root };
  const misses = missesOf(candidate, tidyPairs, wanted);
  const wider = withUnseenLevels(candidate);
  const isWider = wider.blocks.length > candidate.blocks.length;
  const isHarmless = isWider && missesOf(wider, tidyPairs, wanted).length <= misses.length;
  const exact = pairs.length - misses.length;
  return exact === 0 ? null : { grammar: isHarmless ? wider : candidate, exact, misses };
}

/** The grammar of what stands in headings' sections and between them. */
function laidOut(pairs: readonly MarkupPair[]): Grammar {
  const { sections, pairs: flat } = openSections(pairs);
  return withSections(search(flat.map(alignPair)), sections);
}

/** The grammar of pairs with notes, learned from all that is not in notes; null where there are none, or notes mend no page. */
function noted(pairs: readonly MarkupPair[], missed: (grammar: Grammar) => number): Grammar | null {
  const found = findNotes(pairs);
  if (found === null) return null;
  const without = laidOut(found.pairs);
  const grammar = { ...without, notes: found.rule };
  return missed(grammar) < missed(without) ? grammar : null;
}

function missesOf(grammar: Grammar, pairs: readonly MarkupPair[], wanted: readonly string[]): readonly number[] {
  return pairs.flatMap(({ source }, i) => (JSON.stringify(perceived(tidied(renderMarkup(grammar, source)))) === wanted[i] ? [] : [i]));
}

/** How many of the pairs a grammar renders exactly, as people perceive them. */
export function exactOf(grammar: Grammar, pairs: readonly MarkupPair[]): number {
  const wanted = pairs.map(({ rendered }) => JSON.stringify(perceived(tidied(rendered))));
  return pairs.length - missesOf(grammar, pairs, wanted).length;
}

/** Paragraphs as the pairs may show them. */
function paragraphs(pairs: readonly Aligned[]): readonly Grammar['paragraph'][] {
  const tags = new Map<string, MarkupTag>();
  for (const { rendered } of pairs) {
    for (const node of rendered) {
      if ('tag' in node && /^(?:p|div)$/.test(node.tag))
        tags.set(JSON.stringify([node.tag, node.attrs]), { tag: node.tag, attrs: node.attrs });
    }
  }
  const wraps: MarkupWrap[] = [
    [],
    ...[...tags]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .slice(0, 6)
      .map(([, tag]) => [tag]),
  ];
  return wraps.flatMap(
    (wrap) =>
      [
        { wrap, lines: 'join', blank: 'split' },
        { wrap, lines: 'br', blank: 'split' },
        { wrap, lines: 'each', blank: 'split' },
        { wrap, lines: 'br', blank: 'keep' },
      ] satisfies Grammar['paragraph'][],
  );
}

function tryParagraphs(scorer: Scorer, pairs: readonly Aligned[]): void {
  for (const paragraph of paragraphs(pairs)) scorer.consider({ ...scorer.grammar, paragraph });
}

function search(pairs: readonly Aligned[]): Grammar {
  const placed = elementsOf(pairs);
  const start: Grammar = { root: [], blocks: [], paragraph: { wrap: [], lines: 'join', blank: 'split' }, inlines: [] };
  const scorer = new Scorer(cutPieces(pairs), start);
  const rules = [...suggestBlocks(pairs), ...linkRules(placed), ...spanRules(placed), ...signRules(pairs, placed)];
  tryParagraphs(scorer, pairs);
  for (let round = 0; round < 4 && scorer.loss > 0; round += 1) {
    const before = scorer.loss;
    for (const rule of rules) addRule(scorer, rule);
    turnRules(scorer);
    tryParagraphs(scorer, pairs);
    pruneRules(scorer);
    if (scorer.loss >= before) break;
  }
  return scorer.grammar;
}

type Rule = BlockRule | InlineRule;

/** Adds a rule where that gains enough, or puts it in the place of those of the same mark where that gains anything. */
function addRule(scorer: Scorer, rule: Rule): void {
  const { grammar } = scorer;
  const text = JSON.stringify(rule);
  if ([...grammar.blocks, ...grammar.inlines].some((known) => JSON.stringify(known) === text)) return;
  const touches = touchOf(rule);
  const options = { cost: ruleCost, touches };
  if (scorer.consider(withAdded(grammar, rule), options)) return;
  const isRival = (known: Rule): boolean => 'block' in known === 'block' in rule && touchOf(known).trim() === touches.trim();
  for (const rival of [...grammar.blocks, ...grammar.inlines].filter(isRival)) {
    const others = {
      ...grammar,
      blocks: grammar.blocks.filter((each) => each !== rival),
      inlines: grammar.inlines.filter((each) => each !== rival),
    };
    if (scorer.consider(withAdded(others, rule), { touches: touches.trim() })) return;
  }
}

function withAdded(grammar: Grammar, rule: Rule): Grammar {
  const isBlock = 'block' in rule;
  return ordered({
    ...grammar,
    blocks: isBlock ? [...grammar.blocks, rule] : grammar.blocks,
    inlines: isBlock ? grammar.inlines : [...grammar.inlines, rule],
  });
}
