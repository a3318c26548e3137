import type { DomElement, DomNode } from '@backlot/protocol';
import { learnFurniture } from '../furniture/learn.ts';
import { isFixed } from '../template/fixed-name.ts';
import { outline, type Documents } from '../template/prose.ts';
import type { View } from '../views.ts';
import { wordsIn } from '../words-in.ts';

/** Different words that a text must have to be told from others by them. */
const fewestWords = 8;
/** Share of a source's words that what it is shown as has, in its text or its addresses. */
const covered = 0.85;
/** Share of the words that an element shows which must come from the source. */
const own = 0.6;
/** Different sources that must be shown at a place. */
const fewestSources = 2;
/** Share of the sources shown inside a place that must be shown by the whole of it. */
const wholeShare = 0.15;

interface Words {
  readonly shown: ReadonlySet<string>;
  /** Words of addresses and descriptions as well. */
  readonly all: ReadonlySet<string>;
  readonly fields: boolean;
}

const describing = ['href', 'src', 'alt', 'title'];
const known = new WeakMap<DomElement, Words>();

function wordsOf(element: DomElement): Words {
  const found = known.get(element);
  if (found) return found;
  const [shown, all] = [new Set<string>(), new Set<string>()];
  for (const name of describing) for (const word of wordsIn(element.attrs[name] ?? '')) all.add(word);
  let fields = element.tag === 'textarea' || element.tag === 'select';
  for (const child of fields ? [] : element.children) {
    const inside = 'text' in child ? { shown: wordsIn(child.text), all: [], fields: false } : wordsOf(child);
    for (const word of inside.shown) shown.add(word);
    for (const word of inside.all) all.add(word);
    fields ||= inside.fields;
  }
  for (const word of shown) all.add(word);
  const made = { shown, all, fields };
  known.set(element, made);
  return made;
}

/** Texts that a page holds to be edited, each as its words. */
function sourcesIn(node: DomNode, into: Map<string, ReadonlySet<string>>): void {
  if ('text' in node) return;
  if (node.tag === 'textarea') {
    const text = node.attrs['value'] ?? '';
    const words = new Set(wordsIn(text));
    if (words.size >= fewestWords) into.set(text, words);
  }
  for (const child of node.children) sourcesIn(child, into);
}

const share = (some: ReadonlySet<string>, of: ReadonlySet<string>): number => {
  let count = 0;
  for (const word of some) if (of.has(word)) count++;
  return some.size === 0 ? 0 : count / some.size;
};

/** How an element is spelled as part of a place, and as the place itself. */
const passed = ({ tag, attrs }: DomElement): string => `${tag}${isFixed(attrs['id']) ? `#${attrs['id']}` : ''}`;
const named = (element: DomElement): string =>
  `${passed(element)}.${(element.attrs['class'] ?? '').split(/\s+/).filter(isFixed).sort().join('.')}`;

/** Elements that are a piece of written text, never the whole of one. */
const pieces = new Set('p span em strong b i u h1 h2 h3 h4 h5 h6 li ul ol pre code blockquote td tr tbody table dd dt dl a'.split(' '));

/** The smallest element that shows a source and is no mere piece of it, after those that it lies in. */
function shownBy(root: DomElement, source: ReadonlySet<string>): readonly DomElement[] | null {
  if (share(source, wordsOf(root).all) < covered) return null;
  const path = [root];
  const inner = (element: DomElement): DomElement | undefined =>
    element.children.find((child): child is DomElement => 'tag' in child && share(source, wordsOf(child).all) >= covered);
  for (let next = inner(root); next; next = inner(next)) path.push(next);
  const words = wordsOf(path.at(-1) as DomElement);
  if (words.fields || share(words.shown, source) < own) return null;
  const whole = path.findLastIndex((element) => !pieces.has(element.tag));
  return wordsOf(path[whole] as DomElement).shown.size === words.shown.size ? path.slice(0, whole + 1) : path;
}

