import type { Observation } from '@backlot/protocol';
import { featureOf, hashOf, mix } from './hashing.ts';
import { areAkin, plainOf, wordsOf, type Instruction } from './instruction.ts';
import { placeOf, type PageView } from './page-view.ts';
import { sayCandidate, type Progress } from './progress.ts';
import type { Candidate } from './repertoire.ts';
import { scopesOf, type Scope } from './scope.ts';

/** The moment at which a choice is made. */
export interface Moment {
  readonly instruction: Instruction;
  readonly observation: Observation;
  readonly view: PageView;
  readonly progress: Progress;
  readonly refused: boolean;
}

/** What all candidates of a moment share. */
interface Frame extends Moment {
  readonly firstUnused: number;
  /** How many spans no action has used: 0, 1, 2 or 3 for more. */
  readonly open: number;
  readonly hasChanged: boolean;
  readonly isElsewhere: boolean;
  readonly last: string;
  readonly shownBefore: ReadonlySet<string>;
  /** Hashes of what a candidate is remembered together with. */
  readonly memory: readonly number[];
}

/** The features of each candidate, by number; each has the value 1. */
export function featuresOf(moment: Moment, candidates: readonly Candidate[]): readonly Int32Array[] {
  const frame = frameOf(moment);
  return candidates.map((candidate) => {
    const names: string[] = [];
    const hashes: number[] = [];
    if (candidate.action === 'done') aboutEnding(frame, names);
    else {
      aboutName(frame, candidate, names);
      aboutValue(frame, candidate, names);
      aboutPlace(frame, candidate, names);
      aboutElement(frame, candidate, names);
    }
    const own = hashOf(sayCandidate(candidate));
    for (const hash of frame.memory) hashes.push(mix(hash, own));
    return Int32Array.from([...names.map(hashOf), ...hashes].map(featureOf));
  });
}

function frameOf(moment: Moment): Frame {
  const { instruction, observation, view, progress, refused } = moment;
  const firstUnused = progress.used.indexOf(0);
  const open = Math.min(3, progress.used.filter((uses) => uses === 0).length);
  const last = progress.done.at(-1) ?? 'start';
  const { before } = progress;
  const isElsewhere = before !== null && before.url !== observation.url;
  const hasChanged = isElsewhere || (before !== null && before.aria !== observation.aria);
  const lastButOne = progress.done.at(-2) ?? 'start';
  const isOpen = open > 0 ? 'open' : 'used';
  const memory = [
    'ever',
    `page ${view.kind}`,
    `last ${last}`,
    `lasts ${lastButOne} ${last}`,
    `template ${instruction.template}`,
    `template ${instruction.template} ${view.kind}`,
    `template ${instruction.template} ${last}`,
    `open ${isOpen} ${last}`,
    `refused ${refused}`,
    ...instruction.words.map((word) => `word ${word}`),
    ...instruction.words.map((word) => `word ${word} ${view.kind}`),
    ...instruction.words.map((word) => `word ${word} ${isOpen} ${last}`),
    ...instruction.spans.flatMap(({ plain }, i) => (plain.length < 30 ? [`span ${plain} ${(progress.used[i] ?? 0) > 0}`] : [])),
  ].map(hashOf);
  const shownBefore = new Set(before?.aria.split('\n').map((line) => line.trim()) ?? []);
  return { ...moment, firstUnused, open, last, hasChanged, isElsewhere, shownBefore, memory };
}

/** Whether it is time to stop. */
function aboutEnding({ open, last, hasChanged, isElsewhere, progress, instruction }: Frame, names: string[]): void {
  const kind = last.split(' ')[0];
  const length = Math.min(6, progress.done.length);
  const spans = Math.min(3, instruction.spans.length);
  names.push('done', `done ${open}`, `done ${open} ${kind}`, `done ${open} ${kind} ${hasChanged} ${isElsewhere}`, `done ${length}`);
  names.push(`done ${open} ${length} of ${spans}`, `done ${hasChanged} ${open}`);
}

/** How the element's name fits the instruction. */
function aboutName(frame: Frame, { node, action }: Candidate, names: string[]): void {
  const seen = frame.view.nodes[node];
  if (seen === undefined || action === 'done') return;
  const { instruction, progress, firstUnused } = frame;
  const act = `${action.kind} ${seen.role}`;
  const name = plainOf(seen.name);
  const words = wordsOf(name);
  let isNamed = false;
  for (const [i, { plain, before, after }] of instruction.spans.entries()) {
    const how = name === '' ? '' : name === plain ? 'is' : name.includes(plain) ? 'has' : '';
    if (how !== '') {
      isNamed = true;
      const isUsed = (progress.used[i] ?? 0) > 0;
      const said = before.slice(-2).join(' ');
      names.push(`name ${how}`, `name ${how} ${action.kind} ${isUsed} ${i === firstUnused}`, `name ${how} ${act} ${i === firstUnused}`);
      names.push(`name ${how} ${action.kind} ${said} ${isUsed}`, `name ${how} ${act} ${said} ${after} ${i === firstUnused}`);
      names.push(`name ${how} ${action.kind} ${said} open ${frame.open}`);
    }
    const isAkin = before.some((word) => words.some((own) => areAkin(own, word)));
    if (isAkin) names.push(`named before a span ${act} ${i === firstUnused}`);
  }
  const akin = words.filter((own) => instruction.words.some((word) => areAkin(own, word))).length;
  const share = words.length === 0 ? 0 : Math.ceil((4 * akin) / words.length);
  names.push(
    `named ${isNamed} ${action.kind}`,
    `named ${isNamed} ${act} ${frame.open}`,
    `akin ${share} ${act}`,
    `akin ${share} ${isNamed} ${frame.open}`,
  );
}

