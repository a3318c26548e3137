import type { Observed, ObservedStep } from './observed.ts';
import { isCommit, type Habits, type Piece } from './segment.ts';

/** Two groups at least this alike (cosine of their weighted symbols) are the same work. */
const leastLikeness = 0.5;

/** Pieces that end the same way, as they are compared with others. */
interface Group {
  readonly members: readonly (readonly [session: number, piece: number])[];
  /** How many of the members hold each symbol. */
  readonly symbols: ReadonlyMap<string, number>;
  /** Rows that it makes or takes away; null where it only looks or was given up. */
  readonly makes: string | null;
}

/** Sessions, and the pieces of each. */
export interface Cut {
  readonly corpus: readonly Observed[];
  readonly cut: readonly (readonly Piece[])[];
  readonly habits: Habits;
}

/**
 * Groups pieces into kinds of work, without labels: those that end with the same act belong together, and so do groups that mostly
 * consist of the same acts. For each session, the number of the group of each of its pieces, the largest group first.
 */
export function groupPieces({ corpus, cut, habits }: Cut): readonly (readonly number[])[] {
  const members = cut.flatMap((pieces, session) => pieces.map((_, piece) => [session, piece] as const));
  const stepsOf = ([session, piece]: readonly [number, number]): readonly ObservedStep[] =>
    (cut[session]?.[piece] ?? []).map((i) => corpus[session]?.steps[i] as ObservedStep);
  const byGoal = Map.groupBy(members, (member) => goalOf(stepsOf(member), habits));
  const groups = [...byGoal.entries()]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([, all]): Group => ({
      members: all,
      symbols: countSymbols(all.map(stepsOf)),
      makes: madeBy(stepsOf(all[0] as readonly [number, number])),
    }));
  const merged = mergeAlike(groups).toSorted((a, b) => b.members.length - a.members.length || order(a) - order(b));
  const labels = cut.map((pieces) => pieces.map(() => 0));
  for (const [label, group] of merged.entries()) for (const [s, p] of group.members) (labels[s] as number[])[p] = label;
  return labels;
}

/** Where a group first occurs. */
const order = ({ members }: Group): number => Math.min(...members.map(([session, piece]) => session * 10_000 + piece));

/** What a piece comes to: the last act that changed or sent something, else its last act. */
export function goalOf(steps: readonly ObservedStep[], habits: Habits): string {
  const commit = steps.findLast(isCommit);
  const goal = commit ?? steps.findLast(isAct) ?? steps.at(-1);
  const isWay =
    commit === undefined &&
    steps.every(({ place, played }) => played.action.kind === 'click' && place !== null && habits.isChrome(place.signature));
  if (isWay) return `way to ${goal?.leadsTo ?? ''}`;
  return `${goal?.token ?? ''} ${madeBy(steps) ?? ''}`;
}

/** Tables in which rows come or go (where both happens, they are only replaced); what is set or unset, where that is all. */
function makingOf(steps: readonly ObservedStep[]): readonly string[] {
  const terms = new Set(steps.flatMap(({ effect }) => effect));
  const isReplaced = (term: string): boolean => terms.has(term.replace(/^\w+/, 'insert')) && terms.has(term.replace(/^\w+/, 'delete'));
  const flags = [...terms].filter((term) => /=(true|false)\)$/.test(term));
  if (flags.length > 0 && flags.length === terms.size) return flags.toSorted();
  return [...terms].filter((term) => /^(insert|delete) /.test(term) && !isReplaced(term)).toSorted();
}

const isAct = ({ played }: ObservedStep): boolean => !['back', 'forward', 'reload', 'wait'].includes(played.action.kind);

/** What the act that completes a piece makes or takes away. */
function madeBy(steps: readonly ObservedStep[]): string | null {
  const commit = steps.findLast(isCommit);
  return commit ? makingOf([commit]).join(' ') : null;
}

function countSymbols(pieces: readonly (readonly ObservedStep[])[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const steps of pieces) for (const token of new Set(steps.map((step) => step.token))) counts.set(token, (counts.get(token) ?? 0) + 1);
  return counts;
}

/** Merges the two most alike until none are alike enough. */
function mergeAlike(groups: readonly Group[]): readonly Group[] {
  let all = [...groups];
  const rarity = rarityOf(all);
  for (;;) {
    let best: { readonly a: Group; readonly b: Group; readonly likeness: number } | null = null;
    for (const [i, a] of all.entries()) {
      for (const b of all.slice(i + 1)) {
        if (a.makes !== null && b.makes !== null && a.makes !== b.makes) continue;
        const likeness = likenessOf(a, b, rarity);
        if (likeness >= leastLikeness && likeness > (best?.likeness ?? 0)) best = { a, b, likeness };
      }
    }
    if (!best) return all;
    const { a, b } = best;
    const symbols = new Map(a.symbols);
    for (const [token, n] of b.symbols) symbols.set(token, (symbols.get(token) ?? 0) + n);
    all = [
      ...all.filter((each) => each !== a && each !== b),
      { members: [...a.members, ...b.members], symbols, makes: a.makes ?? b.makes },
    ];
  }
}

/** Symbols that many groups hold say little about which work it is. */
function rarityOf(groups: readonly Group[]): ReadonlyMap<string, number> {
  const held = new Map<string, number>();
  for (const { symbols } of groups) for (const token of symbols.keys()) held.set(token, (held.get(token) ?? 0) + 1);
  return new Map([...held].map(([token, n]) => [token, Math.log(1 + groups.length / n)]));
}

function likenessOf(a: Group, b: Group, rarity: ReadonlyMap<string, number>): number {
  const weight = (group: Group, token: string): number =>
    ((group.symbols.get(token) ?? 0) / group.members.length) * (rarity.get(token) ?? 0);
  const norm = (group: Group): number => Math.sqrt([...group.symbols.keys()].reduce((sum, token) => sum + weight(group, token) ** 2, 0));
  const dot = [...a.symbols.keys()].reduce((sum, token) => sum + weight(a, token) * weight(b, token), 0);
  return dot === 0 ? 0 : dot / (norm(a) * norm(b));
}
