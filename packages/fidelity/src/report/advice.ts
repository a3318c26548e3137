import type { Action, World } from '@backlot/protocol';
import type { Miss } from '../blame/suspects.ts';
import type { PredictedSession } from '../clone/predict-steps.ts';
import { lowerFirst, sayAction, upperFirst } from './wording.ts';
import type { Describe, NamedChanges, NamedSuspect } from './words.ts';

/** One thing to do next, with what it would be good for. */
export interface Advice {
  /** `renew`: the application has changed; `mend`: something is wrong; `decide`: something is open; `test`: something was never put to the test. */
  readonly kind: 'renew' | 'mend' | 'decide' | 'test';
  /** What is the matter, in one sentence. */
  readonly what: string;
  /** Recordings that would help, each in one sentence. */
  readonly record: readonly string[];
  /** Steps that would come out right at most, and a few of them. */
  readonly steps: number;
  readonly examples: readonly Miss[];
}

/** What advice is made from. */
export interface AdviceInput {
  readonly world: World;
  readonly suspects: readonly NamedSuspect[];
  readonly misses: readonly Miss[];
  readonly changes: NamedChanges | null;
  readonly predicted: readonly PredictedSession[];
  readonly describe: Describe;
}

const mostChanges = 3;
const mostMends = 5;
const mostOpen = 3;
const mostExamples = 3;

/** What to do next, what gains most first. */
export function advise(input: AdviceInput): readonly Advice[] {
  const mends = input.suspects
    .filter(({ explains }) => explains.length > 0)
    .toSorted((a, b) => b.explains.length - a.explains.length)
    .slice(0, mostMends);
  const mended = new Set(mends.map(({ part }) => (part.kind === 'rule' ? part.rule : '')));
  return [...renewal(input.changes), ...mends.map(mend), ...decisions(input, mended), ...untested(input)];
}

/** An application that has changed is not mended rule by rule. */
function renewal(changes: NamedChanges | null): readonly Advice[] {
  if (changes === null || changes.found.length === 0) return [];
  const { found, suspects } = changes;
  const concerned = suspects.slice(0, mostChanges).map(({ words }) => lowerFirst(words.name));
  return [
    {
      kind: 'renew',
      what: [
        `The application seems to have changed since the clone was learned: ${found.slice(0, mostChanges).map(sayChange).join('; ')}.`,
        ...(concerned.length === 0 ? [] : [`Most likely concerned: ${concerned.join('; ')}.`]),
      ].join(' '),
      record: ['Record the work of the new version, and learn from these recordings alone.'],
      steps: found.reduce((sum, { now }) => sum + now[1], 0),
      examples: found.flatMap(({ examples }) => examples).slice(0, mostExamples),
    },
  ];
}

function sayChange({ before: [right, wrong], now, words, examples: [example] }: NamedChanges['found'][number]): string {
  const what = words?.name ?? (example === undefined ? 'a step' : `${sayAction(withoutText(example.action))} on ${example.page}`);
  return `${lowerFirst(what)} was right ${right} of ${right + wrong} times, now ${now[0]} of ${now[0] + now[1]}`;
}

/** An action of which nothing matters but where it is done: what is typed differs every time. */
const withoutText = ({ value, ...action }: Action): Action =>
  action.kind === 'fill' || value === undefined ? action : { ...action, value };

function mend({ part, words, explains }: NamedSuspect): Advice {
  return {
    kind: 'mend',
    what: wrongs[part.kind](words.name),
    record: words.wouldDecide.length > 0 ? words.wouldDecide : [...new Set(explains.map(again))].slice(0, 2),
    steps: explains.length,
    examples: explains.slice(0, mostExamples),
  };
}

const wrongs = {
  rule: (name: string): string => `What happens is not as learned: ${lowerFirst(name)}.`,
  list: (name: string): string => `${upperFirst(name)} shows other records, or others first.`,
  place: (name: string): string => `${upperFirst(name)} says something else, or stands where it should not.`,
  page: (name: string): string => `${upperFirst(name)} is shown where another page is, or the other way round.`,
};

function again({ action, page }: Miss): string {
  return `Record people who ${sayAction(action)}${page === '' ? '' : ` on ${page}`}, with other data before it.`;
}

/** Rules that fired without being certain, most used first. */
function decisions({ world, predicted, describe }: AdviceInput, mended: ReadonlySet<string>): readonly Advice[] {
  const used = new Map<string, number>();
  for (const { steps } of predicted) for (const rule of steps.flatMap(({ rules }) => rules)) used.set(rule, (used.get(rule) ?? 0) + 1);
  return world.rules
    .filter(({ id, certainty }) => certainty !== 'certain' && used.has(id) && !mended.has(id))
    .map(({ id }) => ({ words: describe({ kind: 'rule', rule: id }), steps: used.get(id) ?? 0 }))
    .filter(({ words }) => words.wouldDecide.length > 0)
    .toSorted((a, b) => b.steps - a.steps)
    .slice(0, mostOpen)
    .map(({ words, steps }) => ({
      kind: 'decide' as const,
      what: `It is open what this does: ${lowerFirst(words.name)}.`,
      record: words.wouldDecide,
      steps,
      examples: [],
    }));
}

/** What was learned and never done in the held-out sessions: nothing is known of how true it is. */
function untested({ world, predicted, describe }: AdviceInput): readonly Advice[] {
  const fired = new Set(predicted.flatMap(({ steps }) => steps.flatMap(({ rules }) => rules)));
  const never = world.rules.filter(({ id }) => !fired.has(id));
  if (predicted.length === 0 || never.length === 0) return [];
  const names = never
    .toSorted((a, b) => b.evidence.length - a.evidence.length)
    .slice(0, mostOpen)
    .map(({ id }) => `Hold out sessions for this: ${lowerFirst(describe({ kind: 'rule', rule: id }).name)}.`);
  const what = `${never.length} of ${world.rules.length} rules were not put to the test by these sessions.`;
  return [{ kind: 'test', what, record: names, steps: 0, examples: [] }];
}
