import type { DomElement, DomNode } from '@backlot/protocol';
import type { HeadedParts } from './headed.ts';
import { headedParts, headingOf } from './headed.ts';
import { isFixed } from './fixed-name.ts';
import type { RecordKinds } from './lists.ts';
import { coarseLabel, contentSignature } from './lists.ts';

/** A child, or a run of record siblings, on its way into a column. */
export interface Token {
  readonly kind: 'element' | 'text' | 'run';
  readonly nodes: readonly DomNode[];
  readonly label: string;
  /** What kind of dialog it is. */
  readonly dialog?: string;
}

/** Children of different occurrences that take the same place. */
export interface Column<K> {
  readonly kind: Token['kind'];
  readonly label: string;
  readonly tokens: Map<K, Token>;
  readonly samples: Token[];
}

/** Tag of an element that stands for several siblings which make up one record; it is never rendered itself. */
export const groupTag = '#group';

interface Run {
  readonly kinds: string[];
  readonly nodes: DomNode[];
  gap: DomNode[];
}

/** Packs siblings that take turns into records: one begins where a kind would come a second time. */
function pack(run: Run): readonly DomNode[] {
  const groups: { kinds: Set<string>; children: DomNode[] }[] = [];
  let at = 0;
  for (const node of run.nodes) {
    const group = groups.at(-1);
    if ('text' in node) {
      group?.children.push(node);
      continue;
    }
    const kind = run.kinds[at++] as string;
    if (!group || group.kinds.has(kind)) groups.push({ kinds: new Set([kind]), children: [node] });
    else {
      group.kinds.add(kind);
      group.children.push(node);
    }
  }
  return groups.map(({ children }): DomElement => ({ tag: groupTag, attrs: {}, children }));
}

function runToken(run: Run, grouped: boolean): Token {
  const label = grouped ? groupTag : (run.kinds[0] as string);
  return { kind: 'run', nodes: grouped ? pack(run) : run.nodes, label };
}

/** Splits an element's children into tokens; neighbouring records (and the texts between them) form one run. `dialogs` tells the kind of each. */
export function tokenize(
  parent: DomElement,
  { kindOf, grouped }: RecordKinds,
  dialogs: ReadonlyMap<DomElement, string> = new Map(),
): readonly Token[] {
  const tokens: Token[] = [];
  let run: Run | null = null;
  const flush = (): void => {
    if (!run) return;
    tokens.push(runToken(run, grouped));
    for (const node of run.gap) tokens.push({ kind: 'text', nodes: [node], label: '#' });
    run = null;
  };
  for (const child of parent.children) {
    const kind = 'tag' in child ? kindOf(child) : null;
    if (kind !== null) {
      if (run && !grouped && run.kinds[0] !== kind) flush();
      run ??= { kinds: [], nodes: [], gap: [] };
      run.nodes.push(...run.gap, child);
      run.kinds.push(kind);
      run.gap = [];
    } else if ('text' in child) {
      if (run) run.gap.push(child);
      else tokens.push({ kind: 'text', nodes: [child], label: '#' });
    } else {
      flush();
      const dialog = dialogs.get(child);
      tokens.push({ kind: 'element', nodes: [child], label: coarseLabel(child), ...(dialog === undefined ? {} : { dialog }) });
    }
  }
  flush();
  return tokens;
}

const classTokens = (element: DomElement): readonly string[] => (element.attrs['class'] ?? '').split(/\s+/).filter(Boolean);

function overlap(a: readonly string[], b: readonly string[]): number {
  if (a.length === 0 && b.length === 0) return 0.5;
  const shared = a.filter((x) => b.includes(x)).length;
  return shared / (a.length + b.length - shared);
}

const childTags = (element: DomElement): readonly string[] => element.children.map((child) => ('tag' in child ? child.tag : '#'));

/** Parts with the same heading are one. */
const sameHeading = 4;

const headingScore = (a: DomElement, b: DomElement): number => (headingOf(a) !== '' && headingOf(a) === headingOf(b) ? sameHeading : 0);

