import { actionKinds } from '@backlot/protocol';
import { defaultCostModel, type CostModel } from '@backlot/reward';
import type { WorkModel } from './model-schema.ts';

/**
 * The time that people took for actions of each kind, the thinking before them included: the median of what was logged, which is the
 * exponential of the mean logarithm of a log-normal. Kinds that nobody was seen to do keep the default.
 */
export function costModelOf({ thinkMs }: Pick<WorkModel, 'thinkMs'>): CostModel {
  const learned = actionKinds.map((kind) => {
    const pause = thinkMs[kind];
    return [kind, pause === undefined ? defaultCostModel.msByKind[kind] : Math.round(Math.exp(pause.mu))] as const;
  });
  return { msByKind: Object.fromEntries(learned) as CostModel['msByKind'] };
}