/** How the value fits the instruction, and the field. */
function aboutValue(frame: Frame, { node, span, action }: Candidate, names: string[]): void {
  const seen = frame.view.nodes[node];
  if (seen === undefined || action === 'done' || (action.kind !== 'fill' && action.kind !== 'select')) return;
  const { instruction, progress, firstUnused } = frame;
  const name = plainOf(seen.name);
  const isThere = plainOf(seen.text) === plainOf(action.value ?? '');
  names.push(`value there ${isThere}`);
  const given = instruction.spans[span];
  if (given === undefined) {
    names.push(`value fixed ${action.value}`, `value fixed ${action.value} ${name}`);
    return;
  }
  const isUsed = (progress.used[span] ?? 0) > 0;
  const said = given.before.slice(-2).join(' ');
  names.push(`value ${action.kind} ${isUsed} ${span === firstUnused}`, `value said ${said}`, `value said ${said} in ${name}`);
  for (const word of given.before) for (const own of wordsOf(name)) names.push(`value ${word} × ${own}`);
  const isAkin = given.before.some((word) => wordsOf(name).some((own) => areAkin(own, word)));
  names.push(`value akin ${isAkin} ${isUsed}`);
  const label = instruction.spans.findIndex(({ plain }) => plain === name);
  const gap = label < 0 ? 'none' : Math.max(-2, Math.min(2, span - label));
  names.push(`value gap ${gap}`, `value gap ${gap} ${said}`, `value gap ${gap} ${isUsed} ${span === firstUnused} ${label === firstUnused}`);
  const isLabel = frame.view.nodes.some((other) => plainOf(other.name) === given.plain);
  names.push(`value is a name ${isLabel}`, `value is a name ${isLabel} ${gap}`);
}

/** Whether the element belongs to the record that the instruction names. */
function aboutPlace(frame: Frame, { node, action }: Candidate, names: string[]): void {
  const seen = frame.view.nodes[node];
  if (seen === undefined || action === 'done') return;
  const { instruction, progress, view } = frame;
  const copies = view.alike.get(placeOf(seen)) ?? [];
  const order = Math.min(4, seen.nth);
  names.push(copies.length > 1 ? `copy ${order} ${action.kind}` : 'single');
  if (copies.length < 2) return;
  if (seen.nth === copies.length - 1) names.push('last copy');
  let isOwned = false;
  for (const [i, { before }] of instruction.spans.entries()) {
    for (const scope of scopesOf(view, node, i)) {
      const said = sayScope(scope);
      if (said === '') continue;
      isOwned ||= said !== 'previous';
      const isUsed = (progress.used[i] ?? 0) > 0;
      names.push(`scope ${said}`, `scope ${said} ${action.kind} ${isUsed}`, `scope ${said} ${before.slice(-1).join(' ')}`);
    }
  }
  names.push(`owned ${isOwned}`, `owned ${isOwned} ${action.kind} ${seen.role}`);
  for (const word of instruction.words) names.push(`copy ${order} ${word}`);
}

function sayScope({ isNext, isPrevious, isInside, isUnderHeading }: Scope): string {
  return [isNext && 'next', isPrevious && 'previous', isInside && 'inside', isUnderHeading && 'heading'].filter(Boolean).join(' ');
}

/** What the element is, what was done to it, and what is new about it. */
function aboutElement(frame: Frame, candidate: Candidate, names: string[]): void {
  const { action, node } = candidate;
  if (action === 'done') return;
  const seen = frame.view.nodes[node];
  const said = sayCandidate(candidate);
  const times = Math.min(2, frame.progress.done.filter((each) => each === said).length);
  names.push(`kind ${action.kind} ${frame.open}`, `kind ${action.kind} after ${frame.last.split(' ')[0]}`, `again ${times} ${action.kind}`);
  names.push(`just done ${frame.last === said} ${frame.hasChanged}`);
  if (seen === undefined) return;
  const role = `${action.kind} ${seen.role}`;
  const isNew = frame.progress.before !== null && !lineShown(frame.shownBefore, seen.role, seen.name);
  const isOutside = /^(?:[a-z]+:)?\/\//.test(seen.props['url'] ?? '');
  names.push(`role ${role} ${frame.open}`, `new ${isNew} ${frame.isElsewhere} ${action.kind}`, `outside ${isOutside} ${seen.name === ''}`);
  if (action.kind === 'press')
    names.push(
      `press ${seen.text !== ''} ${frame.open}`,
      `press in the last ${frame.last.includes(` ${plainOf(seen.name)} `)} ${frame.last.split(' ')[0]}`,
    );
  for (const word of frame.instruction.words) names.push(`word ${word} ${role} ${frame.open}`);
}

function lineShown(lines: ReadonlySet<string>, role: string, name: string): boolean {
  const line = `- ${role} ${JSON.stringify(name)}`;
  return lines.has(line) || lines.has(`${line}:`);
}
