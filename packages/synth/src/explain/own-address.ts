import type { Expr } from '@backlot/protocol';
import { toBoolean, toText } from '@backlot/world';
import { call } from '../call.ts';
import { decoded, partsOf } from '../state/address-parts.ts';
import type { Hole } from '../template/holes.ts';
import { knownValue } from './known-values.ts';
import type { Example, Learned, Vocabulary } from './learn-expr.ts';

const addresses = new Set(['href', 'action', 'formaction']);

/** Share of the occasions that a part may be off: recorders catch pages in the middle of a change. */
const slack = 0.02;

/** A page's own address, as an expression. */
export const ownAddress: Expr = call('concat', { loc: 'path' }, { lit: '?' }, { loc: 'search' });

/** Ways to write a text into an address, the safest first: where words are plain, all of them fit. */
const spellings = [(term: Expr): Expr => call('encode', term), (term: Expr): Expr => call('encodeQuery', term), (term: Expr): Expr => term];

/** The terms that only repeat what the address asks for. */
export const saidByAddress = (terms: readonly Expr[]): readonly Expr[] =>
  terms.filter((term) => JSON.stringify(term).includes('"param"') && !('count' in term || 'first' in term || 'sum' in term));

/** What the address says that stands in a part of all these, spelled as it is there; null where nothing does. */
function termFor(parts: readonly string[], examples: readonly Example[], terms: readonly Expr[]): Expr | null {
  const most = (1 - slack) * parts.length;
  const share = (expr: Expr, read: (part: string) => string): number =>
    examples.filter(({ scope }, i) => toText(knownValue(expr, scope)) === read(parts[i] as string)).length;
  const found = terms.find((term) => share(term, decoded) >= most);
  return found
    ? (spellings.map((spell) => spell(found)).find((expr) => share(expr, (part) => part) >= most) ?? call('encodeQuery', found))
    : null;
}

/** What an application makes up to know its own forms and links again: which one it is tells nothing. */
const isToken = (part: string): boolean => /^[0-9a-f]{16,}$/.test(part);

/** Most conditions that are tried for telling one link from another. */
const mostConditions = 8;

/** True for whether the address asks for a thing at all. */
const asksFor = (test: Expr): boolean => 'fn' in test && test.fn === 'isBlank' && test.args[0] !== undefined && 'param' in test.args[0];

/** Two links in one place: what else the address asks for tells which it is, or a register does. Only where nothing tells all may some be odd. */
export function asEitherAddress(hole: Hole, examples: readonly Example[], { terms, tests }: Vocabulary): Learned | null {
  const asked = tests.filter(asksFor).slice(0, mostConditions);
  const held = tests.filter((one) => 'reg' in one).slice(0, mostConditions);
  for (const odd of [0, slack * examples.length]) {
    for (const test of [...asked, ...held]) {
      const told = toldBy(test, { hole, examples, said: { terms, odd } });
      if (told) return told;
    }
  }
  return null;
}

function toldBy(
  test: Expr,
  { hole, examples, said }: { readonly hole: Hole; readonly examples: readonly Example[]; readonly said: Required<Said> },
): Learned | null {
  const holds = ({ scope }: Example): boolean => toBoolean(knownValue(test, scope));
  const yes = examples.filter(holds);
  const no = examples.filter((example) => !holds(example));
  if (yes.length === 0 || no.length === 0) return null;
  const [one, other] = [asOwnAddress(hole, yes, said), asOwnAddress(hole, no, said)];
  const missed = [...(one?.misses.map((i) => yes[i]) ?? []), ...(other?.misses.map((i) => no[i]) ?? [])];
  const misses = missed.map((example) => examples.indexOf(example as Example)).sort((a, b) => a - b);
  return one && other && misses.length <= said.odd ? { expr: { fn: 'if', args: [test, one.expr, other.expr] }, size: 1, misses } : null;
}

/** Numbers of the links that have the commonest number of parts, and of the others. */
function byLength(examples: readonly Example[]): { readonly alike: readonly number[]; readonly others: readonly number[] } {
  const numbers = examples.map((_, i) => i);
  const groups = Map.groupBy(numbers, (i) => partsOf(toText((examples[i] as Example).value)).length);
  const [alike = [], ...others] = [...groups.values()].toSorted((a, b) => b.length - a.length);
  return { alike, others: others.flat() };
}

/** What a link may be said in, and how many may be others. */
interface Said {
  readonly terms: readonly Expr[];
  readonly odd?: number;
}

/**
 * A link that asks for what the page's own address asks for, with some of it changed: the next page, another order, the same in another
 * form. Each part of it is fixed or said by the address. Null where a part is neither; `odd` links may be others.
 */
export function asOwnAddress({ kind, name }: Hole, examples: readonly Example[], { terms, odd = 0 }: Said): Learned | null {
  if (kind !== 'attribute' || !addresses.has(name)) return null;
  const said = saidByAddress(terms);
  const { alike, others } = byLength(examples);
  const links = alike.map((i) => examples[i] as Example);
  const split = links.map(({ value }) => partsOf(toText(value)));
  const length = split[0]?.length ?? 0;
  if (said.length === 0 || length < 2 || others.length > odd) return null;
  const args: Expr[] = [];
  for (let p = 0; p < length; p++) {
    const parts = split.map((each) => each[p] as string);
    const first = parts[0] as string;
    const isFixed = parts.every((part) => part === first) || parts.every(isToken);
    const expr: Expr | null = isFixed ? { lit: first } : termFor(parts, links, said);
    if (!expr) return null;
    args.push(expr);
  }
  return { expr: { fn: 'concat', args }, size: 1, misses: others };
}
