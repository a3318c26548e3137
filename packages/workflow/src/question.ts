import type { Answer, State, World } from '@backlot/protocol';
import { netChange, withoutAside } from '@backlot/reward';
import type { Draw } from './ground-from.ts';
import { listing, type Listed } from './listing.ts';
import { playActions } from './replay.ts';
import type { Rng } from './rng.ts';
import { shakenByLooking } from './shaken.ts';
import { stepsAllowed, type Draft, type Drawn } from './task-at.ts';
import { asideOf } from './verifier.ts';

type Sayable = Exclude<Answer, { kind: 'impossible' }>;

interface Question {
  readonly text: string;
  readonly answer: Sayable;
}

/** Sets to be named hold so many records. */
const setSize = { least: 2, most: 6 };
/** Numbers that are guessed first. */
const obvious = new Set([0, 1, 2, 3, 5, 10, 100]);

/**
 * A question about what is listed where a task leads that changes no data: how many, which is the first or the last, which day is shown,
 * or all of them. It is checked by the answer, and by nothing having changed. Null where the page lists nothing that could be asked for,
 * or where the answer could be had without going there.
 */
export function ask(draw: Draw, { draft, start }: Drawn): Draft | null {
  const { world, rng } = draw;
  const end = playActions(world, start.state, draft.oracle);
  if (!end) return null;
  const shaken = shakenByLooking(world, [start.state, end]);
  const changes = withoutAside(netChange(world, start.state, end), shaken);
  if (!changes.every(({ kind }) => kind === 'register')) return null;
  const question = rng.pick(
    questionsOn(world, { start: start.state, end }, rng).filter(({ answer }) => !isGiven(draft.instruction, answer)),
  );
  if (!question) return null;
  const aside = changes.flatMap((change) => (change.kind === 'register' ? [change.name] : []));
  const { wrongRecord: _other, ...common } = draft;
  return {
    ...common,
    instruction: `${draft.instruction} ${question.text}`,
    verifier: { goals: [], nothingElse: true, ...asideOf([...aside, ...shaken]), answer: question.answer },
    wrong: [],
    maxSteps: stepsAllowed(draft.oracle),
  };
}

interface Between {
  readonly start: State;
  readonly end: State;
}

function questionsOn(world: World, { start, end }: Between, rng: Rng): readonly Question[] {
  const listed = listing(world, end);
  const before = listing(world, start);
  // What is asked of the page where one already is takes no work.
  if (!listed || sameRecords(listed, before ?? [])) return [];
  return [...counting(listed, before), ...naming(listed, before), ...dating(listed, rng)];
}

const sameRecords = (a: readonly Listed[], b: readonly Listed[]): boolean =>
  JSON.stringify(a.map(({ record }) => record)) === JSON.stringify(b.map(({ record }) => record));

function counting(listed: readonly Listed[], before: readonly Listed[] | null): readonly Question[] {
  const value = listed.length;
  if (obvious.has(value) || value === before?.length) return [];
  return [{ text: 'How many entries does the page list then? Answer with the number.', answer: { kind: 'number', value } }];
}

function naming(listed: readonly Listed[], before: readonly Listed[] | null): readonly Question[] {
  const [first, last] = [listed[0] as Listed, listed.at(-1) as Listed];
  const ends: Question[] = [
    ...(first.label === before?.[0]?.label ? [] : [nameOne('first', first)]),
    ...(last.label === before?.at(-1)?.label ? [] : [nameOne('last', last)]),
  ];
  if (listed.length < setSize.least || listed.length > setSize.most) return ends;
  const values = listed.map(({ label }) => label);
  return [
    ...ends,
    { text: 'Which entries does the page list then? Answer with the names of all of them.', answer: { kind: 'set', values } },
  ];
}

const nameOne = (which: 'first' | 'last', { label }: Listed): Question => ({
  text: `Which entry is the ${which} in the list then? Answer with its name.`,
  answer: { kind: 'record', value: label },
});

function dating(listed: readonly Listed[], rng: Rng): readonly Question[] {
  const dated = rng.pick(listed.filter(({ days, label }) => days.length === 1 && !label.includes('”')));
  const [value] = dated?.days ?? [];
  if (!dated || value === undefined) return [];
  return [{ text: `Which day does the page show for “${dated.label}”? Answer with the date.`, answer: { kind: 'date', value } }];
}

/** True where the instruction holds the answer already. */
function isGiven(instruction: string, answer: Sayable): boolean {
  const texts = answer.kind === 'set' ? answer.values : answer.kind === 'record' ? [answer.value] : [];
  return texts.some((text) => instruction.toLowerCase().includes(text.toLowerCase()));
}
