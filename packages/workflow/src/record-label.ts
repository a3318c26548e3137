import type { DomElement, State, World } from '@backlot/protocol';
import { computeStyles, findAll, isBox, render, textOf } from '@backlot/world';
import { recordOf } from './abstract.ts';

const collapse = (text: string): string => text.trim().replace(/\s+/g, ' ');

/**
 * What the page calls a record: a text that it shows inside the record and inside no other one of its kind. The table's label column
 * is preferred, else the first such text in the page's order. Null where the page shows nothing that tells the record apart.
 */
export function labelRecord(
  world: World,
  state: State,
  at: { record: string; peers: readonly string[]; table: string | undefined },
): string | null {
  const { root } = render(world, state);
  const texts = new Map(at.peers.map((peer) => [peer, textsOf(root, world, { record: peer, state })]));
  const own = texts.get(at.record) ?? textsOf(root, world, { record: at.record, state });
  const others = new Set([...texts].filter(([peer]) => peer !== at.record).flatMap(([, all]) => all));
  const unique = own.filter((text) => !others.has(text));
  const column = world.tables.find((table) => table.name === at.table)?.label;
  const row = state.tables[at.table ?? '']?.find((each) => each.id === at.record.split(':').at(-1));
  const label = column === undefined || row === undefined ? undefined : row[column];
  const preferred = typeof label === 'string' ? unique.find((text) => text === collapse(label)) : undefined;
  return preferred ?? unique[0] ?? null;
}

/** The texts that a record shows, in the page's order: of elements that hold nothing but text, longest first within controls left out. */
function textsOf(root: DomElement, world: World, { record, state }: { record: string; state: State }): readonly string[] {
  const styled = computeStyles(root, world.styles, { hover: state.hover, focus: state.focus });
  const inside = findAll(root, (element) => element.key !== undefined && recordOf(element.key) === record);
  const shown = inside.filter((element) => !isControl(element) && styled.of(element)?.rendered !== false);
  const leaves = shown.filter((element) => element.children.length > 0 && element.children.every((child) => 'text' in child));
  return leaves.map((element) => collapse(textOf(element))).filter((text) => /[\p{L}\p{N}]/u.test(text));
}

const isControl = (element: DomElement): boolean =>
  ['button', 'select', 'option', 'textarea', 'style', 'script'].includes(element.tag) || isBox(element);
