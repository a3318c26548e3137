import { superviseEngine, type CompiledPolicy, type Engine, type EpisodeTrail } from '@backlot/sandbox';
import type { RunnerOptions } from '../options.ts';

/** An engine whose attempts, one after the other, stand under policies and are recorded. */
export interface Watched {
  readonly engine: Engine;
  /** Records how the attempt that began last came out. */
  ended: EpisodeTrail['ended'];
}

/** Puts an engine under policies, for one held episode. Without policies nothing is recorded. */
export function watch(engine: Engine, policies: readonly CompiledPolicy[], audit: RunnerOptions['audit']): Watched {
  if (policies.length === 0) return { engine, ended: async () => undefined };
  let trail: EpisodeTrail | null = null;
  const record =
    audit === undefined ? {} : { record: async (...args: Parameters<typeof audit.record>) => (trail = await audit.record(...args)) };
  return { engine: superviseEngine(engine, { policies, ...record }), ended: async (verdict) => trail?.ended(verdict) };
}
