import { bearerOf } from '@backlot/sandbox';
import { Hub, type HubPlace } from '../episodes/hub.ts';
import { refusalAt, type Arrival } from '../http/admission.ts';
import { createApp } from '../http/app.ts';
import { serveAgentRpc, serveOpenEnv, serveRpc } from '../openenv/socket.ts';
import type { RunnerOptions } from '../options.ts';
import type { Wire } from './wire.ts';

/** Whether a connection may come in: how it is served, or the HTTP status that it is refused with. */
type Admission = { readonly serve: (wire: Wire) => void } | { readonly status: 401 | 403 | 404 | 502 };

/** What answers requests and connections, whatever threads it is made of. */
export interface Service {
  fetch(request: Request): Promise<Response>;
  admit(arrival: Arrival): Promise<Admission>;
  /** Begins no more episodes, and resolves when none is open; those that are open after so many milliseconds are closed. */
  drain(ms: number): Promise<void>;
  close(): Promise<void>;
}

/** A service whose episodes are all here. */
export interface LocalService extends Service {
  readonly hub: Hub;
}

const services: Readonly<Record<string, (wire: Wire, hub: Hub) => void>> = { '/ws': serveOpenEnv, '/mcp': serveRpc };

/**
 * Makes a service that keeps its episodes in this thread.
 * @throws where the folder for finished episodes can't be used
 */
export async function createService(options: RunnerOptions, token: string | undefined, place?: HubPlace): Promise<LocalService> {
  const hub = await Hub.start(options, place);
  const app = createApp(hub, token);
  return {
    hub,
    fetch: async (request) => app.fetch(request),
    async admit(arrival) {
      const serve = Object.hasOwn(services, arrival.path) ? services[arrival.path] : undefined;
      if (serve === undefined) return { status: 404 };
      const refused = refusalAt(hub, token, arrival);
      if (refused !== null) return { status: refused.status };
      const own = hub.ofTicket(bearerOf(arrival.authorization));
      return { serve: (wire) => (own === null ? serve(wire, hub) : serveAgentRpc(wire, own)) };
    },
    drain: (ms) => hub.drain(ms),
    close: () => hub.close(),
  };
}
