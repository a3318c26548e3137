import { execFileSync } from 'node:child_process';
import { expect, it } from 'vitest';
import fc from 'fast-check';
import { firstThatRuns, quoted } from '../../src/containment/command.ts';

it('takes the first command that runs, and says why none did', async () => {
  expect(await firstThatRuns([['no-such-command'], ['env']])).toEqual({ command: ['env'] });
  expect(await firstThatRuns([['no-such-command', 'x']])).toMatchObject({ why: expect.stringContaining('`no-such-command x` fails') });
});

it('quotes any word so that a shell takes it literally', () => {
  const word = fc.string().map((text) => text.replaceAll('\0', ''));
  fc.assert(
    fc.property(word, (text) => void expect(execFileSync('sh', ['-c', `printf %s ${quoted(text)}`]).toString()).toBe(text)),
    { numRuns: 50 },
  );
});
