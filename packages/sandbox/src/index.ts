export { InfraError, SetupError } from './engine/errors.ts';
export type { ActResult, Clone, Engine, Episode, OpenOptions } from './engine/port.ts';
export { sayAction } from './engine/wording.ts';
export type { TextStep } from './text/text-engine.ts';
export { createTextEngine, stepText } from './text/text-engine.ts';
