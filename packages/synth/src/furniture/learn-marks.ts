import type { MarkupPart } from '@backlot/protocol';
import type { Furniture, Heading } from '@backlot/world';
import { headingsIn, spell } from '@backlot/world';
import { explainValue } from '../markup/explain.ts';
import type { ShownDocument } from './model.ts';

/** Share of the headings whose marks must follow. */
const most = 0.9;
const fewest = 3;

type Marks = Pick<Furniture, 'id' | 'repeat' | 'numbered' | 'levels'>;

const none: Marks['repeat'] = { by: '', from: 1 };

interface Known {
  readonly heading: Heading;
  readonly id: string;
}

/** Ids that headings have, or that links lead to which list them. */
function idsOf({ nodes, contents }: ShownDocument): readonly Known[] {
  const all = headingsIn(nodes);
  const linked = new Map<Heading, string>();
  let at = 0;
  for (const link of contents?.links ?? []) {
    const text = link.children.length > 0 ? textIn(link) : '';
    const found = all.findIndex((heading, i) => i >= at && heading.text === text);
    if (found < 0) continue;
    linked.set(all[found] as Heading, (link.attrs['href'] ?? '').slice(1));
    at = found + 1;
  }
  return all.flatMap((heading) => {
    const id = heading.element.attrs['id'] ?? linked.get(heading);
    return id === undefined ? [] : [{ heading, id }];
  });
}

const textIn = (node: Heading['element']): string =>
  node.children
    .map((child) => ('text' in child ? child.text : textIn(child)))
    .join('')
    .trim();

/** How ids follow from the texts of headings, and what another of the same text has behind it. */
function idMarks(documents: readonly ShownDocument[]): Pick<Marks, 'id' | 'repeat'> {
  const known = documents.map(idsOf);
  const firsts = known.flatMap((ids) =>
    ids.filter(({ heading }, i) => ids.findIndex((other) => other.heading.text === heading.text) === i),
  );
  if (firsts.length < fewest) return { repeat: none };
  const { parts, explained } = explainValue(firsts.map(({ heading, id }) => ({ value: id, captured: { text: heading.text } })));
  if (typeof parts === 'string' || explained < most * firsts.length) return { repeat: none };
  const spelled = (text: string): string => parts.map((part) => (typeof part === 'string' ? part : spell(part.how, text))).join('');
  const seconds = known.flatMap((ids) =>
    ids
      .filter(({ heading }, i) => ids.findIndex((other) => other.heading.text === heading.text) < i)
      .map(({ heading, id }) => id.slice(spelled(heading.text).length)),
  );
  const [, by = '', from = '1'] = /^(\D*)(\d+)$/.exec(seconds[0] ?? '') ?? [];
  return { id: parts as readonly MarkupPart[], repeat: { by, from: Number(from) } };
}

/** The number behind a class of a heading, by the class. */
function numbersOf({ element }: Heading): ReadonlyMap<string, number> {
  const found = (element.attrs['class'] ?? '').split(/\s+/).flatMap((token) => {
    const match = /^(\D+)(\d+)$/.exec(token);
    return match ? [[match[1] as string, Number(match[2])] as const] : [];
  });
  return new Map(found);
}

/** The class by which headings are counted, and the levels of those that are. */
function numberMarks(documents: readonly ShownDocument[]): Pick<Marks, 'numbered' | 'levels'> {
  const rows = documents.map(({ nodes }) => headingsIn(nodes));
  const names = [...new Set(rows.flat().flatMap((heading) => [...numbersOf(heading).keys()]))].sort();
  for (const name of names) {
    const counted = rows.map((row) => row.filter((heading) => numbersOf(heading).has(name)));
    const right = counted.flatMap((row) => row.filter((heading, i) => numbersOf(heading).get(name) === i + 1));
    const all = counted.flat();
    const isCount = all.some((heading) => (numbersOf(heading).get(name) ?? 0) > 1);
    if (isCount && right.length >= most * all.length) return { numbered: name, levels: levelsOf(all) };
  }
  return { levels: levelsOf(rows.flat()) };
}

const levelsOf = (headings: readonly Heading[]): readonly number[] => [...new Set(headings.map(({ level }) => level))].sort();

/** What headings are marked with that follows from their text and place. */
export function learnMarks(documents: readonly ShownDocument[]): Marks {
  return { ...idMarks(documents), ...numberMarks(documents) };
}
