import type { Session, World } from '@backlot/protocol';
import { heldOutBits, type Bits } from './bits.ts';
import { adjustedRand, jensenShannon, moverConformance, twoSampleAuc, unitConformance } from './distances.ts';
import { learnMixed } from './mixed-model.ts';
import type { Counts, WorkModel } from './model-schema.ts';
import { observeSession, type Observed } from './observed.ts';
import type { ReadPage } from './replay.ts';
import { playActions } from './replay.ts';
import { createRng, type Rng } from './rng.ts';
import { habitsFrom, segment, type Habits } from './segment.ts';
import { sequencesOf, trainingSequences } from './sequences.ts';
import { placesOf, simulateSession } from './simulate.ts';
import { tally } from './tally.ts';
import { reset } from '@backlot/world';
import { labelPieces } from './label.ts';

/** One marginal: how far sampled sessions are from the logged ones, and how far two halves of the logged ones are from each other. */
export interface Marginal {
  readonly name: string;
  readonly distance: number;
  readonly halves: number;
}

/** How true a model of the work is, on sessions that it was not learned from. */
export interface WorkMeasure {
  readonly bits: Bits;
  readonly entropicRelevance: number;
  readonly marginals: readonly Marginal[];
  /** Stochastic conformance of sampled pieces with held-out ones. */
  readonly conformance: { readonly unit: number; readonly mover: number };
  readonly auc: number;
  /** Shares: held-out ways of working that sampling gives; sampled sessions unlike any logged; of these, those that execute. */
  readonly coverage: number;
  readonly novelty: number;
  readonly validNovelty: number;
}

/** What a model is measured with. */
export interface Measuring {
  readonly world: World;
  readonly work: WorkModel;
  readonly heldOut: readonly Session[];
  readonly read?: ReadPage;
  /** Sessions to sample, and the seed. */
  readonly samples?: number;
  readonly seed?: number;
}

/** A session as it is compared with others. */
interface Compared {
  readonly workflows: readonly string[];
  readonly pieces: readonly (readonly string[])[];
  readonly thinkMs: readonly number[];
  readonly places: readonly number[];
}

const splits = 20;

/** Measures a model of the work: see `WorkMeasure`. */
export function measureWork({ world, work, heldOut, read, samples = 200, seed = 1 }: Measuring): WorkMeasure {
  const corpus = heldOut.map((session) => observeSession(world, session, read));
  const train = trainingSequences(work);
  const test = sequencesOf(world, work, corpus);
  const rng = createRng(seed);
  const made = Array.from({ length: samples }, (_, i) => simulateSession(world, work, rng.fork(`session ${i}`)));
  const logged = work.traces.map((trace) => tracedSession(work, trace));
  const real = compareHeld(world, work, corpus);
  const sampled: readonly Compared[] = made.map((each) => ({
    workflows: each.pieces.map(({ workflow }) => workflow),
    pieces: each.pieces.map(({ symbols }) => symbols),
    thinkMs: each.thinkMs,
    places: each.places,
  }));
  const bits = heldOutBits(train, test, work.symbols.length);
  const known = new Set(logged.map(sessionKey));
  const novel = made.filter((_, i) => !known.has(sessionKey(sampled[i] as Compared)));
  const valid = novel.filter(({ account, actions }) => playActions(world, reset(world, account), actions) !== null);
  const variants = (sessions: readonly Compared[]): Counts =>
    tally(sessions.flatMap(({ pieces }) => pieces.map((piece) => piece.join('\n'))));
  const [held, given] = [variants(real), variants(sampled)];
  return {
    bits,
    entropicRelevance: entropicRelevance({ train, test, symbols: work.symbols.length }),
    marginals: marginalsOf([...logged.map((each, i) => ({ ...each, ...extrasOf(work, i) })), ...real], sampled, rng.fork('halves')),
    conformance: { unit: unitConformance(held, given), mover: moverConformance(held, given) },
    auc: twoSampleAuc([...logged, ...real].map(bigramsOf), sampled.map(bigramsOf)),
    coverage: Object.keys(held).filter((key) => key in given).length / Math.max(1, Object.keys(held).length),
    novelty: novel.length / Math.max(1, made.length),
    validNovelty: valid.length / Math.max(1, novel.length),
  };
}

function tracedSession({ symbols }: WorkModel, { steps, pieces }: WorkModel['traces'][number]): Compared {
  return {
    workflows: pieces.map(({ workflow }) => workflow),
    pieces: pieces.map(({ from, length }) => steps.slice(from, from + length).map((s) => symbols[s] as string)),
    thinkMs: [],
    places: [],
  };
}

const extrasOf = ({ traces }: WorkModel, i: number): Pick<Compared, 'thinkMs' | 'places'> => ({
  thinkMs: traces[i]?.thinkMs ?? [],
  places: traces[i]?.places ?? [],
});

/** The habits of the sessions that a model was learned from. */
function habitsOf({ traces, symbols, chrome }: WorkModel): Habits {
  return habitsFrom(
    traces.map(({ steps }) => steps.map((s) => symbols[s] as string)),
    chrome,
  );
}

