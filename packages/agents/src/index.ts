export type { Agent, AgentContext, Attempt, Move } from './agent.ts';
export type { SeenNode } from './aria-parse.ts';
export { parseAria } from './aria-parse.ts';
export { randomAgent } from './random.ts';
export type { Rng } from './rng.ts';
export { createRng } from './rng.ts';
export type { EpisodeOptions } from './run-episode.ts';
export { runEpisode } from './run-episode.ts';
export { noopAgent, oracleAgent, replayAgent, wrongAgent } from './scripted.ts';
