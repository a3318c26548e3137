import type { DomElement, DomNode } from '@backlot/protocol';
import type { LearnedFurniture } from '../furniture/model.ts';
import type { Instance } from './pattern.ts';

const proseTags = new Set(
  (
    'p br em strong b i u s del ins code pre kbd samp var sub sup small mark abbr cite q a span img ul ol li dl dt dd h1 h2 h3 h4 h5 h6 ' +
    'blockquote hr table thead tbody tfoot tr th td caption colgroup col figure figcaption wbr input details summary tt font strike big'
  ).split(' '),
);
const telling = new Set([
  'p',
  'br',
  'em',
  'strong',
  'code',
  'pre',
  'blockquote',
  'h1',
  'h2',
  'h3',
  'h4',
  'h5',
  'h6',
  'mark',
  'del',
  'ul',
  'ol',
]);

/** Share of elements with a class from which on they are parts of the page: people's texts have few. */
const fewClasses = 0.35;

const tagsIn = (nodes: readonly DomNode[], into = new Set<string>()): ReadonlySet<string> => {
  for (const node of nodes) {
    if (!('tag' in node)) continue;
    into.add(node.tag === 'input' && node.attrs['type'] !== 'checkbox' ? 'input!' : node.tag);
    tagsIn(node.children, into);
  }
  return into;
};

function countClasses(nodes: readonly DomNode[], into: { all: number; classed: number }): void {
  for (const node of nodes) {
    if (!('tag' in node)) continue;
    into.all++;
    if ((node.attrs['class'] ?? '').trim() !== '') into.classed++;
    countClasses(node.children, into);
  }
}

/** How elements lie in each other, by their tags alone. */
export const outline = (nodes: readonly DomNode[]): string =>
  nodes.map((node) => ('tag' in node ? `${node.tag}(${outline(node.children)})` : '#')).join('');

/** Inline content may come in as many forms as this before it counts as written text rather than as parts of the page. */
const fewForms = 2;

/** Elements that stand where some page shows documents, and those that were found to show one. */
export interface Documents {
  readonly alike: Pick<WeakSet<DomElement>, 'has'>;
  readonly shown: Pick<WeakSet<DomElement>, 'has'>;
  /** What the application adds to them, where anything is known of that. */
  readonly furniture?: LearnedFurniture;
}

/** No element shows a document. */
export const noDocuments: Documents = { alike: new WeakSet(), shown: new WeakSet() };

/** Pages that show something else where others show documents have none that is shown. */
export function areDocuments(nodes: ReadonlyMap<Instance, DomElement>, { alike, shown }: Documents): boolean {
  const all = [...nodes.values()];
  return all.some((node) => shown.has(node)) && all.filter((node) => alike.has(node)).length * 2 > all.length;
}

/**
 * True where the occurrences of an element hold written text: known documents, or paragraphs, emphasis, links, lists in forms that
 * differ from one to the next. Such content is one value, not a template.
 */
export function isProse(nodes: ReadonlyMap<Instance, DomElement>, documents: Documents = noDocuments): boolean {
  return areDocuments(nodes, documents) || isWritten(nodes);
}

function isWritten(nodes: ReadonlyMap<Instance, DomElement>): boolean {
  const forms = new Set<string>();
  const tags = new Set<string>();
  const counts = { all: 0, classed: 0 };
  const seen = new Set<DomElement>();
  for (const node of nodes.values()) {
    if (seen.has(node)) continue;
    seen.add(node);
    for (const tag of tagsIn(node.children)) if (!proseTags.has(tag)) return false;
    tagsIn(node.children, tags);
    countClasses(node.children, counts);
    forms.add(outline(node.children));
  }
  return counts.classed <= fewClasses * counts.all && forms.size > fewForms && [...tags].some((tag) => telling.has(tag));
}
