export type { Runner } from './server.ts';
export { startRunner } from './server.ts';
export type { ListenOptions, RunnerOptions } from './options.ts';
export { serveStdio } from './mcp/stdio.ts';
