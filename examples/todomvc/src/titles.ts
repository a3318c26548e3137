import type { Random } from './random.ts';
import { habits, titleShapes, words } from './work.ts';

/** A title that somebody might type, without spaces around it. */
export function makeTitle(random: Random): string {
  return random.pick(titleShapes).replace(/\{(\w+)\}/g, (_hole, name: string) => fill(random, name));
}

/** A title as it is typed: now and then with spaces around it. */
export function typedTitle(random: Random): string {
  const title = makeTitle(random);
  return random.chance(habits.spacesAround) ? `${' '.repeat(random.int(0, 2))}${title}${' '.repeat(random.int(1, 2))}` : title;
}

/** What somebody adds at the end of a title. */
export function makeContinuation(random: Random): string {
  return random.pick([
    ` ${fill(random, 'day')}`,
    ` ${fill(random, 'place')}`,
    ` (${fill(random, 'person')})`,
    `, ${fill(random, 'noun')}`,
    '!',
    ` x${fill(random, 'n')}`,
  ]);
}

function fill(random: Random, name: string): string {
  if (name === 'n') return String(random.int(2, 99));
  const kind = name.toLowerCase() as keyof typeof words;
  const word = random.pick<string>(words[kind]);
  return kind === name ? word : word.charAt(0).toUpperCase() + word.slice(1);
}
