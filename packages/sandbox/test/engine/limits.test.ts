import { expect, it } from 'vitest';
import { within } from '../../src/engine/limits.ts';

it('gives what work comes to, and fails as it fails', async () => {
  await expect(within(1000, Promise.resolve(1))).resolves.toBe(1);
  await expect(within(1000, Promise.reject(new Error('no')))).rejects.toThrow('no');
});

it('gives up work that takes too long, whatever the time of day does', async () => {
  const { now } = Date;
  const late = within(50, new Promise(() => undefined));
  Date.now = () => now() - 86_400_000;
  await expect(late).rejects.toThrow('longer than 0.05 s');
  Date.now = now;
});
