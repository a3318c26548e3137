import type { DomElement, DomNode, World } from '@backlot/protocol';
import { anchorOf, render } from '@backlot/world';
import type { Scene } from './occasion.ts';

/** Anchors of elements whose text the world shows otherwise than it was logged, on pages that agree in all their elements. */
export function missedTexts(world: World, { after, step }: Scene): readonly string[] {
  const missed = new Set<string>();
  return walk(render(world, after).root, step.after.root, missed) ? [...missed].sort() : [];
}

const collapse = (text: string): string => text.replace(/\s+/g, ' ').trim();
const kidsOf = ({ children }: DomElement): readonly DomNode[] => children.filter((kid) => 'tag' in kid || collapse(kid.text) !== '');
const textOf = (node: DomNode | undefined): string => (node && 'text' in node ? collapse(node.text) : '');

/** False where the elements differ. An empty text has no node, so that one more on either side is no difference of elements. */
function walk(got: DomElement, want: DomElement, missed: Set<string>): boolean {
  const elements = (element: DomElement): readonly DomElement[] => element.children.filter((kid) => 'tag' in kid);
  const [ours, theirs] = [elements(got), elements(want)];
  if (got.tag !== want.tag || ours.length !== theirs.length) return false;
  if (!ours.every((kid, i) => walk(kid, theirs[i] as DomElement, missed))) return false;
  const [a, b] = [kidsOf(got), kidsOf(want)];
  if (ours.length === 0 && got.key !== undefined && textOf(a[0]) !== textOf(b[0])) missed.add(anchorOf(got.key));
  return true;
}
