export type { Looks } from './emit/world.ts';
export type { Synthesis } from './synthesise.ts';
export { synthesise } from './synthesise.ts';
