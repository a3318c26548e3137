import type { LogSet, World } from '@backlot/protocol';
import type { Context } from './io/command.ts';
import { pageReading } from './read-pages.ts';

/** The world with its trial: sessions are played in what was learned of them, so that it knows how far it can be certain. */
export async function putOnTrial(world: World, logs: Pick<LogSet, 'assets' | 'sessions'>, { terminal, signal }: Context): Promise<World> {
  const { predictSteps, trialOf } = await import('@backlot/fidelity');
  const { sessions } = logs;
  let done = 0;
  const predicted = await predictSteps({
    world,
    sessions,
    canonical: await pageReading(logs),
    signal,
    onProgress: () => terminal.progress(`putting the clone on trial: ${++done} of ${sessions.length}`),
  });
  return { ...world, trial: trialOf(world, predicted) };
}
