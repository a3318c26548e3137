export type { Runner } from './server.ts';
export { startRunner, startThreadedRunner } from './server.ts';
export type { ListenOptions, RunnerOptions } from './options.ts';
export type { Provision } from './threads/messages.ts';
export type { ThreadPlan } from './threads/threaded-service.ts';
export { serveStdio } from './mcp/stdio.ts';
