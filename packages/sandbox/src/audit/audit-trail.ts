import type { EpisodeRecord, Observation } from '@backlot/protocol';
import type { ActResult, OpenOptions } from '../engine/port.ts';
import type { Trail } from '../guard/supervised-episode.ts';
import type { AuditLog } from './audit-log.ts';

/** Writes episodes into an audit, one after the other. */
export interface AuditTrail {
  /** For `Supervision.record`. */
  record(options: OpenOptions): Promise<Trail>;
  /** How the episode that began last came out. An episode that never began is recorded as begun first. */
  end(episode: EpisodeRecord): Promise<void>;
}

/** Makes the trail of a run whose episodes follow each other. */
export function auditTrail(log: AuditLog): AuditTrail {
  let begun = 0;
  let ended = 0;
  return {
    async record({ account, setup = [], task = { id: '', instruction: '' } }) {
      begun += 1;
      await log.append('episode', { episode: begun, task: task.id, instruction: task.instruction, account, setup: [...setup] });
      return trailOf(log, begun);
    },
    async end({ task, ending, reward, feedback }) {
      if (ended === begun) {
        begun += 1;
        await log.append('episode', { episode: begun, task, instruction: '', account: '', setup: [] });
      }
      ended = begun;
      await log.append('end', { episode: begun, ending, reward, feedback });
    },
  };
}

function trailOf(log: AuditLog, episode: number): Trail {
  let step = 0;
  const seen = async ({ url, title, aria }: Observation, picture: Uint8Array | undefined): Promise<SeenBody> => {
    const kept = { episode, step, url, title, aria: await log.blob(aria) };
    // Nobody can mask a picture: one of a page that shows a secret is not kept.
    return picture === undefined || log.hides(aria) ? kept : { ...kept, picture: await log.blob(picture) };
  };
  return {
    async began(observation, picture) {
      await log.append('observation', await seen(observation, picture));
    },
    async decided(action, decision) {
      step += 1;
      await log.append('decision', { episode, step, action, decision });
    },
    async did({ observation, explanation, refused, dialogs }: ActResult, picture) {
      const { certainty, note } = explanation;
      const body = { ...(await seen(observation, picture)), certainty, note, dialogs: [...dialogs] };
      await log.append('result', refused === undefined ? body : { ...body, refused });
    },
  };
}

interface SeenBody {
  readonly episode: number;
  readonly step: number;
  readonly url: string;
  readonly title: string;
  readonly aria: string;
  readonly picture?: string;
}
