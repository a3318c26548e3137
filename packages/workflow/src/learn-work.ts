import type { Action, Session, World } from '@backlot/protocol';
import { abstractSteps, recordOf, type Abstracted } from './abstract.ts';
import { eligibleRecords } from './eligible.ts';
import { goalOf, groupPieces } from './group.ts';
import type { AbstractAction, Counts, Trace, ValueModel, WorkModel, Workflow } from './model-schema.ts';
import { nameWorkflow } from './naming.ts';
import { observeSession, type Observed, type ObservedStep } from './observed.ts';
import type { ReadPage, Replay, ReplayedStep } from './replay.ts';
import { offerReader } from './sequences.ts';
import { isCommit, learnHabits, segment, type Habits, type Piece } from './segment.ts';
import { placesOf } from './simulate.ts';
import { tally, compareText } from './tally.ts';
import { learnValues, type ValueSample } from './values.ts';

/** One piece of work of one session. */
interface Occurrence {
  readonly session: string;
  readonly account: string;
  readonly indexes: readonly number[];
  readonly seen: readonly ObservedStep[];
  readonly steps: readonly ReplayedStep[];
  readonly abstracted: readonly Abstracted[];
  readonly effect: readonly string[];
  readonly leadsTo: string | null;
  readonly goal: string;
  readonly label: number;
}

/**
 * Learns from sessions what people do in an application: see `WorkModel`. The order of the sessions does not matter. With `read`, logged
 * pages put the world right where it strays from a session.
 */
export function learnWork(world: World, sessions: readonly Session[], read?: ReadPage): WorkModel {
  const corpus = sessions.toSorted((a, b) => compareText(a.id, b.id)).map((session) => observeSession(world, session, read));
  const habits = learnHabits(corpus);
  const cut = corpus.map((observed) => segment(observed, habits));
  const labels = groupPieces({ corpus, cut, habits });
  const occurrences = corpus.map((observed, s) =>
    (cut[s] ?? []).map((piece, p) => occurrenceOf({ world, habits }, observed, { piece, label: labels[s]?.[p] ?? 0 })),
  );
  const all = occurrences.flat();
  const sequences = occurrences.map((each) => each.map(({ label }) => idOf(label)));
  const replays = corpus.map(({ replay }) => replay);
  const groups = [...groupBy(all, ({ label }) => label)].toSorted(([a], [b]) => a - b);
  return {
    v: 2,
    app: world.app,
    workflows: groups.map(([label, group]) => workflowOf(world, idOf(label), { group, total: all.length })),
    accounts: tally(replays.map((replay) => replay.account)),
    ...transitions(sequences),
    ...tracesOf(world, corpus, occurrences),
    chrome: [...habits.chrome],
    slips: slipsOf(groups.map(([, group]) => group)),
    thinkMs: thinkTimes(replays),
    coverage: {
      steps: corpus.reduce((sum, { steps }) => sum + steps.length, 0),
      accepted: replays.reduce((sum, replay) => sum + replay.accepted.filter(Boolean).length, 0),
      explained: all.reduce((sum, each) => sum + each.indexes.length, 0),
    },
  };
}

const idOf = (label: number): string => `w${label + 1}`;

interface Env {
  readonly world: World;
  readonly habits: Habits;
}

function occurrenceOf({ world, habits }: Env, observed: Observed, { piece, label }: { piece: Piece; label: number }): Occurrence {
  const seen = piece.map((i) => observed.steps[i] as ObservedStep);
  const steps = seen.map(({ played }) => played);
  return {
    session: observed.session.id,
    account: observed.session.account,
    indexes: piece,
    seen,
    steps,
    abstracted: abstractSteps(world, steps),
    effect: [...new Set(seen.flatMap(({ effect }) => effect))].toSorted(compareText),
    leadsTo: seen.at(-1)?.leadsTo ?? null,
    goal: goalOf(seen, habits),
    label,
  };
}