function compareHeld(world: World, work: WorkModel, corpus: readonly Observed[]): readonly Compared[] {
  const habits = habitsOf(work);
  return corpus.map((observed) => {
    const cut = segment(observed, habits);
    return {
      workflows: labelPieces(work, { observed, cut, habits }),
      pieces: cut.map((piece) => piece.map((i) => observed.steps[i]?.token ?? '')),
      thinkMs: observed.steps.slice(1).map(({ played }) => played.thinkMs),
      places: placesOf(world, observed.replay.steps),
    };
  });
}

const sessionKey = ({ pieces }: Compared): string => pieces.flat().join('\n');
const bigramsOf = ({ pieces }: Compared): readonly string[] => {
  const flat = pieces.flat();
  return flat.slice(1).map((symbol, i) => `${flat[i]}\n${symbol}`);
};

const features: Readonly<Record<string, (session: Compared) => readonly string[]>> = {
  workflow: ({ workflows }) => workflows,
  bigram: bigramsOf,
  length: ({ pieces }) => [String(Math.round(Math.log2(1 + pieces.flat().length) * 2))],
  duration: ({ thinkMs }) => thinkMs.map((ms) => String(Math.round(2 * Math.log2(Math.max(1, ms))))),
  argument: ({ places }) => places.map((place) => String(Math.min(6, place))),
};

function marginalsOf(real: readonly Compared[], sampled: readonly Compared[], rng: Rng): readonly Marginal[] {
  return Object.entries(features).map(([name, of]) => {
    const count = (sessions: readonly Compared[]): Counts => tally(sessions.flatMap(of));
    const halves = Array.from({ length: splits }, (_, n) => {
      const mixed = shuffled(real, rng.fork(`${name} ${n}`));
      const half = Math.floor(mixed.length / 2);
      return jensenShannon(count(mixed.slice(0, half)), count(mixed.slice(half)));
    });
    return { name, distance: jensenShannon(count(real), count(sampled)), halves: halves.reduce((a, b) => a + b, 0) / splits };
  });
}

function shuffled<T>(items: readonly T[], rng: Rng): readonly T[] {
  return items
    .map((item) => ({ item, key: rng.next() }))
    .toSorted((a, b) => a.key - b.key)
    .map(({ item }) => item);
}

/** Mean bits for a whole session (Polyvyanyy 2020): by the model where it knows all symbols, else each symbol alike, and which of the two. */
function entropicRelevance({
  train,
  test,
  symbols,
}: {
  train: Parameters<typeof heldOutBits>[0];
  test: Parameters<typeof heldOutBits>[1];
  symbols: number;
}): number {
  if (test.length === 0) return 0;
  const model = learnMixed(train, symbols);
  const fits = test.map((sequence) => !sequence.symbols.slice(1).includes(-1));
  const share = fits.filter(Boolean).length / test.length;
  const selector = share === 0 || share === 1 ? 0 : -share * Math.log2(share) - (1 - share) * Math.log2(1 - share);
  const costs = test.map((sequence, k) =>
    sequence.symbols
      .slice(1)
      .reduce((sum, symbol, i) => sum - Math.log2(fits[k] ? (model.predict(sequence, i + 1)[symbol] as number) : 1 / (symbols + 1)), 0),
  );
  return selector + costs.reduce((a, b) => a + b, 0) / costs.length;
}

/** How well found work matches what is known to be true. */
export interface TruthScore {
  readonly steps: number;
  readonly boundaries: { readonly precision: number; readonly recall: number; readonly f1: number };
  readonly adjustedRand: number;
}

/** The true label of a step; null for steps that the truth does not speak of. `run` tells two runs of the same work apart. */
export interface TrueStep {
  readonly workflow: string | null;
  readonly run?: number;
}

/** Compares found pieces with the truth. Where the truth has no runs, two pieces of the same work in a row count as one on both sides. */
export function scoreTruth(
  { world, work, heldOut, read }: Measuring,
  truthOf: (session: Session) => readonly (TrueStep | null)[],
): TruthScore {
  const corpus = heldOut.map((session) => observeSession(world, session, read));
  const habits = habitsOf(work);
  const [wanted, found]: [string[], string[]] = [[], []];
  let [hits, invented, missed] = [0, 0, 0];
  for (const observed of corpus) {
    const cut = segment(observed, habits);
    const labels = labelPieces(work, { observed, cut, habits });
    const truth = truthOf(observed.session);
    const placed = cut.flatMap((piece, p) => piece.map((i) => ({ p, label: labels[p] as string, truth: truth[i] ?? null })));
    const known = placed.filter((each): each is typeof each & { truth: TrueStep } => typeof each.truth?.workflow === 'string');
    for (const [i, now] of known.entries()) {
      wanted.push(now.truth.workflow as string);
      found.push(now.label);
      const last = known[i - 1];
      if (!last) continue;
      const hasRuns = now.truth.run !== undefined;
      const isTrue = hasRuns ? now.truth.run !== last.truth.run : now.truth.workflow !== last.truth.workflow;
      const isFound = hasRuns ? now.p !== last.p : now.label !== last.label;
      if (isTrue && isFound) hits++;
      else if (isFound) invented++;
      else if (isTrue) missed++;
    }
  }
  const rate = (part: number, whole: number): number => (whole === 0 ? 1 : part / whole);
  const boundaries = {
    precision: rate(hits, hits + invented),
    recall: rate(hits, hits + missed),
    f1: rate(2 * hits, 2 * hits + invented + missed),
  };
  return { steps: wanted.length, boundaries, adjustedRand: adjustedRand(wanted, found) };
}
