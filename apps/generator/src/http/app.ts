import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi';
import { refusalOf } from '@backlot/sandbox';
import type { MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { HTTPException } from 'hono/http-exception';
import { streamSSE } from 'hono/streaming';
import { archiveOf } from '../archive.ts';
import type { Jobs } from '../jobs.ts';
import { errorBody, Refusal } from '../refusal.ts';
import { errorSchema, fileSchema, newProjectSchema, projectSchema, removalSchema } from '../schemas.ts';
import type { Store } from '../store.ts';

/** What the service stands on. */
export interface AppParts {
  readonly store: Store;
  readonly jobs: Jobs;
  /** What a caller must show as a bearer token; undefined lets everyone in. */
  readonly token: string | undefined;
}

const idParam = z.object({ id: z.string() });
const json = <T extends z.ZodType>(schema: T, description: string) => ({ description, content: { 'application/json': { schema } } });
const failed = json(errorSchema, 'why not');
const failures = { 400: failed, 401: failed, 404: failed, 409: failed, 413: failed, 415: failed };

const routes = {
  create: createRoute({
    method: 'post',
    path: '/projects',
    request: { body: { content: { 'application/json': { schema: newProjectSchema } }, required: true } },
    responses: { 201: json(projectSchema, 'the project'), ...failures },
  }),
  list: createRoute({ method: 'get', path: '/projects', responses: { 200: json(z.array(projectSchema), 'all projects'), ...failures } }),
  get: createRoute({
    method: 'get',
    path: '/projects/{id}',
    request: { params: idParam },
    responses: { 200: json(projectSchema, 'the project'), ...failures },
  }),
  remove: createRoute({
    method: 'delete',
    path: '/projects/{id}',
    request: { params: idParam },
    responses: { 200: json(removalSchema, 'what was removed'), ...failures },
  }),
  upload: createRoute({
    method: 'put',
    path: '/projects/{id}/logs/{name}',
    request: {
      params: idParam.extend({ name: z.string() }),
      body: { content: { 'application/octet-stream': { schema: z.string().openapi({ format: 'binary' }) } } },
    },
    responses: { 201: json(fileSchema, 'the file as it was stored'), ...failures },
  }),
  synthesise: createRoute({
    method: 'post',
    path: '/projects/{id}/synthesis',
    request: { params: idParam },
    responses: { 202: json(projectSchema, 'the project with its job'), ...failures },
  }),
} as const;

/** The service as an app. Streams and archives stand beside the routes that OpenAPI describes in full. */
export function createGeneratorApp({ store, jobs, token }: AppParts): OpenAPIHono {
  const app = new OpenAPIHono({
    defaultHook: (result, c) => (result.success ? undefined : c.json(errorBody(400, sayIssue(result.error)), 400)),
  });
  app.onError((error, c) => {
    // Hono's own are about bodies that are no JSON.
    if (error instanceof Refusal || error instanceof HTTPException) {
      return c.json(errorBody(error.status, error.message), error.status);
    }
    return c.json(errorBody(500, 'The service failed at this request.'), 500);
  });
  app.notFound((c) => c.json(errorBody(404, `There is nothing at ${c.req.path}.`), 404));
  app.get('/health', (c) => c.json({ status: 'ok' }));
  app.use('/projects', authorised(token), smallBodies);
  app.use('/projects/*', authorised(token));
  app.openapi(routes.create, async (c) => c.json(await store.create(c.req.valid('json')), 201));
  app.openapi(routes.list, async (c) => c.json([...(await store.list())], 200));
  app.openapi(routes.get, async (c) => c.json(await store.get(c.req.valid('param').id), 200));
  app.openapi(routes.remove, async (c) => {
    const { id } = c.req.valid('param');
    await store.get(id);
    await jobs.cancel(id);
    return c.json(await store.remove(id), 200);
  });
  app.openapi(routes.upload, async (c) => {
    const { id, name } = c.req.valid('param');
    const body = c.req.raw.body;
    if (body === null) throw new Refusal(400, 'The file is empty.');
    return c.json(await store.addLog(id, name, body), 201);
  });
  app.openapi(routes.synthesise, async (c) => c.json(await jobs.start(c.req.valid('param').id), 202));
  downloads(app, store);
  app.get('/projects/:id/events', async (c) => {
    const { id } = await store.get(c.req.param('id'));
    return streamSSE(c, async (stream) => {
      const gone = new AbortController();
      stream.onAbort(() => gone.abort());
      for await (const job of jobs.follow(id, gone.signal)) await stream.writeSSE({ event: job.state, data: JSON.stringify(job) });
    });
  });
  app.doc31('/openapi.json', { openapi: '3.1.0', info: { title: 'Backlot generator', version: '1' } });
  return app;
}

function downloads(app: OpenAPIHono, store: Store): void {
  app.get('/projects/:id/clone.tar.gz', async (c) => {
    const folder = await cloneOf(store, c.req.param('id'));
    return c.body(archiveOf(folder), 200, {
      'content-type': 'application/gzip',
      'content-disposition': 'attachment; filename="clone.tar.gz"',
    });
  });
  app.get('/projects/:id/suite.json', async (c) => {
    const file = join(await cloneOf(store, c.req.param('id')), 'suite.json');
    if (!existsSync(file)) throw new Refusal(404, 'The project was made without tasks.');
    return c.body(await readFile(file, 'utf8'), 200, { 'content-type': 'application/json' });
  });
  app.get('/projects/:id/explain', async (c) => {
    const folder = await cloneOf(store, c.req.param('id'));
    const headers = { 'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'", 'x-content-type-options': 'nosniff' };
    return c.html(await readFile(join(folder, 'explain', 'index.html'), 'utf8'), 200, headers);
  });
}

async function cloneOf(store: Store, id: string): Promise<string> {
  await store.get(id);
  const folder = store.folder(id, 'clone');
  if (!existsSync(folder)) throw new Refusal(409, 'The project has no clone yet: synthesise it first.');
  return folder;
}

const bounded = bodyLimit({
  maxSize: 1 << 20,
  onError: () => {
    throw new Refusal(413, 'A body may have 1 MB at most; logs are uploaded by their names.');
  },
});

/** Everything but logs, which have limits of their own, is small. */
const smallBodies: MiddlewareHandler = async (c, next) => (c.req.method === 'PUT' ? next() : bounded(c, next));

function authorised(token: string | undefined): MiddlewareHandler {
  return async (c, next) => {
    const { authorization, host, origin } = c.req.header();
    const refused = refusalOf(token, { authorization, host, origin });
    return refused === null ? next() : c.json(errorBody(refused.status, refused.message), refused.status);
  };
}

function sayIssue({ issues }: z.ZodError): string {
  const [issue] = issues;
  return `${issue?.path.join('.') || 'the body'}: ${issue?.message}`;
}
