import { netChange } from '@backlot/reward';
import type { Draw } from './ground-from.ts';
import { choiceIn } from './open-choice.ts';
import { playActions } from './replay.ts';
import type { Rng } from './rng.ts';
import { stepsAllowed, type Draft, type Drawn } from './task-at.ts';
import { asideOf } from './verifier.ts';

const tries = 20;

/**
 * The same work on a record that is not there: its name is made of the names of two that are. The right thing is to look and to say that
 * it can't be done. Null where the work is done on no single record, or where every such name is held by some record.
 */
export function askForMissing(draw: Draw, { draft, way, grounded, start }: Drawn): Draft | null {
  const { world, rng } = draw;
  const choice = choiceIn(world, grounded);
  if (!choice || !draft.instruction.includes(`“${choice.label}”`)) return null;
  const cells = Object.values(start.state.tables)
    .flatMap((rows) => rows.flatMap((row) => Object.values(row)))
    .filter((cell) => typeof cell === 'string');
  const shown = [...cells, ...choice.peers.map(({ label }) => label)].map((text) => text.toLowerCase());
  const name = newName(
    choice.peers.map(({ label }) => label),
    shown,
    rng,
  );
  if (name === null) return null;
  const looks = [...way, ...grounded.steps.slice(0, grounded.steps.indexOf(choice.step)).map(({ action }) => action)];
  const end = playActions(world, start.state, looks);
  if (!end || netChange(world, start.state, end).length > 0) return null;
  const { wrongRecord: _other, ...common } = draft;
  return {
    ...common,
    instruction: draft.instruction.replace(`“${choice.label}”`, `“${name}”`),
    verifier: { goals: [], nothingElse: true, ...asideOf(draft.verifier.aside ?? []), answer: { kind: 'impossible' } },
    oracle: looks,
    // Looking at what is there does no harm.
    wrong: draft.verifier.goals.some(({ kind }) => kind === 'at') ? [] : draft.oracle,
    maxSteps: stepsAllowed(draft.oracle),
    difficulty: draft.oracle.length,
  };
}

/** No word twice. */
function isPlain(name: string): boolean {
  const words = name.toLowerCase().split(' ');
  return name !== '' && new Set(words).size === words.length;
}

/** The beginning of one name with the end of another, that nothing holds. */
function newName(names: readonly string[], shown: readonly string[], rng: Rng): string | null {
  for (let i = 0; i < tries; i++) {
    const [a = [], b = []] = [rng.pick(names), rng.pick(names)].map((name) => (name ?? '').split(' '));
    const cut = 1 + rng.int(Math.max(1, a.length - 1));
    const name = [...a.slice(0, cut), ...b.slice(Math.min(cut, b.length - 1))].join(' ');
    if (isPlain(name) && !shown.some((text) => text.includes(name.toLowerCase()))) return name;
  }
  return null;
}
