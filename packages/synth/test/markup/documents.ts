import { mulberry32 } from '@backlot/world';
import type { MarkupPair } from '../../src/markup/learn.ts';
import type { Dialect } from './dialects.ts';
import { parseHtml } from './html.ts';

const words = (
  'amber basket candle dune ember falcon garden harbour island jasmine kettle lantern meadow nectar orchard pebble quiver river saddle ' +
  'timber umbrella velvet willow yonder zephyr the and with under over some every our their quick slow new old first last'
).split(' ');

/** Random documents of a dialect with what it renders. */
export function documents(dialect: Dialect, count: number, seed: number): readonly MarkupPair[] {
  const random = mulberry32(seed);
  const below = (most: number): number => Math.floor(random() * most);
  const pick = <T>(items: readonly T[]): T => items[below(items.length)]!;
  const some = (least: number, most: number): string =>
    Array.from({ length: least + below(most - least + 1) }, () => pick(words)).join(' ');
  const line = (): string => {
    const parts = [some(2, 5)];
    for (let marks = below(3); marks > 0; marks -= 1) parts.push(pick(dialect.inline)(some(1, 2), pick(words)), some(1, 4));
    const text = parts.join(' ');
    return `${text}${pick(['', '.', ', so it is.', '!'])}`;
  };
  const short = (): string =>
    (below(3) === 0 ? `${some(1, 2)} ${pick(dialect.inline)(some(1, 2), pick(words))} ${some(1, 1)}` : some(1, 4)).replaceAll('\n', ' ');
  const block = (): string => {
    if (below(3) === 0) return Array.from({ length: 1 + below(3) }, line).join('\n');
    return pick(dialect.blocks)(Array.from({ length: 2 + below(2) }, short), pick(words));
  };
  return Array.from({ length: count }, () => {
    const source = Array.from({ length: 2 + below(5) }, block).join('\n\n');
    return { source, rendered: parseHtml(dialect.render(source)) };
  });
}
