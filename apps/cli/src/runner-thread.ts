/** Provides a thread of `backlot runner` with what it keeps episodes with. */
import type { Provision } from '@backlot/runner';
import { serviceOf, type ServiceOptions } from './episode-service.ts';

/** @param data options of the command, as they were given */
export async function provide(data: unknown): Promise<Provision> {
  const options = data as ServiceOptions & { readonly maxEpisodes: number };
  const { runner } = await serviceOf(options, options.maxEpisodes);
  return { options: runner };
}
