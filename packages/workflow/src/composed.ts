import type { State } from '@backlot/protocol';
import { netChange } from '@backlot/reward';
import { reset } from '@backlot/world';
import type { Draw } from './ground-from.ts';
import type { Workflow } from './model-schema.ts';
import { playActions } from './replay.ts';
import { isNameable, taskAt, type Draft, type Drawn } from './task-at.ts';
import { liftVerifier } from './verifier.ts';

/** Long tasks have so many steps, of at most so many pieces of work. */
const longSteps = { least: 20, most: 60 };
const mostParts = 12;
/** How often a piece goes on with the record of an earlier one, where it can. */
const sharedShare = 0.6;

/** Goes on from where a task ends with further work that changes something, on the same records where it can, until it is long. */
export function prolong(draw: Draw, first: Drawn, workflows: readonly Workflow[]): Draft | null {
  const start = startOf(draw, first.draft);
  let parts: readonly Drawn[] = [first];
  for (let k = 1; start && k <= 2 * mostParts && parts.length < mostParts; k++) {
    const steps = parts.reduce((sum, { draft }) => sum + draft.oracle.length, 0);
    if (steps >= longSteps.least) return steps <= longSteps.most ? joined(draw, parts, start) : null;
    const rng = draw.rng.fork(`part ${k}`);
    const workflow = rng.weighted(workflows, ({ count }) => count);
    const next = workflow && nextPart({ ...draw, rng }, parts, { start, workflow });
    if (next) parts = [...parts, next];
  }
  return null;
}

/** Two pieces of work of which nobody was seen to do the second after the first. */
export function combine(draw: Draw, first: Drawn, workflows: readonly Workflow[]): Draft | null {
  const start = startOf(draw, first.draft);
  const follows = draw.work.follows[first.draft.workflow] ?? {};
  const unseen = workflows.filter(({ id }) => id !== first.draft.workflow && follows[id] === undefined);
  const workflow = draw.rng.fork('second').weighted(unseen, ({ count }) => count);
  const next = start && workflow && nextPart({ ...draw, rng: draw.rng.fork('part') }, [first], { start, workflow });
  return next ? joined(draw, [first, next], start) : null;
}

/** Where a task begins; null where it does not change anything, so that nothing could be told of it after more work. */
function startOf({ world }: Draw, first: Draft): State | null {
  return first.verifier.goals.some(({ kind }) => kind === 'at') ? null : playActions(world, reset(world, first.account), first.setup);
}

interface Onwards {
  readonly start: State;
  readonly workflow: Workflow;
}

function nextPart(draw: Draw, parts: readonly Drawn[], { start, workflow }: Onwards): Drawn | null {
  const { world, rng } = draw;
  const first = parts[0] as Drawn;
  const oracle = parts.flatMap(({ draft }) => draft.oracle);
  const state = playActions(world, start, oracle);
  const schema = rng.weighted(workflow.schemas.filter(isNameable), ({ count }) => count);
  if (!state || !schema) return null;
  const plan = { workflow, ...schema, account: first.draft.account };
  const from = { state, actions: [...first.draft.setup, ...oracle] };
  const earlier = parts.flatMap(({ grounded }) => [...grounded.binding.records.values()]);
  const record = rng.fork('shares').next() < sharedShare ? rng.pick(earlier) : undefined;
  const same = record === undefined ? null : taskAt(draw, { ...plan, keep: { records: new Map([[0, record]]) } }, from);
  const next = same ?? taskAt(draw, plan, from);
  return next?.draft.verifier.goals.every(({ kind }) => kind !== 'at') === true ? next : null;
}

/** Several tasks as one, done in their order. What one part does, no other may undo. */
function joined({ world }: Draw, all: readonly Drawn[], start: State): Draft | null {
  const parts = all.map(({ draft }) => draft);
  const [first] = parts;
  const oracle = parts.flatMap((part) => part.oracle);
  const verifier = liftVerifier(world, start, oracle);
  if (!first || !verifier || !everyPartCounts({ world, start }, parts)) return null;
  const { wrongRecord: _first, ...common } = first;
  return {
    ...common,
    workflow: parts.map(({ workflow }) => workflow).join('+'),
    instruction: parts.map(({ instruction }, i) => `${i + 1}. ${instruction}`).join(' '),
    verifier,
    oracle,
    ...wrongEnd(parts),
    maxSteps: 2 * oracle.length + 5,
    difficulty: oracle.length,
  };
}

/** The whole with another value or record in its last part. */
function wrongEnd(parts: readonly Draft[]): Pick<Draft, 'wrong' | 'wrongRecord'> {
  const before = parts.slice(0, -1).flatMap(({ oracle }) => oracle);
  const { wrong = [], wrongRecord } = parts.at(-1) ?? {};
  return { wrong: [...before, ...wrong], ...(wrongRecord ? { wrongRecord: [...before, ...wrongRecord] } : {}) };
}

/** True where each part brings the whole to another net change than all before it did. */
function everyPartCounts({ world, start }: { world: Draw['world']; start: State }, parts: readonly Draft[]): boolean {
  const seen = new Set([JSON.stringify([])]);
  let state: State | null = start;
  for (const { oracle } of parts) {
    state = state && playActions(world, state, oracle);
    const change = state && JSON.stringify(netChange(world, start, state));
    if (change === null || seen.has(change)) return false;
    seen.add(change);
  }
  return true;
}
