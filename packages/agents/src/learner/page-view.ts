import type { Observation } from '@backlot/protocol';
import { parseAria, type SeenNode } from '../aria-parse.ts';
import { plainOf, type Span } from './instruction.ts';

/** A page as the learner sees it. */
export interface PageView {
  /** The address's path, with what looks like an identifier left open. */
  readonly kind: string;
  readonly nodes: readonly SeenNode[];
  /** Nodes that stand around each, by index, the nearest first. */
  readonly around: readonly (readonly number[])[];
  /** Indices of the nodes that share role and name. */
  readonly alike: ReadonlyMap<string, readonly number[]>;
  /** Index of the nearest heading before each node; -1 where there is none. */
  readonly heading: readonly number[];
  /** For each span where the page shows it. */
  readonly mentions: readonly (readonly number[])[];
}

/** Reads an observation, looking for the spans of the instruction. */
export function viewPage({ aria, url }: Observation, spans: readonly Span[]): PageView {
  const nodes = parseAria(aria);
  const alike = new Map<string, number[]>();
  const heading: number[] = [];
  let last = -1;
  for (const [i, node] of nodes.entries()) {
    const key = placeOf(node);
    alike.set(key, [...(alike.get(key) ?? []), i]);
    if (node.role === 'heading') last = i;
    heading.push(last);
  }
  return { kind: kindOf(url), nodes, around: aroundOf(nodes), alike, heading, mentions: mentionsOf(nodes, spans) };
}

/** What elements share that only their order tells apart. */
export function placeOf({ role, name }: SeenNode): string {
  return `${role} ${name}`;
}

/** The first of the indices that comes after another; -1 where none does. */
export function firstAfter(indices: readonly number[], index: number): number {
  return indices.find((each) => each > index) ?? -1;
}

function aroundOf(nodes: readonly SeenNode[]): readonly (readonly number[])[] {
  const index = new Map(nodes.map((node, i) => [node, i]));
  const around: (readonly number[])[] = nodes.map(() => []);
  // Parents come before their children.
  for (const [i, node] of nodes.entries()) {
    for (const child of node.children) around[index.get(child) as number] = [i, ...(around[i] ?? [])];
  }
  return around;
}

/** Where each span is shown: exactly, or else within longer texts. */
function mentionsOf(nodes: readonly SeenNode[], spans: readonly Span[]): readonly (readonly number[])[] {
  const texts = nodes.map(({ name, text }) => [plainOf(name), plainOf(text)] as const);
  return spans.map(({ plain }) => {
    if (plain.length < 2) return [];
    const exact = texts.flatMap(([name, text], i) => (name === plain || text === plain ? [i] : []));
    return exact.length > 0 ? exact : texts.flatMap(([name, text], i) => (name.includes(plain) || text.includes(plain) ? [i] : []));
  });
}

function kindOf(url: string): string {
  const path = url.split(/[?#]/)[0] ?? '';
  const hash = url.includes('#') ? `#${url.split('#')[1]}` : '';
  return `${path}${hash}`
    .split('/')
    .map((part) => (/\d/.test(part) || part.length > 20 ? '_' : part))
    .join('/');
}
