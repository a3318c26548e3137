export type { Synthesiser } from './jobs.ts';
export type { GeneratorOptions, RunningGenerator } from './serve-generator.ts';
export { serveGenerator } from './serve-generator.ts';
