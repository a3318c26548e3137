import type { DomElement, DomNode, MarkupTag } from '@backlot/protocol';
import type { Contents, Heading } from '@backlot/world';
import { contentsOf, findAll, headingsIn, listedHeadings, markupValue, pathToElement, textOf } from '@backlot/world';
import { explainAttributes } from '../markup/explain.ts';
import type { Sighting } from '../markup/explain.ts';
import type { LearnedContents, ShownDocument } from './model.ts';

/** Share of the lists that must come out as they were shown, and of the documents that must have one just where they have enough headings. */
const most = 0.9;

type WithContents = ShownDocument & { readonly contents: NonNullable<ShownDocument['contents']> };

interface Entry {
  readonly item: DomElement;
  /** From the item down to the link. */
  readonly way: readonly DomElement[];
  readonly link: DomElement;
  readonly heading: Heading;
}

/** The headings that the links of a list lead to. */
function headingsOf({ contents: { links }, nodes }: WithContents): readonly Heading[] {
  const all = headingsIn(nodes);
  let at = 0;
  return links.map((link) => {
    const text = textOf(link).trim();
    while (all[at]?.text !== text) at += 1;
    return all[at++] as Heading;
  });
}

function entriesOf(document: WithContents): readonly Entry[] {
  const headings = headingsOf(document);
  const { list, links } = document.contents;
  return links.flatMap((link, i): readonly Entry[] => {
    const path = pathToElement(list, link);
    const at = path.findLastIndex(({ tag }) => tag === 'li' || tag === 'dd' || tag === 'dt');
    return at < 0 ? [] : [{ item: path[at] as DomElement, way: path.slice(at + 1, -1), link, heading: headings[i] as Heading }];
  });
}

type Seen = readonly { readonly attrs: Readonly<Record<string, string>>; readonly captured: Sighting['captured'] }[];

const tagOf = (tag: string, seen: Seen): MarkupTag => ({ tag, attrs: explainAttributes(seen).attrs });

const capturedOf = ({ heading, link }: Entry): Sighting['captured'] => ({
  text: heading.text,
  target: (link.attrs['href'] ?? '').slice(1),
  level: String(heading.level),
});

function wrapOf(ways: readonly (readonly DomElement[])[]): readonly MarkupTag[] {
  return (ways[0] ?? []).map((element, depth) =>
    tagOf(
      element.tag,
      ways.flatMap((way) => (way[depth] ? [{ attrs: way[depth].attrs, captured: {} }] : [])),
    ),
  );
}

/** Elements below one, as long as each is alone. */
function chain(element: DomElement): readonly DomElement[] {
  const [only, ...others] = element.children;
  return only !== undefined && 'tag' in only && others.length === 0 ? [only, ...chain(only)] : [];
}

/** Nodes without the white space between the items of lists. */
const withoutGaps = (nodes: readonly DomNode[]): readonly DomNode[] =>
  nodes.flatMap((node): readonly DomNode[] => {
    if ('tag' in node) return [{ tag: node.tag, attrs: node.attrs, children: withoutGaps(node.children) }];
    return node.text.trim() === '' ? [] : [node];
  });

/** How lists of contents are made; null where they are not all made alike. */
export function learnContents(documents: readonly ShownDocument[], ids: Pick<Contents, 'id' | 'repeat'>): LearnedContents | null {
  const listing = documents.filter((document): document is WithContents => document.contents !== null);
  const entries = listing.flatMap(entriesOf);
  const [first] = entries;
  if (!first) return null;
  const inner = listing.flatMap(({ contents: { list } }) => findAll(list, (node) => node !== list && node.tag === list.tag));
  const outer = listing.map(({ contents: { list } }) => list);
  const contents: Contents = {
    ...ids,
    levels: [...new Set(entries.map(({ heading }) => heading.level))].sort(),
    item: tagOf(
      first.item.tag,
      entries.map((entry) => ({ attrs: entry.item.attrs, captured: capturedOf(entry) })),
    ),
    wrap: wrapOf(entries.map(({ way }) => way)),
    link: tagOf(
      'a',
      entries.map((entry) => ({ attrs: entry.link.attrs, captured: capturedOf(entry) })),
    ),
    text: wrapOf(entries.map(({ link }) => chain(link))),
    list: tagOf(
      (outer[0] as DomElement).tag,
      (inner.length > 0 ? inner : outer).map(({ attrs }) => ({ attrs, captured: {} })),
    ),
  };
  const right = listing.filter(
    ({ contents: { list }, nodes }) => markupValue(withoutGaps(list.children)) === markupValue(contentsOf(nodes, contents)),
  );
  if (right.length < most * listing.length) return null;
  const counts = listing.map(({ nodes }) => listedHeadings(nodes, contents).length);
  return { contents, least: Math.min(...counts) };
}

/** True where a document has a list of contents just if it has enough headings. */
export function isTold(documents: readonly ShownDocument[], { contents, least }: LearnedContents): boolean {
  const right = documents.filter((document) => listedHeadings(document.nodes, contents).length >= least === (document.contents !== null));
  return right.length >= most * documents.length;
}