function workflowOf(world: World, id: string, { group, total }: { group: readonly Occurrence[]; total: number }): Workflow {
  const schemas = schemasOf(group);
  const common = JSON.stringify(schemas[0]?.actions);
  const typical = group.find((each) => JSON.stringify(plainActions(each)) === common) ?? (group[0] as Occurrence);
  return {
    id,
    name: nameWorkflow({ effect: typical.effect, moves: moves(typical), actions: saidActions(typical) }),
    count: group.length,
    share: group.length / total,
    effect: [...typical.effect],
    leadsTo: typical.leadsTo,
    examples: group.map(({ session, indexes }) => ({ session, steps: [...indexes] })),
    schemas,
    values: valueModels(group),
    positions: positionsOf(world, group),
    accounts: tally(group.map(({ account }) => account)),
    goals: Object.keys(tally(group.map(({ goal }) => goal))),
    symbols: tally(group.flatMap(({ seen }) => [...new Set(seen.map(({ token }) => token))])),
  };
}

/** The actions up to the one that completes the work; elements of records go unnamed where others can name it. */
function saidActions({ seen }: Occurrence): readonly Action[] {
  const goal = seen.findLastIndex(isCommit);
  const part = goal < 0 ? seen : seen.slice(0, goal + 1);
  const general = part.filter(({ abstracted }) => abstracted.action.slot === null || abstracted.action.field !== undefined);
  return (general.length > 0 ? general : part).map(({ played }) => played.action);
}

const moves = ({ seen }: Occurrence): boolean => seen.some((step) => step.moves);

/** The actions of a piece less what was corrected at once, and less steps that the world could not take. */
function plainActions({ abstracted, steps }: Occurrence): readonly AbstractAction[] {
  const kept = abstracted.filter(({ action }, i) => {
    return !isCorrected(action, abstracted[i + 1]?.action) && steps[i]?.accepted === true;
  });
  return kept.map(({ action }) => action);
}

/** A text was given, and at once another in its place. */
function isCorrected(action: AbstractAction, next: AbstractAction | undefined): boolean {
  return (
    action.kind === 'fill' && next?.kind === 'fill' && next.anchor !== null && next.anchor === action.anchor && next.slot === action.slot
  );
}

/** Of texts given, those corrected; of pieces that mostly come to a change, those that don't. */
function slipsOf(groups: readonly (readonly Occurrence[])[]): WorkModel['slips'] {
  const fills = groups.flat().flatMap(({ abstracted }) => abstracted.map(({ action }, i) => ({ action, next: abstracted[i + 1]?.action })));
  const texts = fills.filter(({ action }) => action.kind === 'fill');
  const corrected = texts.filter(({ action, next }) => isCorrected(action, next));
  const changes = ({ seen }: Occurrence): boolean => seen.some(isCommit);
  const working = groups.filter((group) => group.filter(changes).length > group.length / 2).flat();
  const rate = (part: number, whole: number): number => (whole === 0 ? 0 : rounded(part / whole));
  return {
    corrected: rate(corrected.length, texts.length),
    givenUp: rate(working.filter((each) => !changes(each)).length, working.length),
  };
}

function tracesOf(
  world: World,
  corpus: readonly Observed[],
  occurrences: readonly (readonly Occurrence[])[],
): { symbols: string[]; traces: Trace[] } {
  const symbols = [...new Set(corpus.flatMap(({ steps }) => steps.map(({ token }) => token)))].toSorted(compareText);
  const offered = offerReader(world, symbols);
  const numbers = new Map(symbols.map((symbol, i) => [symbol, i]));
  const traces = corpus.map(({ session, steps, replay }, s) => ({
    account: session.account,
    steps: steps.map(({ token }) => numbers.get(token) as number),
    pages: steps.map(({ abstracted }) => abstracted.action.page ?? ''),
    commits: steps.flatMap((step, i) => (isCommit(step) ? [i] : [])),
    offers: steps.map(({ played }) => offered(played.before).join(',')),
    thinkMs: steps.slice(1).map(({ played }) => Math.round(played.thinkMs)),
    places: [...placesOf(world, replay.steps)],
    pieces: (occurrences[s] ?? []).map(({ label, indexes }) => ({
      workflow: idOf(label),
      from: indexes[0] as number,
      length: indexes.length,
    })),
  }));
  return { symbols, traces };
}

