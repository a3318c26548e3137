import type { DomElement, DomNode } from '@backlot/protocol';
import type { Furniture, Piece } from '@backlot/world';
import { findAll, furnish, headingsIn, isPiece, isTool, parseAddress, tidy, unfurnish } from '@backlot/world';
import { explainAttributes, explainValue } from '../markup/explain.ts';
import type { Sighting } from '../markup/explain.ts';
import { outline } from '../template/prose.ts';
import type { LearnedFurniture, ShownDocument } from './model.ts';

/** Share of the documents with tools whose tools must stand where they are said to. */
const most = 0.9;
const fewest = 2;

interface Seen {
  readonly tool: DomElement;
  readonly captured: Sighting['captured'];
}

type Marks = Omit<Furniture, 'tools'>;
type Naming = LearnedFurniture['naming'];

interface Placed {
  readonly tool: DomElement;
  /** How many headings are before it. */
  readonly after: number;
}

/** The tools of a document, outermost. */
function toolsIn(nodes: readonly DomNode[], levels: readonly number[]): readonly Placed[] {
  const found: Placed[] = [];
  let after = 0;
  const visit = (node: DomNode): void => {
    if (!('tag' in node)) return;
    if (isTool(node)) found.push({ tool: node, after });
    else {
      if (/^h[1-6]$/.test(node.tag) && levels.includes(Number(node.tag.slice(1)))) after += 1;
      node.children.forEach(visit);
    }
  };
  nodes.forEach(visit);
  return found;
}

/** True for a document that has tools built as a piece is. */
export function hasTools(nodes: readonly DomNode[], piece: Piece): boolean {
  return nodes.some((node) => 'tag' in node && (isPiece(node, piece) || hasTools(node.children, piece)));
}

/** How a tool is built. */
const shapeOf = ({ tag, attrs, children }: DomElement): string =>
  `${tag}.${(attrs['class'] ?? '').replace(/\d+/g, '0')}${outline(children)}`;

interface Equipped extends ShownDocument {
  readonly tools: readonly Placed[];
}

/** Documents with the tools that are built alike in most of them, and only those. */
function equippedAmong(documents: readonly ShownDocument[], levels: readonly number[]): readonly Equipped[] {
  const all = documents.map((document): Equipped => ({ ...document, tools: toolsIn(document.nodes, levels) }));
  const counts = new Map<string, number>();
  for (const { tools } of all)
    for (const shape of new Set(tools.filter(({ after }) => after > 0).map(({ tool }) => shapeOf(tool))))
      counts.set(shape, (counts.get(shape) ?? 0) + 1);
  const [usual] = [...counts].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))[0] ?? [];
  return all.flatMap((document) => {
    const tools = document.tools.filter(({ tool }) => shapeOf(tool) === usual);
    return tools.length > 0 ? [{ ...document, tools }] : [];
  });
}

function seenIn({ nodes, url, tools }: Equipped, marks: Marks, naming: Naming): readonly Seen[] {
  const headings = headingsIn(nodes).filter(({ level }) => marks.levels.includes(level));
  return tools.flatMap(({ tool, after }): readonly Seen[] => {
    const heading = headings[after - 1];
    if (!heading) return [];
    const name = naming ? parseAddress(url).query[naming.param] || naming.otherwise : '';
    const target = heading.element.attrs['id'] ?? '';
    return [{ tool, captured: { text: heading.text, target, level: String(after), ...(naming ? { info: name } : {}) } }];
  });
}

const isElement = (node: DomNode): node is DomElement => 'tag' in node;

/** One piece that all the tools are, where they are built alike. */
function pieceOf(seen: readonly (Seen & { readonly node: DomElement })[]): Piece {
  const nodes = seen.map(({ node }) => node);
  const [first] = nodes as [DomElement];
  const { attrs } = explainAttributes(seen.map(({ node, captured }) => ({ attrs: node.attrs, captured })));
  const children = first.children.map((child, i): Piece['children'][number] => {
    if (isElement(child)) return pieceOf(seen.map((one) => ({ ...one, node: one.node.children[i] as DomElement })));
    const texts = seen.map(({ node, captured }) => ({ value: (node.children[i] as { text: string }).text, captured }));
    return { text: explainValue(texts).parts };
  });
  return { tag: first.tag, attrs, children };
}

/** The parameter whose value most tools name in a field of theirs. */
function namingOf(documents: readonly Equipped[]): Naming {
  const counts = new Map<string, number>();
  const blank = new Map<string, number>();
  for (const { tools, url } of documents) {
    const { query } = parseAddress(url);
    const [one] = tools as readonly [Placed, ...Placed[]];
    const values = findAll(one.tool, ({ tag }) => tag === 'input').map(({ attrs }) => [attrs['name'] ?? '', attrs['value'] ?? ''] as const);
    for (const [param, value] of Object.entries(query)) {
      if (value !== '' && values.some(([name, said]) => name === param && said === value)) counts.set(param, (counts.get(param) ?? 0) + 1);
    }
    for (const [name, value] of values)
      if (query[name] === undefined) blank.set(`${name}\n${value}`, (blank.get(`${name}\n${value}`) ?? 0) + 1);
  }
  const byCount = (a: readonly [string, number], b: readonly [string, number]): number => b[1] - a[1] || (a[0] < b[0] ? -1 : 1);
  const [param] = [...counts].sort(byCount)[0] ?? [];
  if (param === undefined) return undefined;
  const otherwise =
    [...blank]
      .sort(byCount)
      .find(([name]) => name.startsWith(`${param}\n`))?.[0]
      .slice(param.length + 1) ?? '';
  return { param, otherwise };
}

/** What stands behind the last tool of documents, where it is always the same kind of element. */
function tailOf(documents: readonly Equipped[]): Furniture['tail'] {
  const behind = documents.flatMap(({ nodes, tools }) => {
    const last = nodes.findLastIndex((node) => tools.some(({ tool }) => tool === node));
    return last < 0 ? [] : nodes.slice(last + 1).filter((node) => isElement(node) || node.text.trim() !== '');
  });
  const kinds = new Set(behind.map((node) => (isElement(node) ? `${node.tag}.${node.attrs['class'] ?? ''}` : '')));
  const [first] = behind;
  return first && isElement(first) && kinds.size === 1 ? { tag: first.tag, class: first.attrs['class'] ?? '' } : undefined;
}

/** The tools that documents have after their sections; null where they have none, or not there. */
export function learnTools(documents: readonly ShownDocument[], marks: Marks): LearnedFurniture | null {
  const equipped = equippedAmong(documents, marks.levels);
  if (equipped.length < fewest) return null;
  const naming = namingOf(equipped);
  const seen = equipped.flatMap((document) => seenIn(document, marks, naming));
  const tools = pieceOf(seen.map((one) => ({ ...one, node: one.tool })));
  const tail = tailOf(equipped);
  const furniture = { ...marks, tools, ...(tail ? { tail } : {}) };
  const right = equipped.filter(({ nodes }) => {
    const again = furnish(unfurnish(nodes, furniture), furniture, { isFurnished: true, name: '' });
    return outline(again) === outline(tidy(nodes));
  });
  return right.length < most * equipped.length ? null : { furniture, ...(naming ? { naming } : {}) };
}
