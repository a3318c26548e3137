import type { Expr, Value } from '@backlot/protocol';
import { toText } from '@backlot/world';
import type { Example, Learned, Vocabulary } from './learn-expr.ts';
import { learnExpr } from './learn-expr.ts';
import { tellsUnusual } from './unusual.ts';

/** Numbers and the words between them. */
const piecesOf = (value: Value): readonly string[] =>
  toText(value)
    .trim()
    .split(/(\d[\d.,]*)/)
    .filter((piece) => piece !== '');

/** Forms that a text takes, by their number of pieces and what the first is. */
const formOf = (value: Value): string => {
  const pieces = piecesOf(value);
  return `${pieces.length}${/^\d/.test(pieces[0] ?? '') ? '#' : ''}`;
};

const mostForms = 4;
const depth = 3;
/** Share of occasions on which a piece may be off: counts depend on what was out of sight. */
const pieceSlack = 0.08;

function learnForm(examples: readonly Example[], vocabulary: Vocabulary): Learned | null {
  const split = examples.map(({ value }) => piecesOf(value));
  const length = split[0]?.length ?? 0;
  if (length === 0) return { expr: { lit: '' }, size: 0, misses: [] };
  const args: Expr[] = [];
  for (let p = 0; p < length; p++) {
    const part = examples.map(({ scope }, i): Example => ({ scope, value: (split[i] as readonly string[])[p] as string }));
    const learned = tellsUnusual(learnExpr(part, { ...vocabulary, depth, slack: pieceSlack }), part);
    if (!learned) return null;
    args.push(learned.expr);
  }
  return { expr: args.length === 1 ? (args[0] as Expr) : { fn: 'concat', args }, size: length, misses: [] };
}

/**
 * Explains a text piece by piece: its numbers and the words between them each by themselves, in each form that the text takes
 * ("Nothing found", "3 results for").
 */
export function learnPieces(examples: readonly Example[], vocabulary: Vocabulary): Learned | null {
  if (examples.some(({ value }) => typeof value !== 'string')) return null;
  const forms = new Map<string, Example[]>();
  for (const example of examples) forms.set(formOf(example.value), [...(forms.get(formOf(example.value)) ?? []), example]);
  if (forms.size > mostForms) return null;
  const [main, ...others] = [...forms].sort((a, b) => b[1].length - a[1].length);
  if (!main) return null;
  const whole = learnForm(main[1], vocabulary);
  if (!whole) return null;
  return others.reduce<Learned | null>((otherwise, [form, mine]) => {
    if (!otherwise) return null;
    const takes = examples.map(({ scope, value }): Example => ({ scope, value: formOf(value) === form }));
    const test = tellsUnusual(learnExpr(takes, { ...vocabulary, terms: [], depth, slack: pieceSlack }), takes);
    if (!test || 'lit' in test.expr) return null;
    const learned = learnForm(mine, vocabulary);
    return (
      learned && { expr: { fn: 'if', args: [test.expr, learned.expr, otherwise.expr] }, size: otherwise.size + learned.size, misses: [] }
    );
  }, whole);
}