/** How well two elements correspond; zero or less: not at all. */
function elementScore(a: DomElement, b: DomElement, headed: HeadedParts): number {
  if (a.tag !== b.tag) return -1;
  if (headed.areApart(headingOf(a), headingOf(b))) return -1;
  for (const name of ['name', 'type', 'for'] as const) {
    if (isFixed(a.attrs[name]) && isFixed(b.attrs[name]) && a.attrs[name] !== b.attrs[name]) return -1;
  }
  const [idA, idB] = [a.attrs['id'], b.attrs['id']];
  if (isFixed(idA) && isFixed(idB)) return idA === idB ? 10 : -1;
  const classes = overlap(classTokens(a), classTokens(b));
  const shape = overlap(childTags(a), childTags(b));
  const href = a.attrs['href'] !== undefined && a.attrs['href'] === b.attrs['href'] ? 2 : 0;
  const same = contentSignature(a) === contentSignature(b) ? 3 : 0;
  return headingScore(a, b) + 0.4 + 2 * classes + 1.5 * shape + href + same - (classes === 0 && same === 0 ? 1.2 : 0);
}

function tokenScore(a: Token, b: Token, headed: HeadedParts): number {
  if (a.kind !== b.kind || a.dialog !== b.dialog) return -1;
  if (a.kind === 'run') return a.label === b.label ? 8 : -1;
  const [x, y] = [a.nodes[0] as DomNode, b.nodes[0] as DomNode];
  if ('text' in x || 'text' in y) return 'text' in x && 'text' in y ? (x.text === y.text ? 2 : 1) : -1;
  return elementScore(x, y, headed);
}

const partsIn = (tokens: readonly Token[]): readonly DomElement[] =>
  tokens.flatMap(({ kind, nodes }) => (kind === 'element' ? [nodes[0] as DomElement] : []));

/** What tells one sequence of tokens from another for alignment: equal spellings align to the same columns. */
function spelling(tokens: readonly Token[], headed: HeadedParts): string {
  return tokens
    .map((token) => {
      if (token.kind !== 'element') return `${token.kind}${token.label}`;
      const node = token.nodes[0] as DomElement;
      const own = `${node.attrs['id'] ?? ''}.${node.attrs['class'] ?? ''}.${node.attrs['name'] ?? ''}.${node.attrs['href'] ?? ''}`;
      const over = headingOf(node);
      const heading = headed.isOne(over) ? over : '';
      return `${token.dialog ?? ''}${token.label}${own}(${childTags(node).join(' ')})${heading}${node.children.length === 1 ? contentSignature(node).slice(0, 60) : ''}`;
    })
    .join('\n');
}

function columnScore<K>(column: Column<K>, token: Token, headed: HeadedParts): number {
  return Math.max(...column.samples.map((sample) => tokenScore(sample, token, headed)));
}

/** Best order-keeping correspondence of columns and tokens (Needleman–Wunsch without gap cost): token index for each column, or -1. */
function matchColumns<K>(columns: readonly Column<K>[], tokens: readonly Token[], headed: HeadedParts): readonly number[] {
  const [n, m] = [columns.length, tokens.length];
  const best: number[][] = Array.from({ length: n + 1 }, () => new Array<number>(m + 1).fill(0));
  const score = columns.map((column) => tokens.map((token) => columnScore(column, token, headed)));
  const at = (i: number, j: number): number => (best[i] as number[])[j] as number;
  for (let i = n - 1; i >= 0; i--) {
    for (let j = m - 1; j >= 0; j--) {
      const pair = (score[i] as number[])[j] as number;
      (best[i] as number[])[j] = Math.max(at(i + 1, j), at(i, j + 1), pair > 0 ? pair + at(i + 1, j + 1) : 0);
    }
  }
  const chosen = new Array<number>(n).fill(-1);
  for (let i = 0, j = 0; i < n && j < m;) {
    const pair = (score[i] as number[])[j] as number;
    if (pair > 0 && at(i, j) === pair + at(i + 1, j + 1)) {
      chosen[i++] = j++;
    } else if (at(i, j) === at(i + 1, j)) i++;
    else j++;
  }
  return chosen;
}

