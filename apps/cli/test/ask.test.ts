import { PassThrough } from 'node:stream';
import { expect, it } from 'vitest';
import { asker } from '../src/io/ask.ts';

it('a person is asked one question after the other, and only a yes is one', async () => {
  const [input, output] = [new PassThrough(), new PassThrough({ encoding: 'utf8' })];
  const { ask, close } = asker({ input, output });
  const answers = Promise.all(['Delete?', 'Buy\u001b[2J?', 'Send?', 'Leave?'].map((question) => ask(question)));
  input.end('yes\nyesterday\n Y \n');
  // The last one finds nobody any more.
  expect(await answers).toEqual([true, false, true, false]);
  expect(output.read()).toBe('Delete? [y/N] Buy\\u001b[2J? [y/N] Send? [y/N] Leave? [y/N] ');
  close();
});
