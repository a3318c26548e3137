import type { Task } from '@backlot/protocol';
import type { Said } from '@backlot/reward';

const numbers = ['0', '1', '2', '3', '5', '10', '100'];
const words = ['', 'yes', 'no', 'none', 'all', 'impossible', 'N/A'];

/** What can be said without looking: giving up, small and round numbers, words that fit much, and whatever the instruction names. */
export function guessesOf({ instruction, verifier: { answer } }: Task): readonly Said[] {
  const named = [...instruction.matchAll(/“([^”]*)”/g)].map(([, text]) => text as string);
  const told = [...numbers, ...words, ...named, named.join('; '), instruction].map((text) => ({ answer: text }));
  return answer?.kind === 'impossible' ? told : [{ gaveUp: true }, ...told];
}

const dayMs = 86_400_000;

/** Answers of the right type that are wrong: a neighbour of the number or the day, a part of the names, or a name more. */
export function otherAnswers({ verifier: { answer } }: Task): readonly Said[] {
  const say = (...texts: readonly string[]): readonly Said[] => texts.map((text) => ({ answer: text }));
  switch (answer?.kind) {
    case undefined:
      return [];
    case 'impossible':
      return say('', 'done');
    case 'number':
      return say(String(answer.value - 1), String(answer.value + 1), `${answer.value} or ${answer.value + 1}`, `${answer.value}0`);
    case 'date':
      return say(
        ...[-1, 1].map((days) => new Date(Date.parse(answer.value) + days * dayMs).toISOString().slice(0, 10)),
        answer.value.slice(0, 7),
      );
    case 'record':
      return say(
        answer.value.slice(0, -1),
        `${answer.value} 2`,
        answer.value.split(' ')[0] === answer.value ? '' : (answer.value.split(' ')[0] as string),
      );
    case 'set':
      return say(answer.values.slice(1).join('; '), [...answer.values, 'Another one'].join('; '));
  }
}
