import { createRoute, z, type OpenAPIHono } from '@hono/zod-openapi';
import {
  openEnvHttpResetSchema,
  openEnvHttpStepSchema,
  openEnvMetadataSchema,
  openEnvResetSchema,
  openEnvResultSchema,
  openEnvStateSchema,
} from '@backlot/protocol';
import { bearerOf } from '@backlot/sandbox';
import type { HeldEpisode } from '../episodes/held-episode.ts';
import type { Hub } from '../episodes/hub.ts';
import type { McpSessions } from '../mcp/http.ts';
import { toolPlay } from '../mcp/tools.ts';
import { metadataName } from './names.ts';
import { problemsOf } from './problems.ts';
import { openingOf, resultOf, stateOf } from './results.ts';
import { agentHost, answerCall, answerRpc, type RpcHost } from './rpc.ts';
import { openEnvSchemas } from './schema.ts';

const tags = ['openenv'];
const json = <T extends z.ZodType>(schema: T): { readonly 'application/json': { readonly schema: T } } => ({
  'application/json': { schema },
});
const ok = <T extends z.ZodType>(description: string, schema: T) => ({ 200: { description, content: json(schema) } }) as const;
const anything = z.looseObject({});
const healthSchema = z.object({ status: z.enum(['healthy', 'unhealthy', 'degraded']) });

const routes = {
  health: createRoute({
    method: 'get',
    path: '/health',
    tags,
    summary: 'Whether the service is well',
    responses: ok('It is', healthSchema),
  }),
  metadata: createRoute({
    method: 'get',
    path: '/metadata',
    tags,
    summary: 'What this environment is',
    responses: ok('Metadata', openEnvMetadataSchema),
  }),
  schema: createRoute({
    method: 'get',
    path: '/schema',
    tags,
    summary: 'JSON schemas of actions, observations and state',
    responses: ok('The schemas', z.object({ action: anything, observation: anything, state: anything })),
  }),
  reset: createRoute({
    method: 'post',
    path: '/reset',
    tags,
    summary: 'What a fresh episode shows; HTTP keeps none, use /ws',
    request: { body: { content: json(openEnvHttpResetSchema) } },
    responses: ok('The observation', openEnvResultSchema),
  }),
  step: createRoute({
    method: 'post',
    path: '/step',
    tags,
    summary: 'One action in a fresh episode; HTTP keeps none, use /ws',
    request: { body: { content: json(openEnvHttpStepSchema), required: true } },
    responses: { ...ok('The observation', openEnvResultSchema), 422: { description: 'The action is not understood' } },
  }),
  state: createRoute({
    method: 'get',
    path: '/state',
    tags,
    summary: 'The state of a fresh episode; HTTP keeps none, use /ws',
    responses: ok('The state', openEnvStateSchema),
  }),
};

/** Adds OpenEnv's HTTP endpoints. */
export function addOpenEnvHttp(app: OpenAPIHono, hub: Hub): void {
  app.openapi(routes.health, (c) => c.json({ status: hub.seats.isDraining() ? ('degraded' as const) : ('healthy' as const) }, 200));
  app.openapi(routes.metadata, (c) => c.json(metadataOf(hub), 200));
  app.openapi(routes.schema, (c) => c.json(openEnvSchemas, 200));
  app.openAPIRegistry.registerPath(routes.reset);
  app.openAPIRegistry.registerPath(routes.step);
  app.openAPIRegistry.registerPath(routes.state);
  app.post('/reset', async (c) => {
    const input: unknown = await c.req.json().catch(() => ({}));
    const parsed = openEnvResetSchema.safeParse(input);
    if (!parsed.success) return c.json({ detail: problemsOf(parsed.error, input, ['body']) }, 422);
    return once(hub, openingOf(parsed.data), async (episode) => c.json(resultOf(await episode.look())));
  });
  app.post('/step', async (c) => {
    const input: unknown = await c.req.json().catch(() => null);
    const parsed = openEnvHttpStepSchema.safeParse(input);
    if (!parsed.success) return c.json({ detail: problemsOf(parsed.error, input, ['body']) }, 422);
    return once(hub, {}, async (episode) => c.json(resultOf(await episode.step(parsed.data.action))));
  });
  app.get('/state', (c) => c.json(stateOf(null)));
}

/** An episode for one request: nothing of it is kept. */
async function once<T>(hub: Hub, request: Parameters<Hub['open']>[0], work: (episode: HeldEpisode) => Promise<T>): Promise<T> {
  const episode = await hub.open(request, { via: 'openenv', isKept: false });
  try {
    return await work(episode);
  } finally {
    await episode.close();
  }
}

function metadataOf(hub: Hub): z.infer<typeof openEnvMetadataSchema> {
  const { name, clone } = hub.tasks;
  const description = `Tasks on a clone of the web application ${clone.world.app}, learned from recorded sessions (${name}).`;
  return { name: metadataName(hub), description, readme_content: null, version: hub.version, author: null, documentation_url: '/docs' };
}

/** Adds `/mcp`: OpenEnv's JSON-RPC, and MCP over streamable HTTP for clients that initialise a session. */
export function addMcp(app: OpenAPIHono, hub: Hub, sessions: McpSessions): void {
  const owners: RpcHost = {
    open: async () => (await hub.open(toolRequest, { via: 'mcp' })).parts.id,
    close: (id) => hub.get(id).close(),
    async episode(id) {
      if (id === undefined) throw new Error('tools/call needs a session_id: create a session with openenv/session/create.');
      return hub.get(id);
    },
  };
  app.post('/mcp', async (c) => {
    const text = await c.req.text();
    const body = parseOrNull(text);
    const own = hub.ofTicket(bearerOf(c.req.header('authorization')));
    const isSession = c.req.header('mcp-session-id') !== undefined || methodOf(body) === 'initialize';
    if (isSession) return sessions.handle(c.req.raw, { body, own });
    const host = own === null ? owners : agentHost(own);
    return c.json(body === null ? await answerRpc(text, host) : await answerCall(body, host));
  });
  app.on(['GET', 'DELETE'], '/mcp', (c) => sessions.handle(c.req.raw, { own: hub.ofTicket(bearerOf(c.req.header('authorization'))) }));
}

const toolRequest = { ...toolPlay, views: [...toolPlay.views] };

function parseOrNull(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** The method of a call, or of the first of a batch. */
function methodOf(body: unknown): unknown {
  const call: unknown = Array.isArray(body) ? body[0] : body;
  return (call as { method?: unknown } | null)?.method;
}
