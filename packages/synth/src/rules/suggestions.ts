import type { DomElement, DomNode, Expr, Value } from '@backlot/protocol';
import type { SuggestionLook, SuggestionWays } from '@backlot/world';
import { completedPart, evaluate, readMarkupValue, suggest, suggestionMarkup, textOf, toText } from '@backlot/world';
import type { TableModel } from '../state/tables.ts';
import type { Given } from './value.ts';

/** What a field suggests while one types: the texts, and their markup. */
export interface LearnedSuggestions {
  readonly items: Expr;
  readonly markup: Expr;
}

interface Shown {
  readonly given: Given;
  readonly text: string;
  readonly elements: readonly DomElement[];
  readonly items: readonly string[];
}

/** Share of occasions that must show just what is suggested. */
const enough = 0.7;
const fewest = 2;

const isElement = (node: DomNode): node is DomElement => 'tag' in node;

function shownIn(given: Given): Shown | null {
  const nodes = readMarkupValue(toText(given.value));
  const elements = nodes.filter(isElement);
  if (elements.length !== nodes.length || new Set(elements.map(({ tag }) => tag)).size > 1) return null;
  return { given, text: toText(given.scope.args['value'] ?? null), elements, items: elements.map((element) => textOf(element).trim()) };
}

function attributesAt(elements: readonly DomElement[], i: number): Record<string, string> {
  const attrs = elements[i]?.attrs ?? {};
  return Object.fromEntries(
    Object.entries(attrs).map(([name, value]) => [name, value.replace(new RegExp(`\\b${i}\\b|(?<=_)${i}$`), '{i}')]),
  );
}

function lookOf(shown: readonly Shown[]): SuggestionLook | null {
  const some = shown.filter(({ elements }) => elements.length > 0).toSorted((a, b) => b.elements.length - a.elements.length);
  const longest = some[0]?.elements;
  if (!longest) return null;
  const mark = longest[0]?.children.find(isElement)?.tag ?? null;
  const first = attributesAt(longest, 0);
  return { tag: (longest[0] as DomElement).tag, first, rest: longest.length > 1 ? attributesAt(longest, 1) : first, mark };
}

/** Everything that records of the tables say, by column, in the orders in which it may be suggested. */
function candidateLists(tables: readonly TableModel[]): readonly Expr[] {
  const columns = tables.flatMap((table) =>
    table.columns.filter((column) => column.type !== 'boolean' && !column.owner).map((column) => ({ table, column })),
  );
  return columns.flatMap(({ table, column }): Expr[] => {
    const cell: Expr = { col: column.name, of: 'q' };
    const get: Expr = column.type === 'list' ? { fn: 'firsts', args: [cell] } : cell;
    const all: Expr = { fn: 'flat', args: [{ collect: { from: table.name, as: 'q' }, get }] };
    return [{ fn: 'byCount', args: [all] }];
  });
}

const ways = (most: number): readonly SuggestionWays[] =>
  (['word', 'whole'] as const).flatMap((part) =>
    (['any', 'start'] as const).flatMap((match) =>
      (['short', 'given'] as const).flatMap((order) =>
        [1, 2, 3].flatMap((least) => [true, false].map((fresh): SuggestionWays => ({ part, match, order, least, most, fresh }))),
      ),
    ),
  );

/** Learns what a field suggests; null where what was shown cannot be picked from what records say. */
export function learnSuggestions(given: readonly Given[], tables: readonly TableModel[]): LearnedSuggestions | null {
  const shown = given.map(shownIn).filter((each) => each !== null) as Shown[];
  const look = lookOf(shown);
  const some = shown.filter(({ items }) => items.length > 0);
  if (!look || shown.length < given.length || some.length < fewest) return null;
  const most = Math.max(...some.map(({ items }) => items.length), 5);
  let best: { readonly list: Expr; readonly way: SuggestionWays; readonly right: number } | null = null;
  for (const list of candidateLists(tables)) {
    const known = shown
      .map(({ given: { scope } }) => evaluate(list, scope))
      .map((value: Value) => (Array.isArray(value) ? (value as readonly Value[]).map(toText) : []));
    for (const way of ways(most)) {
      const right = shown.filter(({ text, items }, i) => suggest(known[i] ?? [], text, way).join('\n') === items.join('\n')).length;
      if (!best || right > best.right) best = { list, way, right };
    }
  }
  if (!best || best.right < enough * shown.length) return null;
  const { way, list } = best;
  const exact = some.filter(
    ({ given: { value }, text, items }) => suggestionMarkup(items, completedPart(text, way.part), look) === toText(value),
  ).length;
  if (exact * 2 < some.length) return null;
  const typed: Expr = { arg: 'value' };
  const items: Expr = { fn: 'suggest', args: [list, typed, { lit: JSON.stringify(way) }] };
  return { items, markup: { fn: 'suggestions', args: [items, typed, { lit: JSON.stringify(way) }, { lit: JSON.stringify(look) }] } };
}
