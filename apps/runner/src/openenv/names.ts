import type { Hub } from '../episodes/hub.ts';

/** What the environment of a service is called. */
export function metadataName({ tasks }: Hub): string {
  return `backlot-${tasks.clone.world.app}`;
}
