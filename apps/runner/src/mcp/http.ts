import { randomUUID } from 'node:crypto';
import { WebStandardStreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/webStandardStreamableHttp.js';
import { openRequestSchema, type OpenRequest } from '@backlot/protocol';
import type { HeldEpisode } from '../episodes/held-episode.ts';
import type { Hub } from '../episodes/hub.ts';
import { ServiceError } from '../errors.ts';
import { createMcpServer } from './server.ts';
import { toolPlay } from './tools.ts';

/** MCP over streamable HTTP: one episode for each session. */
export interface McpSessions {
  /** Answers a request; `body` is its JSON where it was read already. */
  handle(request: Request, body?: unknown): Promise<Response>;
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
  const sessions = new Map<string, WebStandardStreamableHTTPServerTransport>();
  const begin = async (request: Request): Promise<WebStandardStreamableHTTPServerTransport> => {
    const episode: HeldEpisode = await hub.open(requestOf(request.url), { via: 'mcp' });
    const transport = new WebStandardStreamableHTTPServerTransport({
      sessionIdGenerator: randomUUID,
      enableJsonResponse: true,
      onsessioninitialized: (id) => void sessions.set(id, transport),
    });
    transport.onclose = () => {
      if (transport.sessionId !== undefined) sessions.delete(transport.sessionId);
      void episode.close('The agent has left.');
    };
    episode.listen(({ event }) => {
      if (event === 'closed') void transport.close();
    });
    await createMcpServer(episode, hub.version).connect(transport);
    return transport;
  };
  return {
    async handle(request, body) {
      const id = request.headers.get('mcp-session-id');
      const known = id === null ? undefined : sessions.get(id);
      if (id !== null && known === undefined) return rpcError(404, 'There is no such session: it was closed, or left unused for too long.');
      const transport = known ?? (await begin(request));
      return transport.handleRequest(request, body === undefined ? {} : { parsedBody: body });
    },
  };
}

function rpcError(status: number, message: string): Response {
  return Response.json({ jsonrpc: '2.0', error: { code: -32001, message }, id: null }, { status });
}
