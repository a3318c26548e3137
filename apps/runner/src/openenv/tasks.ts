import type { OpenAPIHono } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { z } from 'zod';
import type { Task } from '@backlot/protocol';
import type { Hub } from '../episodes/hub.ts';
import { metadataName } from './names.ts';

const split = 'train';
const bodySchema = z.object({
  split: z.string(),
  index: z.number().int().optional(),
  start: z.number().int().optional(),
  stop: z.number().int().optional(),
});
type Body = z.infer<typeof bodySchema>;

/** What others may know of a task: neither its verifier nor its solution. */
function publicTask({ id, instruction, account, maxSteps, difficulty }: Task): Record<string, unknown> {
  return { id, instruction, account, max_steps: maxSteps, difficulty };
}

/** Adds OpenEnv's Task API. The tasks of a suite are one split, `train`; where tasks are drawn there are none to list (501). */
export function addTaskApi(app: OpenAPIHono, hub: Hub): void {
  const name = metadataName(hub);
  const { tasks } = hub.tasks;
  app.get('/list_environments', (c) => c.json([name]));
  app.get('/:env/splits', (c) => (isOurs(c, name) ? c.json([{ name: split, type: split }]) : unknownEnv(c)));
  const answers: Readonly<Record<string, (body: Body) => unknown>> = {
    tasks: () => ({ tasks: tasks.map(publicTask), env_name: name }),
    num_tasks: () => ({ num_tasks: tasks.length }),
    task: ({ index }) => ({ task: publicTask(at(tasks, index)) }),
    task_range: ({ start = 0, stop = tasks.length }) => ({ tasks: tasks.slice(start, stop).map(publicTask) }),
  };
  for (const [path, answer] of Object.entries(answers)) {
    app.post(`/:env/${path}`, async (c) => {
      if (!isOurs(c, name)) return unknownEnv(c);
      const body = bodySchema.safeParse(await c.req.json().catch(() => null));
      if (!body.success) return c.json({ detail: 'Give the split, and an index or start and stop where one is asked for.' }, 422);
      if (tasks.length === 0) return c.json({ detail: 'These tasks are drawn by seed: there is no list of them.' }, 501);
      if (body.data.split !== split)
        return c.json({ detail: `There is no split ${JSON.stringify(body.data.split)}; there is ${split}.` }, 400);
      try {
        return c.json(answer(body.data) as Record<string, unknown>);
      } catch (error) {
        if (error instanceof RangeError) return c.json({ detail: error.message }, 400);
        throw error;
      }
    });
  }
}

function at(tasks: readonly Task[], index: number | undefined): Task {
  const task = index === undefined ? undefined : tasks.at(index);
  if (task === undefined) throw new RangeError(`There are ${tasks.length} tasks, and none at ${index}.`);
  return task;
}

const isOurs = (c: Context, name: string): boolean => c.req.param('env')?.toLowerCase() === name.toLowerCase();
const unknownEnv = (c: Context): Response => c.json({ detail: `There is no environment ${c.req.param('env')}.` }, 404);
