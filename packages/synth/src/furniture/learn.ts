import type { DomElement } from '@backlot/protocol';
import type { View } from '../views.ts';
import { contentsIn } from './find-contents.ts';
import { isTold, learnContents } from './learn-contents.ts';
import { learnMarks } from './learn-marks.ts';
import { learnTools } from './learn-tools.ts';
import type { LearnedFurniture, ShownDocument } from './model.ts';

function shown(element: DomElement, view: View): ShownDocument {
  const contents = contentsIn(element);
  return { element, url: view.url, contents, nodes: element.children.filter((child) => child !== contents?.part) };
}

/**
 * What an application adds to the documents that it shows, the same way to all: ids and numbers of headings, tools behind sections, a
 * list of contents before it all. Null where nothing of it was found.
 */
export function learnFurniture(documents: ReadonlyMap<DomElement, View>): LearnedFurniture | null {
  const all = [...documents].map(([element, view]) => shown(element, view));
  const marks = learnMarks(all);
  const contents = learnContents(all, marks);
  const listing = contents !== null && isTold(all, contents) ? { contents } : {};
  const equipped = learnTools(all, marks);
  if (equipped) return { ...equipped, ...listing };
  const isMarked = marks.id !== undefined || marks.numbered !== undefined;
  return isMarked || contents ? { furniture: marks, ...listing } : null;
}
