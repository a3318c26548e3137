import type { OpenAPIHono } from '@hono/zod-openapi';
import { stream, streamSSE } from 'hono/streaming';
import type { z } from 'zod';
import type { episodeSummarySchema } from '@backlot/protocol';
import type { HeldEpisode } from '../episodes/held-episode.ts';
import type { Hub } from '../episodes/hub.ts';
import { ServiceError } from '../errors.ts';
import { routes } from './routes.ts';

function summaryOf(episode: HeldEpisode): z.infer<typeof episodeSummarySchema> {
  const { id, via, engine, seat } = episode.parts;
  const { ending, attempt, stepsTaken, task } = episode;
  const over = ending === null ? {} : { ending };
  return { id, via, engine, task: task?.id ?? '', attempt, step: stepsTaken, idleMs: Math.round(seat.idleMs()), ...over };
}

/** Adds the service's own endpoints. */
export function addOwnApi(app: OpenAPIHono, hub: Hub): void {
  app.openapi(routes.open, async (c) => {
    const episode = await hub.open(c.req.valid('json'), { via: 'http' });
    return c.json({ id: episode.parts.id, ticket: episode.parts.ticket, outcome: await episode.look() }, 201);
  });
  app.openapi(routes.list, (c) => c.json({ open: hub.seats.taken(), max: hub.seats.max, episodes: hub.all().map(summaryOf) }, 200));
  app.openapi(routes.tasks, (c) => {
    const { name, tasks } = hub.tasks;
    const shown = tasks.map(({ id, instruction, account, maxSteps, difficulty }) => ({ id, instruction, account, maxSteps, difficulty }));
    return c.json({ name, tasks: shown }, 200);
  });
  addEpisodeRoutes(app, hub);
  addStreams(app, hub);
}

function addEpisodeRoutes(app: OpenAPIHono, hub: Hub): void {
  app.openapi(routes.show, (c) => c.json(summaryOf(hub.get(c.req.valid('param').id)), 200));
  app.openapi(routes.reset, async (c) => c.json(await hub.get(c.req.valid('param').id).reset(c.req.valid('json')), 200));
  app.openapi(routes.step, async (c) => {
    const { move, views } = c.req.valid('json');
    return c.json(await hub.get(c.req.valid('param').id).step(move, views), 200);
  });
  app.openapi(routes.peek, async (c) => {
    const { move, views } = c.req.valid('json');
    return c.json(await hub.get(c.req.valid('param').id).peek(move, views), 200);
  });
  // A state is readonly data, which Hono's type of JSON does not know of.
  app.openapi(routes.state, async (c) => c.json((await hub.get(c.req.valid('param').id).state()) as never, 200));
  app.openapi(routes.snapshot, async (c) => c.json((await hub.get(c.req.valid('param').id).snapshot()) as never, 200));
  app.openapi(routes.restore, async (c) => c.json(await hub.get(c.req.valid('param').id).restore(c.req.valid('json')), 200));
  app.openapi(routes.fork, async (c) => {
    const fork = await hub.fork(hub.get(c.req.valid('param').id));
    return c.json({ id: fork.parts.id, ticket: fork.parts.ticket, outcome: await fork.look() }, 201);
  });
  app.openapi(routes.close, async (c) => {
    await hub.get(c.req.valid('param').id).close();
    return c.body(null, 204);
  });
}

function addStreams(app: OpenAPIHono, hub: Hub): void {
  app.openapi(routes.events, (c) => {
    const episode = hub.get(c.req.valid('param').id);
    return streamSSE(c, async (events) => {
      await new Promise<void>((over) => {
        let last: Promise<void> = Promise.resolve();
        const stop = episode.listen((event) => {
          last = last.then(() => events.writeSSE({ event: event.event, data: JSON.stringify(event) }));
          if (event.event === 'closed') void last.finally(over);
        });
        events.onAbort(() => {
          stop();
          over();
        });
      });
    }) as never;
  });
  app.openapi(routes.finished, (c) => {
    const { finished } = hub;
    if (finished === null) throw new ServiceError('NOT_FOUND', 'This service keeps no finished episodes: start it with a folder for them.');
    c.header('content-type', 'application/x-ndjson');
    return stream(c, async (out) => {
      for await (const episode of finished.read()) await out.write(`${JSON.stringify(episode)}\n`);
    }) as never;
  });
}
