import { alignBy } from './align.ts';

/** An action as a measurement sees it. */
export interface ScoredAction {
  readonly kind: string;
  readonly role?: string | undefined;
  /** The accessible name; undefined where the truth does not ask for one, which any name satisfies. */
  readonly name?: string | undefined;
  readonly value?: string | undefined;
  /** False where the page was the same before and after. */
  readonly changed: boolean;
}

/** How well actions of one kind were found. */
export interface KindScore {
  readonly truth: number;
  readonly inferred: number;
  readonly matched: number;
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
}

/** An action that only one side has. */
export interface Miss {
  readonly side: 'missed' | 'invented';
  /** Position on its side. */
  readonly index: number;
  readonly action: ScoredAction;
}

/** How well the actions of one session were found. */
export interface SessionScore {
  readonly kinds: Readonly<Record<string, { readonly truth: number; readonly inferred: number; readonly matched: number }>>;
  /** Positions in truth and among the inferred actions, in order. */
  readonly pairs: readonly (readonly [number, number])[];
  readonly misses: readonly Miss[];
}

interface Placed {
  readonly index: number;
  readonly action: ScoredAction;
}

/**
 * Aligns inferred actions with the truth by longest common subsequence on kind, role, name and value. A check is a click on
 * a box; a `goto` is compared by its address, `back`, `forward` and `reload` by their kind; keys that change nothing are
 * left out on both sides.
 */
export function scoreActions(truth: readonly ScoredAction[], inferred: readonly ScoredAction[]): SessionScore {
  const left = counted(truth);
  const right = counted(inferred);
  const aligned = alignBy(left, right, (a, b) => isSame(a.action, b.action));
  const kinds: Record<string, { truth: number; inferred: number; matched: number }> = {};
  const of = (action: ScoredAction): { truth: number; inferred: number; matched: number } =>
    (kinds[action.kind] ??= { truth: 0, inferred: 0, matched: 0 });
  for (const { action } of left) of(action).truth += 1;
  for (const { action } of right) of(action).inferred += 1;
  const [leftHit, rightHit] = [new Set<number>(), new Set<number>()];
  const pairs = aligned.map(([i, j]) => {
    leftHit.add(i);
    rightHit.add(j);
    const placed = left[i] as Placed;
    of(placed.action).matched += 1;
    return [placed.index, (right[j] as Placed).index] as const;
  });
  const misses: Miss[] = [
    ...left.filter((_, i) => !leftHit.has(i)).map((placed) => ({ side: 'missed' as const, ...placed })),
    ...right.filter((_, j) => !rightHit.has(j)).map((placed) => ({ side: 'invented' as const, ...placed })),
  ];
  return { kinds, pairs, misses };
}

/** Precision, recall and F1 over many sessions: of all actions (`all`) and of each kind, in order of name. */
export function sumScores(scores: readonly SessionScore[]): {
  readonly all: KindScore;
  readonly kinds: Readonly<Record<string, KindScore>>;
} {
  const sums = new Map<string, { truth: number; inferred: number; matched: number }>();
  const all = { truth: 0, inferred: 0, matched: 0 };
  for (const { kinds } of scores) {
    for (const [kind, counts] of Object.entries(kinds)) {
      const sum = sums.get(kind) ?? { truth: 0, inferred: 0, matched: 0 };
      sums.set(kind, sum);
      for (const part of ['truth', 'inferred', 'matched'] as const) {
        sum[part] += counts[part];
        all[part] += counts[part];
      }
    }
  }
  const kinds = [...sums].sort(([a], [b]) => (a < b ? -1 : 1)).map(([kind, counts]) => [kind, rates(counts)] as const);
  return { all: rates(all), kinds: Object.fromEntries(kinds) };
}

function rates(counts: { truth: number; inferred: number; matched: number }): KindScore {
  const { truth, inferred, matched } = counts;
  const precision = inferred === 0 ? 1 : matched / inferred;
  const recall = truth === 0 ? 1 : matched / truth;
  return { ...counts, precision, recall, f1: truth + inferred === 0 ? 1 : (2 * matched) / (truth + inferred) };
}

function counted(actions: readonly ScoredAction[]): Placed[] {
  return actions
    .map((action, index) => ({ index, action: normal(action) }))
    .filter(({ action }) => action.kind !== 'press' || action.changed);
}

function normal(action: ScoredAction): ScoredAction {
  return action.kind === 'check' || action.kind === 'uncheck' ? { ...action, kind: 'click', value: undefined } : action;
}

function isSame(truth: ScoredAction, inferred: ScoredAction): boolean {
  if (truth.kind !== inferred.kind) return false;
  if (/^(back|forward|reload)$/.test(truth.kind)) return true;
  if (truth.kind !== 'click' && truth.kind !== 'dblclick' && (truth.value ?? '') !== (inferred.value ?? '')) return false;
  return truth.role === inferred.role && (truth.name === undefined || truth.name === inferred.name);
}