function schemasOf(group: readonly Occurrence[]): Workflow['schemas'] {
  const usable = group.filter((each) => plainActions(each).length > 0);
  const alike = [...groupBy(usable, (each) => JSON.stringify([plainActions(each), each.effect]))];
  return alike
    .toSorted(([a, x], [b, y]) => y.length - x.length || compareText(a, b))
    .map(([, all]) => {
      const first = all[0] as Occurrence;
      return { actions: [...plainActions(first)], count: all.length, effect: [...first.effect], leadsTo: first.leadsTo };
    });
}

function valueModels(group: readonly Occurrence[]): Record<string, ValueModel> {
  const samples = group.flatMap(({ abstracted, steps, account }) =>
    abstracted.flatMap(({ action, value, element }, i) => {
      if (action.field === undefined || value === undefined || isCorrected(action, abstracted[i + 1]?.action)) return [];
      const secret = element?.attrs['type']?.toLowerCase() === 'password';
      const sample: ValueSample = { value, account, secret, state: (steps[i] as ReplayedStep).before };
      return [{ field: action.field, option: action.kind === 'select', sample }];
    }),
  );
  const byField = [...groupBy(samples, (each) => each.field)].toSorted(([a], [b]) => compareText(a, b));
  return Object.fromEntries(
    byField.map(([field, all]) => [
      field,
      all[0]?.option ? optionModel(all.map(({ sample }) => sample.value)) : learnValues(all.map(({ sample }) => sample)),
    ]),
  );
}

function optionModel(values: readonly string[]): ValueModel {
  return { kind: 'option', options: Object.entries(tally(values)).map(([value, count]) => ({ value, count })) };
}

function positionsOf(world: World, group: readonly Occurrence[]): Workflow['positions'] {
  const places: number[][] = [];
  for (const { abstracted, steps } of group) {
    const seen = new Set<number>();
    for (const [i, { action, element }] of abstracted.entries()) {
      if (action.slot === null || seen.has(action.slot) || element?.key === undefined) continue;
      seen.add(action.slot);
      const place = eligibleRecords(world, (steps[i] as ReplayedStep).before, action).indexOf(recordOf(element.key));
      if (place >= 0) (places[action.slot] ??= []).push(place);
    }
  }
  return Array.from(places, (each) =>
    Object.entries(tally((each ?? []).map((place) => String(place).padStart(6, '0')))).map(([place, count]) => ({
      place: Number(place),
      count,
    })),
  );
}

function transitions(sequences: readonly (readonly string[])[]): { starts: Counts; ends: Counts; follows: Record<string, Counts> } {
  const pairs = sequences.flatMap((ids) => ids.slice(1).map((to, i) => ({ from: ids[i] as string, to })));
  const byFrom = [...groupBy(pairs, ({ from }) => from)].toSorted(([a], [b]) => compareText(a, b));
  return {
    starts: tally(sequences.flatMap((ids) => ids.slice(0, 1))),
    ends: tally(sequences.flatMap((ids) => ids.slice(-1))),
    follows: Object.fromEntries(byFrom.map(([from, all]) => [from, tally(all.map(({ to }) => to))])),
  };
}

function thinkTimes(replays: readonly Replay[]): WorkModel['thinkMs'] {
  const pauses = replays.flatMap((replay) =>
    replay.steps.map((step) => ({ kind: step.action.kind, log: Math.log(Math.max(1, step.thinkMs)) })),
  );
  const byKind = [...groupBy(pauses, ({ kind }) => kind)].toSorted(([a], [b]) => compareText(a, b));
  return Object.fromEntries(
    byKind.map(([kind, all]) => {
      const mu = all.reduce((sum, { log }) => sum + log, 0) / all.length;
      const variance = all.reduce((sum, { log }) => sum + (log - mu) ** 2, 0) / all.length;
      return [kind, { mu: rounded(mu), sigma: rounded(Math.sqrt(variance)), count: all.length }];
    }),
  );
}

/** Logarithms differ in their last digits between machines: four digits are enough. */
const rounded = (x: number): number => Math.round(x * 1e4) / 1e4;

function groupBy<T, K>(items: readonly T[], keyOf: (item: T) => K): ReadonlyMap<K, readonly T[]> {
  return Map.groupBy(items, keyOf);
}
