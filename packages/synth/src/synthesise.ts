import type { LogSet, World } from '@backlot/protocol';
import type { Looks } from './emit/world.ts';
import { emitWorld } from './emit/world.ts';
import { inOrder } from './log-order.ts';
import type { Model } from './model.ts';
import { learnModel } from './model.ts';
import { viewsOf } from './views.ts';

/** A learned world and the model behind it. */
export interface Synthesis {
  readonly world: World;
  readonly model: Model;
}

/** Learns a world from logs. Pure: the same logs and looks give the same world, byte for byte. */
export function synthesise(logs: LogSet, looks: Looks): Synthesis {
  if (logs.sessions.length === 0) throw new Error('There is no session to learn from. Give a folder with at least one readable log.');
  const model = learnModel(viewsOf(inOrder(logs)), looks.styles);
  return { model, world: emitWorld(model, looks) };
}
