import type { DomElement } from '@backlot/protocol';
import { findAll } from '@backlot/world';
import { isKey, pathOf } from '../pages/routes.ts';
import { countMarks, shapeOf, type Shape } from '../pages/shape.ts';
import type { View } from '../views.ts';
import { headingOf } from './headed.ts';

/** Dialogs with less of all their marks in common are of different kinds. */
const leastAlike = 0.25;

/** Dialogs under one heading. */
interface Headed {
  readonly heading: string;
  readonly dialogs: DomElement[];
  /** How many of them stand at the address of a record. */
  atRecords: number;
}

const isDialog = ({ tag, attrs }: DomElement): boolean => tag === 'dialog' || attrs['role'] === 'dialog' || attrs['role'] === 'alertdialog';

const isAtRecord = ({ url }: View): boolean => pathOf(url).split('/').some(isKey);

function byHeading(views: readonly View[]): readonly Headed[] {
  const known = new Map<string, Headed>();
  for (const view of views) {
    for (const dialog of findAll(view.root, isDialog)) {
      const heading = dialog.attrs['aria-label'] ?? headingOf(dialog);
      const headed = known.get(heading) ?? { heading, dialogs: [], atRecords: 0 };
      known.set(heading, headed);
      headed.dialogs.push(dialog);
      if (isAtRecord(view)) headed.atRecords++;
    }
  }
  return [...known.values()].sort((a, b) => (a.heading < b.heading ? -1 : 1));
}

/** Marks of most of the dialogs. */
function coreOf({ dialogs }: Headed): Shape {
  const counts = countMarks(dialogs.map(({ children }) => shapeOf({ tag: 'div', attrs: {}, children })));
  return new Set([...counts].filter(([, count]) => count * 2 >= dialogs.length).map(([mark]) => mark));
}

function areAlike(a: Shape, b: Shape): boolean {
  const shared = [...a].filter((mark) => b.has(mark)).length;
  return shared >= leastAlike * (a.size + b.size - shared);
}

/**
 * What kind of dialog each is, by its element. Those that mostly stand at the address of a record tell of it, and are of other kinds than
 * those opened over any page, though they may have most fields in common ("New task", "Task 7"); so are dialogs that look different.
 */
export function dialogKinds(views: readonly View[]): ReadonlyMap<DomElement, string> {
  const kinds: { readonly isOfRecord: boolean; readonly cores: Shape[] }[] = [];
  const found = new Map<DomElement, string>();
  for (const headed of byHeading(views)) {
    const core = coreOf(headed);
    const isOfRecord = headed.atRecords * 2 > headed.dialogs.length;
    let kind = kinds.find((each) => each.isOfRecord === isOfRecord && each.cores.some((other) => areAlike(core, other)));
    if (!kind) kinds.push((kind = { isOfRecord, cores: [] }));
    kind.cores.push(core);
    for (const dialog of headed.dialogs) found.set(dialog, `${kinds.indexOf(kind)}`);
  }
  return found;
}
