import type { Session, World } from '@backlot/protocol';
import { currentUrl } from '@backlot/world';
import { abstractSteps, pageOf, recordOf, type Abstracted } from './abstract.ts';
import { eligibleRecords } from './eligible.ts';
import type { AbstractAction, ValueModel, WorkModel, Workflow } from './model-schema.ts';
import { nameWorkflow } from './naming.ts';
import { replaySession, type Replay, type ReplayedStep } from './replay.ts';
import { segment } from './segment.ts';
import { learnValues, type ValueSample } from './values.ts';

/** One piece of work of one session. */
interface Occurrence {
  readonly session: string;
  readonly account: string;
  readonly indexes: readonly number[];
  readonly steps: readonly ReplayedStep[];
  readonly abstracted: readonly Abstracted[];
  readonly effect: readonly string[];
  readonly leadsTo: string | null;
}

/** Learns from sessions what people do in an application: see `WorkModel`. The order of the sessions does not matter. */
export function learnWork(world: World, sessions: readonly Session[]): WorkModel {
  const replays = sessions.toSorted((a, b) => compareText(a.id, b.id)).map((session) => replaySession(world, session));
  const occurrences = replays.map((replay) => occurrencesOf(world, replay));
  const groups = groupBy(occurrences.flat(), groupKey);
  const total = occurrences.reduce((sum, each) => sum + each.length, 0);
  const ordered = [...groups].toSorted(([a, x], [b, y]) => y.length - x.length || compareText(a, b));
  const ids = new Map(ordered.map(([key], i) => [key, `w${i + 1}`]));
  const sequences = occurrences.map((each) => each.map((occurrence) => ids.get(groupKey(occurrence)) as string));
  return {
    v: 1,
    app: world.app,
    workflows: ordered.map(([key, group]) => workflowOf(world, ids.get(key) as string, { group, total })),
    accounts: tally(replays.map((replay) => replay.account)),
    ...transitions(sequences),
    thinkMs: thinkTimes(replays),
    coverage: {
      steps: replays.reduce((sum, replay) => sum + replay.steps.length, 0),
      accepted: replays.reduce((sum, replay) => sum + replay.accepted.filter(Boolean).length, 0),
      explained: occurrences.flat().reduce((sum, each) => sum + each.indexes.length, 0),
    },
  };
}

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function occurrencesOf(world: World, replay: Replay): readonly Occurrence[] {
  return segment(world, replay).map(({ steps: indexes, effect }) => {
    const steps = indexes.map((i) => replay.steps[i] as ReplayedStep);
    const last = steps.at(-1) as ReplayedStep;
    const abstracted = abstractSteps(world, steps);
    return { session: replay.session, account: replay.account, indexes, steps, abstracted, effect, leadsTo: pageOf(world, last.after) };
  });
}

/** Work is alike if it changes the same and ends with the same act on the same element; looking, if it ends on the same page too. */
function groupKey({ effect, abstracted, leadsTo }: Occurrence): string {
  const last = (abstracted.at(-1) as Abstracted).action;
  const kind = last.kind === 'check' || last.kind === 'uncheck' ? 'click' : last.kind;
  return JSON.stringify([effect, kind, last.page, last.anchor, last.constant ?? '', effect.length === 0 ? leadsTo : '']);
}

function workflowOf(world: World, id: string, { group, total }: { group: readonly Occurrence[]; total: number }): Workflow {
  const schemas = countAlike(group.map((each) => each.abstracted.map(({ action }) => action)));
  const common = schemas[0]?.actions as readonly AbstractAction[];
  const typical = group.find(
    (each) => JSON.stringify(each.abstracted.map(({ action }) => action)) === JSON.stringify(common),
  ) as Occurrence;
  return {
    id,
    name: nameWorkflow({ effect: typical.effect, moves: moves(typical), actions: typical.steps.map((step) => step.action) }),
    count: group.length,
    share: group.length / total,
    effect: [...typical.effect],
    leadsTo: typical.leadsTo,
    examples: group.map(({ session, indexes }) => ({ session, steps: [...indexes] })),
    schemas,
    values: valueModels(group),
    positions: positionsOf(world, group),
  };
}

const moves = ({ steps }: Occurrence): boolean =>
  currentUrl((steps[0] as ReplayedStep).before) !== currentUrl((steps.at(-1) as ReplayedStep).after);

function countAlike(all: readonly (readonly AbstractAction[])[]): Workflow['schemas'] {
  const groups = [...groupBy(all, (actions) => JSON.stringify(actions))];
  return groups
    .toSorted(([a, x], [b, y]) => y.length - x.length || compareText(a, b))
    .map(([, alike]) => ({ actions: [...(alike[0] as readonly AbstractAction[])], count: alike.length }));
}

function valueModels(group: readonly Occurrence[]): Record<string, ValueModel> {
  const samples = group.flatMap(({ abstracted, steps, account }) =>
    abstracted.flatMap(({ action, value, element }, i) => {
      if (action.field === undefined || value === undefined) return [];
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

/** How often each text occurs, in the order of the texts. */
function tally(texts: readonly string[]): Record<string, number> {
  const counts = new Map<string, number>();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  return Object.fromEntries([...counts].toSorted(([a], [b]) => compareText(a, b)));
}

function transitions(sequences: readonly (readonly string[])[]): Pick<WorkModel, 'starts' | 'ends' | 'follows'> {
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

function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): ReadonlyMap<string, readonly T[]> {
  return Map.groupBy(items, keyOf);
}
