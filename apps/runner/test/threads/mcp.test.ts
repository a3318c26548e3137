/** What holds of a service on one thread holds of one on two. */
import { afterAll } from 'vitest';
import { threadsVariable } from '../fixtures/runner.ts';

process.env[threadsVariable] = '2';
afterAll(() => delete process.env[threadsVariable]);
await import('../mcp.test.ts');
