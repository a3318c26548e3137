import type { State, World } from '@backlot/protocol';
import { actionsOf } from './courses.ts';
import { recordTable } from './abstract.ts';
import { eligibleRecords } from './eligible.ts';
import { ground, type Grounded, type GroundedStep } from './ground.ts';
import type { Draw } from './ground-from.ts';
import { labelRecord } from './record-label.ts';
import { spareActions } from './spare.ts';
import type { Draft, Drawn } from './task-at.ts';
import { liftVerifier } from './verifier.ts';

/** The step that chooses the one record that work is done on, and the records that it could have been. */
interface Choice {
  readonly step: GroundedStep;
  readonly slot: number;
  readonly record: string;
  readonly label: string;
  /** All that could be chosen, with their names. */
  readonly peers: readonly { readonly record: string; readonly label: string }[];
  readonly table: string | undefined;
}

/** Null where work is done on no record, on several, or where one has no name. */
export function choiceIn(world: World, grounded: Grounded): Choice | null {
  const [[slot, record] = [0, ''], ...more] = [...grounded.binding.records];
  const step = grounded.steps.find(({ abstract }) => abstract.slot === slot);
  if (!step || record === '' || more.length > 0 || step.abstract.page === null || step.abstract.anchor === null) return null;
  const table = recordTable(world, step.abstract.page, step.abstract.anchor);
  const records = [...new Set(eligibleRecords(world, step.before, step.abstract))];
  const labels = records.map((peer) => labelRecord(world, step.before, { record: peer, peers: records, table }));
  const peers = records.flatMap((peer, i) => (typeof labels[i] === 'string' ? [{ record: peer, label: labels[i] }] : []));
  const label = peers.find((peer) => peer.record === record)?.label;
  return label === undefined || peers.length < records.length ? null : { step, slot, record, label, peers, table };
}

/** Records that a word leaves open: more than one, but few. */
const fewest = 2;
const most = 5;
const shortestWord = 4;

/**
 * The same work with the record left open: any that has a word in its name will do, and each is a right end of its own. Null where no word
 * is shared by a few of the records that could be chosen and by no other.
 */
export function leaveOpen(draw: Draw, drawn: Drawn): Draft | null {
  const { world, rng } = draw;
  const { draft, grounded } = drawn;
  const choice = choiceIn(world, grounded);
  if (!choice || !draft.instruction.includes(`“${choice.label}”`)) return null;
  const word = rng.pick(sharedWords(choice, grounded.start));
  if (word === undefined) return null;
  const fits = (label: string): boolean => wordsOf(label).includes(word);
  const ends = choice.peers.filter(({ label }) => fits(label)).map(({ record }) => doneOn(draw, drawn, { choice, record }));
  const other = rng.fork('other').pick(choice.peers.filter(({ label }) => !fits(label)));
  const wrong = other && doneOn(draw, drawn, { choice, record: other.record });
  const goals = ends.map((end) => end && liftVerifier(world, drawn.start.state, end)?.goals);
  const [own, ...alternatives] = [draft.verifier.goals, ...goals.filter((each) => each !== null && each !== undefined)];
  if (!wrong || goals.length > alternatives.length) return null;
  const others = alternatives.filter((goal) => JSON.stringify(goal) !== JSON.stringify(own));
  if (others.length !== ends.length - 1) return null;
  const { wrongRecord: _other, ...common } = draft;
  return {
    ...common,
    instruction: draft.instruction.replace(`“${choice.label}”`, `any one entry with “${word}” in its name`),
    verifier: { ...draft.verifier, alternatives: others },
    wrong: [...wrong],
  };
}

const wordsOf = (text: string): readonly string[] => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];

/** Words that a few of the records have in their names, the chosen one among them; no record that is not to be seen here has them. */
function sharedWords({ peers, label, table }: Choice, state: State): readonly string[] {
  const seen = new Set(peers.map(({ record }) => record.split(':').at(-1)));
  const hidden = (state.tables[table ?? ''] ?? []).filter(({ id }) => !seen.has(id));
  const elsewhere = new Set(hidden.flatMap((row) => Object.values(row)).flatMap((cell) => (typeof cell === 'string' ? wordsOf(cell) : [])));
  return [...new Set(wordsOf(label))].filter((word) => {
    const having = peers.filter((peer) => wordsOf(peer.label).includes(word)).length;
    return word.length >= shortestWord && having >= fewest && having <= most && having < peers.length && !elsewhere.has(word);
  });
}

/** The actions that do the same work on another record, with the same texts. */
function doneOn(draw: Draw, { plan, way, grounded, start }: Drawn, { choice, record }: { choice: Choice; record: string }) {
  const keep = { values: grounded.binding.values, records: new Map([[choice.slot, record]]) };
  const done = ground({ ...plan, world: draw.world, rng: draw.rng.fork('same'), keep }, grounded.start);
  return done && spareActions(draw.world, start.state, [...way, ...actionsOf(done)]);
}
