import { randomUUID } from 'node:crypto';
import { WebStandardStreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/webStandardStreamableHttp.js';
import { openRequestSchema, type OpenRequest } from '@backlot/protocol';
import type { HeldEpisode } from '../episodes/held-episode.ts';
import type { Hub } from '../episodes/hub.ts';
import { ServiceError } from '../errors.ts';
import { createMcpServer } from './server.ts';
import { toolPlay } from './tools.ts';

/** What a request came with besides itself. */
interface McpArrival {
  /** Its JSON, where it was read already. */
  readonly body?: unknown;
  /** The episode whose ticket it shows: the session is about that one. */
  readonly own: HeldEpisode | null;
}

/** MCP over streamable HTTP: one episode for each session. */
export interface McpSessions {
  handle(request: Request, arrival: McpArrival): Promise<Response>;
}

interface Session {
  readonly transport: WebStandardStreamableHTTPServerTransport;
  readonly episode: HeldEpisode;
}

/** The task that a session is for is named by whoever sets the address up: `/mcp?task=…`, `?index=…` or `?seed=…`. */
function requestOf(url: string): OpenRequest {
  const query = new URL(url).searchParams;
  const number = (name: string): Record<string, number> => (query.has(name) ? { [name]: Number(query.get(name)) } : {});
  const text = (name: string): Record<string, string> => (query.has(name) ? { [name]: query.get(name) ?? '' } : {});
  const parsed = openRequestSchema.safeParse({ ...text('task'), ...number('index'), ...number('seed'), ...text('engine'), ...toolPlay });
  if (parsed.success) return parsed.data;
  throw new ServiceError('BAD_REQUEST', 'The address of this server takes task, index, seed and engine.');
}

export function createMcpSessions(hub: Hub): McpSessions {
  const sessions = new Map<string, Session>();
  const begin = async (request: Request, own: HeldEpisode | null): Promise<Session> => {
    // An agent has one session at a time in its episode.
    if (own !== null)
      await Promise.all([...sessions.values()].filter(({ episode }) => episode === own).map((each) => each.transport.close()));
    const episode = own ?? (await hub.open(requestOf(request.url), { via: 'mcp' }));
    const transport = new WebStandardStreamableHTTPServerTransport({
      sessionIdGenerator: () => hub.named(randomUUID()),
      enableJsonResponse: true,
      onsessioninitialized: (id) => void sessions.set(id, { transport, episode }),
    });
    const stop = episode.listen(({ event }) => {
      if (event === 'closed') void transport.close();
    });
    transport.onclose = () => {
      stop();
      if (transport.sessionId !== undefined) sessions.delete(transport.sessionId);
      if (own === null) void episode.close('The agent has left.');
    };
    await createMcpServer(episode, hub.version).connect(transport);
    return { transport, episode };
  };
  return {
    async handle(request, { body, own }) {
      const id = request.headers.get('mcp-session-id');
      const known = id === null ? undefined : sessions.get(id);
      const isTheirs = known !== undefined && (own === null || known.episode === own);
      if (id !== null && !isTheirs) return rpcError(404, 'There is no such session: it was closed, or left unused for too long.');
      const { transport } = known ?? (await begin(request, own));
      return transport.handleRequest(request, body === undefined ? {} : { parsedBody: body });
    },
  };
}

function rpcError(status: number, message: string): Response {
  return Response.json({ jsonrpc: '2.0', error: { code: -32001, message }, id: null }, { status });
}