const placeOf = (path: readonly DomElement[]): string => [...path.slice(0, -1).map(passed), named(path.at(-1) as DomElement)].join('/');

/** How often elements at one place were found to show a source. */
interface Votes {
  /** The elements above, with the place itself as one of those that lie above others. */
  readonly passed: string;
  readonly sources: Set<string>;
  readonly outlines: Set<string>;
  readonly elements: Set<DomElement>;
}

function vote(votes: Map<string, Votes>, source: string, path: readonly DomElement[]): void {
  const place = placeOf(path);
  const at = votes.get(place) ?? { passed: path.map(passed).join('/'), sources: new Set(), outlines: new Set(), elements: new Set() };
  votes.set(place, at);
  at.sources.add(source);
  const element = path.at(-1) as DomElement;
  at.outlines.add(outline(element.children));
  at.elements.add(element);
}

function votesOf(views: readonly View[]): ReadonlyMap<string, Votes> {
  const votes = new Map<string, Votes>();
  for (const mine of Map.groupBy(views, ({ session }) => session).values()) {
    const roots = new Set(mine.map(({ root }) => root));
    const sources = new Map<string, ReadonlySet<string>>();
    for (const root of roots) sourcesIn(root, sources);
    for (const [text, words] of sources) {
      for (const root of roots) {
        const path = shownBy(root, words);
        if (path) vote(votes, text, path);
      }
    }
  }
  return votes;
}

/** The places that show whole sources, in more than one form; those inside another show pieces of what that shows. */
function chosen(votes: ReadonlyMap<string, Votes>): ReadonlySet<string> {
  const places = [...votes].filter(([place, { passed: above, sources, outlines }]) => {
    const inside = new Set(
      [...votes].flatMap(([other, { sources: more }]) => (other === place || other.startsWith(`${above}/`) ? [...more] : [])),
    );
    return sources.size >= fewestSources && outlines.size > 1 && sources.size >= wholeShare * inside.size;
  });
  const outer = places.filter(([place]) => !places.some(([other, { passed: above }]) => other !== place && place.startsWith(`${above}/`)));
  return new Set(outer.map(([place]) => place));
}

function mark(
  path: readonly DomElement[],
  places: { readonly chosen: ReadonlySet<string>; readonly ways: ReadonlySet<string> },
  into: Set<DomElement>,
): void {
  const element = path.at(-1) as DomElement;
  if (places.chosen.has(placeOf(path))) into.add(element);
  else if (places.ways.has(path.map(passed).join('/'))) {
    for (const child of element.children) if ('tag' in child) mark([...path, child], places, into);
  }
}

/**
 * Finds where pages show documents, and the documents there: elements whose words are those of a text that some page of the same session
 * holds to be edited, whatever markup makes of it.
 */
export function documentsIn(views: readonly View[]): Documents {
  const { alike, shown } = elementsIn(views);
  const furniture = learnFurniture(alike);
  return { alike, shown, ...(furniture ? { furniture } : {}) };
}

/** Elements where pages show documents, each with the first page that has it, and those that were found to show one. */
function elementsIn(views: readonly View[]): { readonly alike: ReadonlyMap<DomElement, View>; readonly shown: ReadonlySet<DomElement> } {
  const votes = votesOf(views);
  const places = chosen(votes);
  const ways = new Set([...places].flatMap((place) => place.split('/').map((_, i, steps) => steps.slice(0, i).join('/'))));
  const shown = new Set([...places].flatMap((place) => [...(votes.get(place)?.elements ?? [])]));
  const alike = new Map<DomElement, View>();
  for (const view of places.size > 0 ? views : []) {
    const found = new Set<DomElement>();
    mark([view.root], { chosen: places, ways }, found);
    for (const element of found) if (!alike.has(element)) alike.set(element, view);
  }
  return { alike, shown };
}
