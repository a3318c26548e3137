import type { openEnvResultSchema, openEnvStateSchema, Outcome, OpenRequest, OpenEnvReset } from '@backlot/protocol';
import type { z } from 'zod';
import type { HeldEpisode } from '../episodes/held-episode.ts';

export type OpenEnvResult = z.infer<typeof openEnvResultSchema>;
export type OpenEnvState = z.infer<typeof openEnvStateSchema>;

const textForms = ['refs', 'axtree', 'aria', 'html', 'changes'] as const;

/** An outcome as OpenEnv tells it: `observation`, `reward` and `done`, with `terminated`, `truncated` and `metadata` beside them. */
export function resultOf({ observation, reward, terminated, truncated, info }: Outcome): OpenEnvResult {
  const { instruction, views } = observation;
  const first = textForms.find((form) => views[form] !== undefined);
  const { [first ?? 'refs']: text = '', ...others } = views;
  return {
    observation: { ...observation, views: others, goal: instruction, text, last_action_error: info.refused ?? '' },
    reward,
    done: terminated || truncated,
    terminated,
    truncated,
    metadata: info,
  };
}

/** The state as OpenEnv tells it: nothing of the world, nothing of the verifier. */
export function stateOf(episode: HeldEpisode | null): OpenEnvState {
  if (episode === null) return { episode_id: null, step_count: 0, task: null, ending: null };
  return {
    episode_id: episode.parts.label,
    step_count: episode.stepsTaken,
    task: episode.task?.id ?? null,
    ending: episode.ending,
  };
}

/** How an episode is opened for a reset. A split is named `all`: there is one. */
export function openingOf({ episode_id: _id, split: _split, seed, ...rest }: OpenEnvReset): OpenRequest {
  return { ...rest, ...(seed === undefined || seed === null ? {} : { seed }) };
}
