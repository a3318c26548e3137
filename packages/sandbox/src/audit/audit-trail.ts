import type { AuditBody, EpisodeRecord, Observation } from '@backlot/protocol';
import type { ActResult, OpenOptions } from '../engine/port.ts';
import type { Trail } from '../guard/supervised-episode.ts';
import type { AuditLog } from './audit-log.ts';

/** How an episode came out. */
type Verdict = Pick<EpisodeRecord, 'ending' | 'reward' | 'feedback'>;

/** What is written of one episode, from its beginning to its end. */
export interface EpisodeTrail extends Trail {
  ended(verdict: Verdict): Promise<void>;
}

/** Writes episodes into an audit. Several may go on at a time. */
export interface AuditTrail {
  /** For `Supervision.record`. */
  record(options: OpenOptions): Promise<EpisodeTrail>;
  /** How the episode that began last came out. An episode that never began is recorded as begun first. */
  end(episode: EpisodeRecord): Promise<void>;
}

/** Makes the trail of a run. */
export function auditTrail(log: AuditLog): AuditTrail {
  let begun = 0;
  let last: EpisodeTrail | null = null;
  const begin = async (about: Omit<AuditBody<'episode'>, 'episode'>): Promise<EpisodeTrail> => {
    const episode = (begun += 1);
    await log.append('episode', { episode, ...about });
    return trailOf(log, episode);
  };
  return {
    async record({ account, setup = [], task = { id: '', instruction: '' } }) {
      return (last = await begin({ task: task.id, instruction: task.instruction, account, setup: [...setup] }));
    },
    async end(episode) {
      const trail = last ?? (await begin({ task: episode.task, instruction: '', account: '', setup: [] }));
      last = null;
      await trail.ended(episode);
    },
  };
}

function trailOf(log: AuditLog, episode: number): EpisodeTrail {
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
    async ended({ ending, reward, feedback }) {
      await log.append('end', { episode, ending, reward, feedback });
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
