import { bearerOf, refusalOf, type Caller, type CallerRefusal } from '@backlot/sandbox';
import type { Hub } from '../episodes/hub.ts';

/** A request for a path of the service. */
export interface Arrival extends Caller {
  readonly path: string;
}

/** Whether a service lets a request in, null if it does: who shows the ticket of an episode comes to `/mcp` alone. */
export function refusalAt(hub: Hub, token: string | undefined, { path, ...caller }: Arrival): CallerRefusal | null {
  if (hub.ofTicket(bearerOf(caller.authorization)) === null) return refusalOf(token, caller);
  if (path === '/mcp') return null;
  return { status: 403, message: "An agent's ticket is for /mcp: there it acts in its own episode, and nothing else." };
}
