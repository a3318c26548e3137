import { createRoute, z } from '@hono/zod-openapi';
import {
  episodeListSchema,
  episodeSummarySchema,
  foresightSchema,
  openedSchema,
  openRequestSchema,
  outcomeSchema,
  serviceErrorSchema,
  snapshotSchema,
  stepRequestSchema,
  taskChoiceSchema,
  taskSummarySchema,
} from '@backlot/protocol';

const json = <T extends z.ZodType>(schema: T): { readonly 'application/json': { readonly schema: T } } => ({
  'application/json': { schema },
});
const gives = <T extends z.ZodType>(
  description: string,
  schema: T,
): { readonly description: string; readonly content: ReturnType<typeof json<T>> } => ({ description, content: json(schema) });
const takes = <T extends z.ZodType>(
  schema: T,
): { readonly body: { readonly content: ReturnType<typeof json<T>>; readonly required: true } } => ({
  body: { content: json(schema), required: true },
});
const failures = {
  400: gives('The request is not understood', serviceErrorSchema),
  401: gives('A token is wanted', serviceErrorSchema),
  404: gives('There is no such episode', serviceErrorSchema),
  409: gives('The episode is over, or the snapshot is of another task', serviceErrorSchema),
  429: gives('Too many requests wait for this episode', serviceErrorSchema),
  503: gives('All episodes are taken, or the service is ending', serviceErrorSchema),
} as const;
const params = z.object({ id: z.string() });
const tags = ['episodes'];

/** The service's own endpoints. */
export const routes = {
  open: createRoute({
    method: 'post',
    path: '/episodes',
    tags,
    summary: 'Open an episode and begin its task',
    request: takes(openRequestSchema),
    responses: { 201: gives('Its id, and what is seen first', openedSchema), ...failures },
  }),
  list: createRoute({
    method: 'get',
    path: '/episodes',
    tags,
    summary: 'Open episodes',
    responses: { 200: gives('All that are open', episodeListSchema) },
  }),
  show: createRoute({
    method: 'get',
    path: '/episodes/{id}',
    tags,
    summary: 'An open episode in short',
    request: { params },
    responses: { 200: gives('The episode', episodeSummarySchema), ...failures },
  }),
  reset: createRoute({
    method: 'post',
    path: '/episodes/{id}/reset',
    tags,
    summary: 'Begin a task anew',
    request: { params, ...takes(taskChoiceSchema) },
    responses: { 200: gives('What is seen first', outcomeSchema), ...failures },
  }),
  step: createRoute({
    method: 'post',
    path: '/episodes/{id}/step',
    tags,
    summary: 'Do what an agent says, in any dialect',
    request: { params, ...takes(stepRequestSchema) },
    responses: { 200: gives('What it led to', outcomeSchema), ...failures },
  }),
  peek: createRoute({
    method: 'post',
    path: '/episodes/{id}/peek',
    tags,
    summary: 'What a move would lead to; nothing changes',
    request: { params, ...takes(stepRequestSchema) },
    responses: { 200: gives('What it would lead to', foresightSchema), ...failures },
  }),
  state: createRoute({
    method: 'get',
    path: '/episodes/{id}/state',
    tags,
    summary: 'Everything that the world remembers; not for agents',
    request: { params },
    responses: { 200: gives('The state', snapshotSchema.shape.state), ...failures },
  }),
  fork: createRoute({
    method: 'post',
    path: '/episodes/{id}/fork',
    tags,
    summary: 'Open another episode that goes on from here',
    request: { params },
    responses: { 201: gives('Its id, and what is seen', openedSchema), ...failures },
  }),
  snapshot: createRoute({
    method: 'get',
    path: '/episodes/{id}/snapshot',
    tags,
    summary: 'The episode at this moment, to be restored',
    request: { params },
    responses: { 200: gives('The snapshot', snapshotSchema), ...failures },
  }),
  restore: createRoute({
    method: 'post',
    path: '/episodes/{id}/restore',
    tags,
    summary: 'Go on from a snapshot of the same task',
    request: { params, ...takes(snapshotSchema) },
    responses: { 200: gives('What is seen', outcomeSchema), ...failures },
  }),
  close: createRoute({
    method: 'delete',
    path: '/episodes/{id}',
    tags,
    summary: 'Close an episode; unless it is over it is abandoned, which is never scored',
    request: { params },
    responses: { 204: { description: 'It is closed' }, 404: failures[404] },
  }),
  events: createRoute({
    method: 'get',
    path: '/episodes/{id}/events',
    tags,
    summary: 'What happens to an episode, as Server-Sent Events: begin, step, end, closed',
    request: { params },
    responses: {
      200: { description: 'Events until it is closed', content: { 'text/event-stream': { schema: z.string() } } },
      404: failures[404],
    },
  }),
  tasks: createRoute({
    method: 'get',
    path: '/tasks',
    tags: ['tasks'],
    summary: 'The tasks of the suite; none where tasks are drawn by seed',
    responses: { 200: gives('All tasks', z.object({ name: z.string(), tasks: z.array(taskSummarySchema) })) },
  }),
  finished: createRoute({
    method: 'get',
    path: '/finished',
    tags: ['records'],
    summary: 'Finished episodes, one line of JSON each, oldest first',
    responses: {
      200: { description: 'All that were kept', content: { 'application/x-ndjson': { schema: z.string() } } },
      404: gives('This service keeps none', serviceErrorSchema),
    },
  }),
} as const;
