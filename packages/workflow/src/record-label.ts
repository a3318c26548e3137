import type { DomElement, State, World } from '@backlot/protocol';
import { computeStyles, findAll, isBox, render, textOf } from '@backlot/world';
import { recordOf } from './abstract.ts';

const collapse = (text: string): string => text.trim().replace(/\s+/g, ' ');

/** A record, those it must be told apart from on the page, and the table it belongs to. */
export interface RecordPlace {
  readonly record: string;
  readonly peers: readonly string[];
  readonly table: string | undefined;
}

/**
 * What the page calls a record: a text that it shows inside the record and inside no other one of its kind, and that no other row of
 * the table holds. The table's label column is preferred, else the first such text. Null where nothing tells the record apart.
 */
export function labelRecord(world: World, state: State, { record, peers, table }: RecordPlace): string | null {
  const { root } = render(world, state);
  const rows = state.tables[table ?? ''] ?? [];
  const row = rows.find((each) => each.id === record.split(':').at(-1));
  const elsewhere = rows
    .filter((each) => each !== row)
    .flatMap((each) => Object.values(each))
    .filter((cell) => typeof cell === 'string');
  const shown = peers.filter((peer) => peer !== record).flatMap((peer) => textsOf(root, world, { record: peer, state }));
  const others = new Set([...elsewhere.map(collapse), ...shown]);
  const unique = textsOf(root, world, { record, state }).filter((text) => !others.has(text));
  const column = world.tables.find((each) => each.name === table)?.label;
  const label = column === undefined ? undefined : row?.[column];
  const preferred = typeof label === 'string' ? unique.find((text) => text === collapse(label)) : undefined;
  return preferred ?? unique[0] ?? null;
}

/** The texts that a record shows, in the page's order: of visible elements that hold nothing but text, controls left out. */
function textsOf(root: DomElement, world: World, { record, state }: { record: string; state: State }): readonly string[] {
  const styled = computeStyles(root, world.styles, { hover: state.hover, focus: state.focus });
  const inside = findAll(root, (element) => element.key !== undefined && recordOf(element.key) === record);
  const shown = inside.filter((element) => !isControl(element) && styled.of(element)?.rendered !== false);
  const leaves = shown.filter((element) => element.children.length > 0 && element.children.every((child) => 'text' in child));
  return leaves.map((element) => collapse(textOf(element))).filter((text) => /[\p{L}\p{N}]/u.test(text));
}

const isControl = (element: DomElement): boolean =>
  ['button', 'select', 'option', 'textarea', 'style', 'script'].includes(element.tag) || isBox(element);
