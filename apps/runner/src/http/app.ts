import { OpenAPIHono } from '@hono/zod-openapi';
import type { Hub } from '../episodes/hub.ts';
import { ServiceError } from '../errors.ts';
import { createMcpSessions } from '../mcp/http.ts';
import { addMcp, addOpenEnvHttp } from '../openenv/http.ts';
import { addTaskApi } from '../openenv/tasks.ts';
import { refusalAt } from './admission.ts';
import { docsPage, type ApiDocument } from './docs-page.ts';
import { answerErrors, limitBodies } from './limits.ts';
import { addOwnApi } from './own-api.ts';

const description = [
  'Opens episodes of tasks on a clone, steps, peeks, forks and restores them.',
  'The endpoints and the WebSocket /ws of OpenEnv stand beside; MCP over streamable HTTP is at /mcp.',
].join(' ');

/** The service over HTTP, without its WebSockets. */
export function createApp(hub: Hub, token: string | undefined): OpenAPIHono {
  const app = new OpenAPIHono({
    defaultHook: (result) => {
      if (!result.success) {
        const said = result.error.issues.slice(0, 5).map(({ path, message }) => `${path.map(String).join('.') || 'the body'}: ${message}`);
        throw new ServiceError('BAD_REQUEST', said.join('; '));
      }
    },
  });
  answerErrors(app, (code) => hub.metrics.refused(code));
  app.notFound((c) => c.json({ error: { code: 'NOT_FOUND', message: `There is no ${c.req.method} ${c.req.path}: see /docs.` } }, 404));
  app.use(async (c, next) => {
    // Whoever looks after the machine asks for its health without a token.
    if (c.req.path === '/health') return next();
    const { authorization, host, origin } = c.req.header();
    const refused = refusalAt(hub, token, { authorization, host, origin, path: c.req.path });
    if (refused !== null) throw new ServiceError(refused.status === 401 ? 'UNAUTHORISED' : 'FORBIDDEN', refused.message);
    await next();
  });
  limitBodies(app);
  addOwnApi(app, hub);
  addOpenEnvHttp(app, hub);
  addMcp(app, hub, createMcpSessions(hub));
  addPages(app, hub);
  addTaskApi(app, hub);
  return app;
}

function addPages(app: OpenAPIHono, hub: Hub): void {
  // Clients of OpenEnv read the version of its protocol here.
  const config = { openapi: '3.1.0', info: { title: 'Backlot episodes', version: '1.0.0', description } };
  let document: object | undefined;
  const api = (): object => (document ??= app.getOpenAPI31Document(config));
  app.get('/openapi.json', (c) => c.json(api()));
  app.get('/docs', (c) => {
    c.header('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'");
    return c.html(docsPage(api() as ApiDocument));
  });
  app.get('/', (c) => c.redirect('/docs'));
  app.get('/metrics', async (c) => c.text(await hub.metrics.registry.metrics(), 200, { 'content-type': hub.metrics.registry.contentType }));
}
