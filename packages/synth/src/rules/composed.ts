import type { DomNode, Expr } from '@backlot/protocol';
import { readMarkupValue, toText } from '@backlot/world';
import { knownValue } from '../explain/known-values.ts';
import { wordsIn } from '../words-in.ts';
import type { Given } from './given.ts';

/** Share of the words shown that must be the term's for it to be the whole text. */
const whole = 0.9;
/** Share of occasions from which on a text is sent in parts. */
const often = 0.04;
/** Share of a part's words that must be shown. */
const shown = 0.8;

const textIn = (nodes: readonly DomNode[]): string =>
  nodes.map((node) => ('text' in node ? node.text : ` ${textIn(node.children)} `)).join('');

/** The words of a text that became known, in its source or as it is laid out. */
function wordsOf({ value }: Given): readonly string[] {
  const text = toText(value);
  return wordsIn(text.startsWith('[') ? textIn(readMarkupValue(text)) : text);
}

/** Where another argument stands in the text: before what the term gives of it, or after. */
type Side = 'before' | 'after';

function sideOf(words: readonly string[], part: readonly string[], term: readonly string[]): Side {
  const rank = (some: readonly string[]): number => {
    const own = new Set(some);
    const at = words.flatMap((word, i) => (own.has(word) ? [i] : []));
    return at.reduce((sum, i) => sum + i, 0) / Math.max(1, at.length);
  };
  return rank(part) < rank(term) ? 'before' : 'after';
}

/** The argument without the mark at its end which keeps white space there from being lost on the way. */
function unmarked(part: Expr, sent: readonly string[]): Expr {
  const last = new Set(sent.map((text) => text.at(-1) ?? ''));
  const [mark = ''] = last;
  if (last.size > 1 || !/^[^\p{L}\p{N}\s]$/u.test(mark)) return part;
  const length: Expr = { fn: 'sub', args: [{ fn: 'len', args: [part] }, { lit: 1 }] };
  return { fn: 'excerpt', args: [part, length, { lit: '' }, length] };
}

/** Share of the words shown that must come from an argument which holds the text or a part of it. */
const spoken = 0.25;

/** True for an argument in whose words a text is shown, or a good part of it, on half the occasions. */
export function isSpoken(term: Expr, given: readonly Given[]): boolean {
  const said = given.filter((one) => {
    const words = wordsOf(one);
    const own = new Set(wordsIn(toText(knownValue(term, one.scope))));
    return own.size > 0 && words.filter((word) => own.has(word)).length >= spoken * words.length;
  });
  return said.length * 2 >= given.length;
}

/**
 * The whole of a text of which an argument is now and then but a part: what stands before and after it is sent beside it. The argument
 * itself where it is the whole, or nothing accounts for the rest.
 */
export function composed(term: Expr, given: readonly Given[], inputs: readonly Expr[]): Expr {
  const said = given.map((one) => {
    const words = wordsOf(one);
    const own = wordsIn(toText(knownValue(term, one.scope)));
    const has = new Set(own);
    const missing = new Set(words.filter((word) => !has.has(word)));
    return { one, words, own, missing, isWhole: words.filter((word) => has.has(word)).length >= whole * words.length };
  });
  const parts = said.filter(({ isWhole, own }) => !isWhole && own.length > 0);
  if (parts.length === 0 || parts.length < often * said.length) return term;
  const sides = inputs.flatMap((input): readonly (readonly [Side, Expr])[] => {
    if (!('arg' in input) || input === term) return [];
    const found = parts.flatMap(({ one, words, own, missing }) => {
      const sent = wordsIn(toText(knownValue(input, one.scope)));
      const isShown = sent.filter((word) => words.includes(word)).length >= shown * sent.length;
      return sent.length > 0 && isShown && sent.some((word) => missing.has(word)) ? [sideOf(words, sent, own)] : [];
    });
    if (found.length * 3 < parts.length) return [];
    const side: Side = found.filter((each) => each === 'before').length * 2 >= found.length ? 'before' : 'after';
    return [
      [
        side,
        unmarked(
          input,
          given.map(({ scope }) => toText(knownValue(input, scope))),
        ),
      ],
    ];
  });
  const at = (wanted: Side): readonly Expr[] => sides.filter(([side]) => side === wanted).map(([, input]) => input);
  if (sides.length === 0 || at('before').length > 1 || at('after').length > 1) return term;
  return { fn: 'concat', args: [...at('before'), term, ...at('after')] };
}
