/** A text on a page with its place, in CSS pixels from the page's corner, and its colour (red, green, blue, up to 255). */
export interface Block {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly colour: readonly [red: number, green: number, blue: number];
}

/** How alike the texts of two pages are, each from 0 to 1. */
export interface BlockScores {
  /** Area of the texts that both pages have, of the area of all. */
  readonly blocks: number;
  /** Of texts that both have: characters in common (Sørensen–Dice over pairs of characters). */
  readonly text: number;
  /** 1 less the distance of their centres, as a share of the page's size, the greater of across and down. */
  readonly position: number;
  /** 1 less the distance of their colours, as a share of that from black to white. */
  readonly colour: number;
}

/** Two pages' texts held against each other. */
export interface BlockMatch {
  readonly scores: BlockScores;
  /** Texts that the other page lacks, or has otherwise; where there are none, those that it has elsewhere. */
  readonly different: { readonly real: readonly Block[]; readonly clone: readonly Block[] };
}

/** Texts less alike than this are not the same text. */
const leastAlike = 0.5;
/** Nearer than this, in CSS pixels, is the same place. */
const samePlace = 2;

interface Pair {
  readonly real: Block;
  readonly clone: Block;
  readonly alike: number;
}

/** Matches the texts of two pages, the most alike and then the nearest first, and scores them (measures of Design2Code, Si et al. 2024). Pure. */
export function matchBlocks(
  real: readonly Block[],
  clone: readonly Block[],
  page: { readonly width: number; readonly height: number },
): BlockMatch {
  const pairs = pair(real, clone);
  const matched = pairs.reduce((sum, each) => sum + area(each.real) + area(each.clone), 0);
  const all = [...real, ...clone].reduce((sum, each) => sum + area(each), 0);
  const mean = (score: (each: Pair) => number): number =>
    pairs.length === 0 ? Number(all === 0) : pairs.reduce((sum, each) => sum + score(each), 0) / pairs.length;
  return {
    scores: {
      blocks: all === 0 ? 1 : matched / all,
      text: mean(({ alike }) => alike),
      position: mean((each) => Math.max(0, 1 - Math.max(apart(each, 'x') / page.width, apart(each, 'y') / page.height))),
      colour: mean(
        (each) => 1 - Math.hypot(...each.real.colour.map((part, i) => part - (each.clone.colour[i] ?? 0))) / (255 * Math.sqrt(3)),
      ),
    },
    different: different({ real, clone }, pairs),
  };
}

const area = ({ width, height }: Block): number => width * height;

function apart({ real, clone }: Pair, axis: 'x' | 'y'): number {
  const size = axis === 'x' ? 'width' : 'height';
  return Math.abs(real[axis] + real[size] / 2 - clone[axis] - clone[size] / 2);
}

/** What is pushed down by something else is not shown as different from it. */
function different({ real, clone }: BlockMatch['different'], pairs: readonly Pair[]): BlockMatch['different'] {
  const without = (same: readonly Pair[]): BlockMatch['different'] => {
    const known = new Set(same.flatMap((each) => [each.real, each.clone]));
    return { real: real.filter((each) => !known.has(each)), clone: clone.filter((each) => !known.has(each)) };
  };
  const alike = pairs.filter((each) => each.alike === 1 && each.real.colour.every((part, i) => part === each.clone.colour[i]));
  const rest = without(alike);
  if (rest.real.length + rest.clone.length > 0) return rest;
  return without(alike.filter((each) => apart(each, 'x') < samePlace && apart(each, 'y') < samePlace));
}

function pair(real: readonly Block[], clone: readonly Block[]): readonly Pair[] {
  const candidates = real
    .flatMap((each) => clone.map((other): Pair => ({ real: each, clone: other, alike: alikeness(each.text, other.text) })))
    .filter(({ alike }) => alike >= leastAlike)
    .toSorted((a, b) => b.alike - a.alike || apart(a, 'x') + apart(a, 'y') - apart(b, 'x') - apart(b, 'y'));
  const taken = new Set<Block>();
  return candidates.filter((each) => {
    if (taken.has(each.real) || taken.has(each.clone)) return false;
    taken.add(each.real).add(each.clone);
    return true;
  });
}

/** Sørensen–Dice coefficient of the pairs of neighbouring characters. */
function alikeness(a: string, b: string): number {
  if (a === b) return 1;
  const pairsOf = (text: string): string[] => Array.from({ length: Math.max(0, text.length - 1) }, (_, i) => text.slice(i, i + 2));
  const left = pairsOf(b);
  const total = pairsOf(a).length + left.length;
  const common = pairsOf(a).filter((each) => {
    const at = left.indexOf(each);
    if (at !== -1) left.splice(at, 1);
    return at !== -1;
  }).length;
  return total === 0 ? 0 : (2 * common) / total;
}
