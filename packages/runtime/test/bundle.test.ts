import { Script } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { bundleRuntime } from '../src/index.ts';

describe('bundleRuntime', () => {
  it('gives the same classic script every time, without a path of the machine', async () => {
    const script = await bundleRuntime();
    expect(await bundleRuntime()).toBe(script);
    expect(() => new Script(script)).not.toThrow();
    expect(script).not.toContain(process.cwd());
    expect(script).not.toMatch(/\beval\(|new Function\b|\bfetch\(|\bimport\(/);
  });
});