const maxSamples = 4;

function addSample<K>(column: Column<K>, token: Token, headed: HeadedParts): void {
  const spell = (one: Token): string => spelling([one], headed);
  if (column.samples.length < maxSamples && !column.samples.some((sample) => spell(sample) === spell(token))) column.samples.push(token);
}

interface Variant<K> {
  readonly tokens: readonly Token[];
  readonly members: readonly { readonly key: K; readonly tokens: readonly Token[] }[];
}

function variantsOf<K>(sequences: ReadonlyMap<K, readonly Token[]>, headed: HeadedParts): readonly Variant<K>[] {
  const bySpelling = new Map<string, { key: K; tokens: readonly Token[] }[]>();
  for (const [key, tokens] of sequences) {
    const name = spelling(tokens, headed);
    const members = bySpelling.get(name);
    if (members) members.push({ key, tokens });
    else bySpelling.set(name, [{ key, tokens }]);
  }
  return [...bySpelling.values()]
    .map((members) => ({ tokens: (members[0] as { tokens: readonly Token[] }).tokens, members }))
    .sort((a, b) => b.tokens.length - a.tokens.length || b.members.length - a.members.length);
}

function fold<K>(columns: readonly Column<K>[], variant: Variant<K>, headed: HeadedParts): Column<K>[] {
  const chosen = matchColumns(columns, variant.tokens, headed);
  const folded: Column<K>[] = [];
  let next = 0;
  const take = (column: Column<K>, index: number): void => {
    for (const member of variant.members) column.tokens.set(member.key, member.tokens[index] as Token);
    addSample(column, variant.tokens[index] as Token, headed);
    folded.push(column);
  };
  const insertUpTo = (end: number): void => {
    for (; next < end; next++) {
      const token = variant.tokens[next] as Token;
      take({ kind: token.kind, label: token.label, tokens: new Map(), samples: [] }, next);
    }
  };
  for (const [i, column] of columns.entries()) {
    const index = chosen[i] as number;
    if (index < 0) {
      folded.push(column);
      continue;
    }
    insertUpTo(index);
    take(column, index);
    next = index + 1;
  }
  insertUpTo(variant.tokens.length);
  return folded;
}

const cells = new Set(['td', 'th']);

/** True for rows of a table that all have as many cells, each as wide as those above and below: they stand in columns already. */
function areCells(sequences: Iterable<readonly Token[]>): boolean {
  const rows = new Set<string>();
  for (const tokens of sequences) {
    const parts = partsIn(tokens);
    if (parts.length === 0 || !parts.every(({ tag }) => cells.has(tag))) return false;
    rows.add(
      tokens
        .map(({ kind, label, nodes }) => `${kind}${label}${kind === 'element' ? ((nodes[0] as DomElement).attrs['colspan'] ?? '') : ''}`)
        .join(),
    );
    if (rows.size > 1) return false;
  }
  return true;
}

function byPlace<K>(sequences: ReadonlyMap<K, readonly Token[]>): readonly Column<K>[] {
  const [first = []] = sequences.values();
  return first.map(({ kind, label }, i): Column<K> => {
    const tokens = new Map([...sequences].map(([key, row]) => [key, row[i] as Token] as const));
    return { kind, label, tokens, samples: [] };
  });
}

/**
 * Aligns many sequences of tokens into columns, order kept (progressive partial alignment after DEPTA, Zhai and Liu 2005):
 * the richest sequence is the seed, every other one is folded in. Parts whose headings stand side by side somewhere are different ones,
 * and so are dialogs of different kinds.
 */
export function alignTokens<K>(sequences: ReadonlyMap<K, readonly Token[]>): readonly Column<K>[] {
  if (areCells(sequences.values())) return byPlace(sequences);
  const headed = headedParts([...sequences.values()].map(partsIn));
  return variantsOf(sequences, headed).reduce<Column<K>[]>((columns, variant) => fold(columns, variant, headed), []);
}
