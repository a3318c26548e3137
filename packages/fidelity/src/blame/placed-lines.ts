import type { State, World } from '@backlot/protocol';
import { anchorOf, ariaTree, currentPage, render, renderAria, type AriaNode } from '@backlot/world';
import { maskedAs } from '../aria/masked-text.ts';
import { normaliseAria } from '../aria/normalise-aria.ts';

/** A line of a page's snapshot with the place of the template that it comes from. */
interface PlacedLine {
  readonly line: string;
  /** Anchor of the element that prints the line, or that holds the text; null at the top of the page. */
  readonly anchor: string | null;
}

/** A page as a world shows it, line by line. */
export interface PlacedPage {
  /** Id of the page; null where none was learned for the address. */
  readonly page: string | null;
  readonly lines: readonly PlacedLine[];
}

/** What a state shows, each line with its place; fields that `logged` has masked are masked alike. */
export function placedPage(world: World, state: State, logged: readonly string[]): PlacedPage {
  const { root } = render(world, state);
  const nodes: AriaNode[] = [];
  const mark = (node: AriaNode): string => ` [at=${nodes.push(node) - 1}]`;
  const marked = renderAria(ariaTree(root, world.styles, { hover: state.hover, focus: state.focus }), mark).split('\n');
  const placed = placeLines(marked, nodes).filter(({ line }) => normaliseAria(line).length > 0);
  const lines = maskedAs(
    logged,
    placed.map(({ line }) => normaliseAria(line)[0] ?? ''),
  );
  return {
    page: currentPage(world, state).page?.id ?? null,
    lines: placed.map(({ anchor }, i) => ({ anchor, line: lines[i] ?? '' })),
  };
}

/** Texts and properties belong to the nearest node above them that is indented less. */
function placeLines(marked: readonly string[], nodes: readonly AriaNode[]): readonly PlacedLine[] {
  const around: { readonly indent: number; readonly anchor: string | null }[] = [];
  return marked.map((line) => {
    const indent = line.search(/\S/);
    while (around.length > 0 && (around.at(-1)?.indent ?? 0) >= indent) around.pop();
    const at = / \[at=(\d+)\]/.exec(line);
    if (at === null) return { line, anchor: around.at(-1)?.anchor ?? null };
    const key = nodes[Number(at[1])]?.element.key;
    const anchor = key === undefined ? (around.at(-1)?.anchor ?? null) : anchorOf(key);
    around.push({ indent, anchor });
    return { line: line.replace(at[0], ''), anchor };
  });
}
