import type { Action, Session, World } from '@backlot/protocol';
import type { PredictedSession } from '../clone/predict-steps.ts';
import { judgeStep, type Verdict } from './miss.ts';
import { partId, type Part } from './parts.ts';

/** One step that was predicted wrongly. */
export interface Miss {
  readonly session: string;
  readonly step: number;
  readonly action: Action;
  /** Page on which the action was taken. */
  readonly page: string;
  readonly refused?: string;
  /** Lines that differ: lacking (`-`) and too many (`+`). */
  readonly lines: readonly string[];
}

/** A part of the world that may be at fault. */
export interface Suspect {
  readonly part: Part;
  /** From 0 to 1: Ochiai's coefficient of being in play and the step going wrong, over all steps. */
  readonly score: number;
  /** Steps that went wrong with this part in play, as far as it may be at fault, and steps in which it said nothing wrong. */
  readonly wrong: number;
  readonly right: number;
  /** The misses that no suspect before this one explains, worst first; empty where those before it explain all of its own. */
  readonly explains: readonly Miss[];
}

/** Where a world is wrong. */
export interface Blame {
  /** Those who explain most first; then the others, by score. */
  readonly suspects: readonly Suspect[];
  readonly misses: readonly Miss[];
}

interface Judged extends Verdict {
  readonly miss: Miss;
  readonly weightOf: ReadonlyMap<string, number>;
}

interface Tallied {
  readonly part: Part;
  readonly right: number;
}

/**
 * Ranks the parts of a world by how likely they are at fault for the steps it predicts wrongly, from which parts were in play in right
 * and in wrong steps (spectrum-based fault localisation: Ochiai, Abreu et al. 2006). Faults hide each other, so the worst is taken first,
 * its misses are set aside, and the rest is ranked anew. Where misses of an earlier report on the same sessions are given (`known`), it
 * is about what became of the world since: the same miss counts neither way, and lines that differed then speak against nobody. Pure.
 */
export function findSuspects(world: World, predicted: readonly PredictedSession[], known: readonly Miss[] = []): Blame {
  const old = new Map(known.map((miss) => [stepOf(miss), miss]));
  const judged = predicted
    .flatMap(({ session, steps }) => steps.map((step) => judge(world, step, { session, known: old })))
    .filter(({ exact, miss }) => exact || !isSame(miss, old.get(stepOf(miss))));
  const wrong = judged.filter(({ exact }) => !exact);
  const parts = tally(judged);
  const whole = scores(parts, wrong, wrong.length);
  const suspects: Suspect[] = [];
  let left: readonly Judged[] = wrong;
  const seen = new Set<string>();
  while (left.length > 0) {
    const [best] = ranked(scores(parts, left, wrong.length).filter(({ id }) => !seen.has(id)));
    if (best === undefined) break;
    seen.add(best.id);
    const explained = left.filter(({ weightOf }) => (weightOf.get(best.id) ?? 0) >= halfOfMost(left, best.id));
    left = left.filter((each) => !explained.includes(each));
    const first = whole.find(({ id }) => id === best.id) ?? best;
    suspects.push({ ...shown(first), explains: explained.map(({ miss }) => miss) });
  }
  const rest = ranked(whole.filter(({ id }) => !seen.has(id))).map((each) => ({ ...shown(each), explains: [] }));
  return { suspects: [...suspects, ...rest], misses: wrong.map(({ miss }) => miss) };
}

/** A spelling of a step, to tell steps of all sessions apart. */
export const stepOf = ({ session, step }: Pick<Miss, 'session' | 'step'>): string => JSON.stringify([session, step]);

function isSame({ refused, lines }: Miss, old: Miss | undefined): boolean {
  return old !== undefined && old.refused === refused && JSON.stringify(old.lines) === JSON.stringify(lines);
}

/** A part explains the misses that point at it about as clearly as any does. */
function halfOfMost(left: readonly Judged[], id: string): number {
  return Math.max(...left.map(({ weightOf }) => weightOf.get(id) ?? 0)) / 2;
}

interface Judging {
  readonly session: Session;
  /** What went wrong in an earlier report, by step. */
  readonly known: ReadonlyMap<string, Miss>;
}

function judge(world: World, step: PredictedSession['steps'][number], { session, known }: Judging): Judged {
  const verdict = judgeStep(world, step, new Set(known.get(stepOf({ session: session.id, step: step.index }))?.lines));
  const { index, action, page, refused } = step;
  const miss = { session: session.id, step: index, action, page, lines: verdict.lines, ...(refused === undefined ? {} : { refused }) };
  return { ...verdict, miss, weightOf: new Map(verdict.suspected.map(({ part, weight }) => [partId(part), weight])) };
}

function tally(judged: readonly Judged[]): ReadonlyMap<string, Tallied> {
  const parts = new Map<string, Tallied>();
  for (const { right, suspected } of judged) {
    for (const part of right) parts.set(partId(part), { part, right: (parts.get(partId(part))?.right ?? 0) + 1 });
    for (const { part } of suspected) if (!parts.has(partId(part))) parts.set(partId(part), { part, right: 0 });
  }
  return parts;
}

interface Scored extends Tallied {
  readonly id: string;
  readonly wrong: number;
  readonly score: number;
}

function scores(parts: ReadonlyMap<string, Tallied>, wrong: readonly Judged[], all: number): readonly Scored[] {
  const failed = new Map<string, number>();
  for (const { weightOf } of wrong) for (const [id, weight] of weightOf) failed.set(id, (failed.get(id) ?? 0) + weight);
  return [...failed].flatMap(([id, count]) => {
    const tallied = parts.get(id);
    return tallied === undefined ? [] : [{ ...tallied, id, wrong: count, score: count / Math.sqrt(all * (count + tallied.right)) }];
  });
}

/** Equal scores: what is more particular first, then by name. */
const order = { rule: 0, list: 1, place: 2, page: 3 } as const;

function ranked(scored: readonly Scored[]): readonly Scored[] {
  return scored.toSorted((a, b) => b.score - a.score || order[a.part.kind] - order[b.part.kind] || (a.id < b.id ? -1 : 1));
}

const shown = ({ part, score, wrong, right }: Scored): Omit<Suspect, 'explains'> => ({ part, score, wrong, right });
