import { bearerOf } from '@backlot/sandbox';
import { z } from 'zod';
import { threadOf } from '../episodes/thread-names.ts';

/** What of a request tells which thread it is for. */
export interface Routed {
  readonly path: string;
  readonly authorization: string | undefined;
  /** Id of its MCP session. */
  readonly session?: string | undefined;
  /** What was sent. */
  readonly body?: string;
}

const callSchema = z.object({ params: z.object({ session_id: z.string() }) });

/**
 * The thread that a request is for: that of the episode, ticket or MCP session that it names, null where it names none. Every thread says
 * itself whether the request may do what it asks for.
 */
export function threadAsked({ path, authorization, session, body }: Routed): number | null {
  const episode = /^\/episodes\/([^/]+)/.exec(path)?.[1];
  if (episode !== undefined) return threadOf(episode);
  const ticket = threadOf(bearerOf(authorization));
  if (ticket !== null || path !== '/mcp') return ticket;
  return threadOf(session ?? sessionIn(body) ?? '');
}

/** The session that a call of OpenEnv's `/mcp` names. */
function sessionIn(body = ''): string | undefined {
  try {
    return callSchema.safeParse(JSON.parse(body)).data?.params.session_id;
  } catch {
    return undefined;
  }
}
