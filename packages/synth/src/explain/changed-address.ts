import type { Expr } from '@backlot/protocol';
import { evaluate, parseAddress, toText } from '@backlot/world';
import { call } from '../call.ts';
import type { Hole } from '../template/holes.ts';
import { knownValue } from './known-values.ts';
import type { Example, Learned } from './learn-expr.ts';
import { ownAddress } from './own-address.ts';

/** Share of the occasions that a link may be off: recorders catch pages in the middle of a change. */
const slack = 0.02;
/** A link that changes more than this of what its page asks for is another link. */
const mostChanges = 4;
/** How many different addresses must be seen, and on how many of them the link must keep something that was asked for. */
const fewestAddresses = 2;

/** What a link asks for, the page's own question beside it. */
interface Seen {
  readonly example: Example;
  readonly link: string;
  readonly own: Readonly<Record<string, string>>;
  readonly asks: Readonly<Record<string, string>>;
}

function seenIn(example: Example): Seen | null {
  const link = toText(example.value);
  const here = toText(knownValue(ownAddress, example.scope));
  const [to, from] = [parseAddress(link), parseAddress(here)];
  return to.path === from.path ? { example, link, own: from.query, asks: to.query } : null;
}

/** Names of what the links change of their pages' questions. */
function changedNames(seen: readonly Seen[]): readonly string[] {
  const names = new Set<string>();
  for (const { own, asks } of seen) {
    for (const name of [...Object.keys(own), ...Object.keys(asks)]) if (own[name] !== asks[name]) names.add(name);
  }
  return [...names].sort();
}

/** What a name is set to by all links: a text, nothing, or what a term says; null where none fits. */
function settingOf(name: string, seen: readonly Seen[], terms: readonly Expr[]): Expr | null {
  const values = seen.map(({ asks }) => asks[name] ?? '');
  const most = (1 - slack) * values.length;
  const says = (expr: Expr): boolean =>
    seen.filter(({ example }, i) => toText(knownValue(expr, example.scope)) === values[i]).length >= most;
  const constants = [...new Set(values)].map((lit): Expr => ({ lit }));
  return [...(constants.length <= 2 ? constants : []), ...terms].find(says) ?? null;
}

/** Ways in which applications spell such a link: names as they stood or in order, with a question mark even where nothing is asked. */
const spellings: readonly ((expr: Expr) => Expr)[] = [
  (expr) => expr,
  (expr) => call('sortQuery', expr),
  (expr) => call('concat', call('pathOf', expr), { lit: '?' }, call('queryOf', expr)),
  (expr) => call('concat', call('pathOf', expr), { lit: '?' }, call('queryOf', call('sortQuery', expr))),
];

/**
 * A link that asks for what its page's own address asks for, with some of it set or left out: a filter beside others, an order, a way
 * back to all. Learned from links at several addresses; null where a link leads to another page, or no change says them all.
 */
export function asChangedAddress({ kind, name }: Hole, examples: readonly Example[], terms: readonly Expr[]): Learned | null {
  if (kind !== 'attribute' || name !== 'href') return null;
  const seen = examples.map(seenIn);
  const links = seen.filter((one) => one !== null);
  if (links.length < examples.length || !keepsSome(links)) return null;
  const names = changedNames(links);
  if (names.length === 0 || names.length > mostChanges) return null;
  const settings = names.map((changed) => settingOf(changed, links, terms));
  if (settings.includes(null)) return null;
  const changed = names.reduce<Expr>((to, each, i) => call('withQuery', to, { lit: each }, settings[i] as Expr), ownAddress);
  for (const expr of spellings.map((spell) => spell(changed))) {
    const misses = links.flatMap(({ example, link }, i) => (toText(evaluate(expr, example.scope)) === link ? [] : [i]));
    if (misses.length <= slack * links.length) return { expr, size: names.length, misses };
  }
  return null;
}

/** True where links are seen at several addresses, and keep what some of those ask for. */
function keepsSome(seen: readonly Seen[]): boolean {
  const addresses = new Set(seen.map(({ own }) => JSON.stringify(own)));
  const kept = seen.some(({ own, asks }) => Object.keys(own).some((name) => own[name] === asks[name]));
  return addresses.size >= fewestAddresses && kept;
}
