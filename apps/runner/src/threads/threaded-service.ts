import { Hono, type Context } from 'hono';
import type { z } from 'zod';
import type { episodeListSchema } from '@backlot/protocol';
import { collectDefaultMetrics, Counter, Registry } from 'prom-client';
import { answerErrors, limitBodies } from '../http/limits.ts';
import { sumMetrics } from '../metrics.ts';
import type { Service } from '../service/service.ts';
import { Crew } from './crew.ts';
import { threadAsked } from './routing.ts';

type EpisodeList = z.infer<typeof episodeListSchema>;

/** A service whose episodes are spread over threads. */
export interface ThreadPlan {
  /** Address of the module that each thread imports: its `provide` makes what episodes are kept with. */
  readonly module: URL;
  /** What `provide` is given; it can be sent to a thread. */
  readonly data: unknown;
  readonly threads: number;
}

/**
 * Makes a service that keeps no episode here: threads do, and each request goes to the one that holds what it names.
 * @throws where a thread can't begin
 */
export async function createThreadedService({ module, data, threads }: ThreadPlan, token: string | undefined): Promise<Service> {
  const process = new Registry();
  collectDefaultMetrics({ register: process });
  const lost = new Counter({ name: 'backlot_threads_lost_total', help: 'Threads that ended by themselves.', registers: [process] });
  const crew = await Crew.start({ module: module.href, data, token, size: threads, lost: () => lost.inc() });
  const app = createRouter(crew, process);
  return {
    fetch: async (request) => app.fetch(request),
    admit: (arrival) => crew.ask(threadAsked(arrival), (thread) => thread.admit(arrival)),
    drain: (ms) => crew.drain(ms),
    close: () => crew.close(),
  };
}

function createRouter(crew: Crew, process: Registry): Hono {
  const app = new Hono();
  answerErrors(app, () => undefined);
  limitBodies(app);
  const passOn = (c: Context): Promise<Response> => {
    const { authorization, 'mcp-session-id': session } = c.req.header();
    return crew.ask(threadAsked({ path: c.req.path, authorization, session }), (thread) => thread.fetch(c.req.raw));
  };
  // What is about all threads: the one that knows who asks lets it through.
  app.get('/episodes', async (c) => {
    const answer = await passOn(c);
    if (!answer.ok) return answer;
    const answers = await Promise.all(crew.all().map((thread) => thread.fetch(c.req.raw)));
    const lists = (await Promise.all(answers.map((each) => each.json()))) as readonly EpisodeList[];
    return c.json({ ...lists[0], episodes: lists.flatMap(({ episodes }) => episodes) });
  });
  app.get('/metrics', async (c) => {
    const answer = await passOn(c);
    if (!answer.ok) return answer;
    const texts = await sumMetrics(process, await Promise.all(crew.all().map((thread) => thread.metrics())));
    return c.text(texts.join('\n'), 200, { 'content-type': process.contentType });
  });
  app.post('/mcp', async (c) => {
    const { authorization, 'mcp-session-id': session } = c.req.header();
    const body = await c.req.raw.clone().text();
    return crew.ask(threadAsked({ path: c.req.path, authorization, session, body }), (thread) => thread.fetch(c.req.raw));
  });
  app.all('*', passOn);
  return app;
}
