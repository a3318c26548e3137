import type { DomNode, Value } from '@backlot/protocol';
import { markupValue } from '../markup/index.ts';
import type { Fn } from './values.ts';
import { toText } from './values.ts';

/** How a field's suggestions are picked from what may be suggested. */
export interface SuggestionWays {
  /** What of the text is completed: all of it, or its last word. */
  readonly part: 'whole' | 'word';
  readonly match: 'start' | 'any';
  /** The shortest first, or as they come. */
  readonly order: 'short' | 'given';
  readonly least: number;
  readonly most: number;
  /** Whether what stands in the field already is not suggested again. */
  readonly fresh: boolean;
}

/** Looks of a suggestion: attributes of its element (`{i}` is its place), and the element around what was typed. */
export interface SuggestionLook {
  readonly tag: string;
  readonly first: Readonly<Record<string, string>>;
  readonly rest: Readonly<Record<string, string>>;
  readonly mark: string | null;
}

const lastWord = (text: string): string => /[^\s,]*$/.exec(text)?.[0] ?? '';

/** The part of a field's text that is being completed. */
export function completedPart(text: string, part: SuggestionWays['part']): string {
  return part === 'word' ? lastWord(text) : text.trim();
}

/** What is suggested for a text, in order. */
export function suggest(candidates: readonly string[], text: string, ways: SuggestionWays): readonly string[] {
  const typed = completedPart(text, ways.part);
  if (typed.length < ways.least) return [];
  const low = typed.toLowerCase();
  const taken = new Set(ways.fresh ? text.slice(0, text.length - typed.length).split(/[\s,]+/) : []);
  const found = candidates.filter((item) => {
    const at = item.toLowerCase().indexOf(low);
    return item !== '' && !taken.has(item) && (ways.match === 'start' ? at === 0 : at >= 0);
  });
  const ordered = ways.order === 'short' ? found.toSorted((a, b) => a.length - b.length || (a < b ? -1 : a > b ? 1 : 0)) : found;
  return ordered.slice(0, ways.most);
}

function marked(item: string, typed: string, mark: string | null): readonly DomNode[] {
  const at = mark === null || typed === '' ? -1 : item.toLowerCase().indexOf(typed.toLowerCase());
  if (at < 0) return [{ text: item }];
  const parts: DomNode[] = [
    { text: item.slice(0, at) },
    { tag: mark as string, attrs: {}, children: [{ text: item.slice(at, at + typed.length) }] },
    { text: item.slice(at + typed.length) },
  ];
  return parts.filter((part) => 'tag' in part || part.text !== '');
}

/** Suggestions as the page shows them, in the form of remembered content. */
export function suggestionMarkup(items: readonly string[], typed: string, look: SuggestionLook): string {
  return markupValue(
    items.map((item, i): DomNode => {
      const own = i === 0 ? look.first : look.rest;
      const attrs = Object.fromEntries(Object.entries(own).map(([name, value]) => [name, value.replaceAll('{i}', String(i))]));
      return { tag: look.tag, attrs, children: marked(item, typed, look.mark) };
    }),
  );
}

function read<T>(value: Value | undefined): T | null {
  try {
    return JSON.parse(toText(value)) as T;
  } catch {
    return null;
  }
}

const textsOf = (value: Value | undefined): readonly string[] => (Array.isArray(value) ? (value as readonly Value[]).map(toText) : []);

/** Functions on what a field suggests while one types. Ways and looks are given as JSON. */
export const suggestionFunctions: Readonly<Record<string, Fn>> = {
  suggest: (candidates, text, ways) => {
    const how = read<SuggestionWays>(ways);
    return how ? suggest(textsOf(candidates), toText(text), how) : [];
  },
  suggestions: (...[items, text, ways, look]) => {
    const [how, shown] = [read<SuggestionWays>(ways), read<SuggestionLook>(look)];
    return how && shown ? suggestionMarkup(textsOf(items), completedPart(toText(text), how.part), shown) : '[]';
  },
  complete: (text, item, after) =>
    toText(text).slice(0, toText(text).length - lastWord(toText(text)).length) + toText(item) + toText(after),
};
