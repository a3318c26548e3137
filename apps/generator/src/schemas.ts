import { z } from '@hono/zod-openapi';

/** What goes over the wire and into the files of the service. */
const jobSchema = z
  .object({
    state: z.enum(['waiting', 'running', 'done', 'failed']),
    /** How often the work was begun: more than once where the service stopped in the middle. */
    attempts: z.number().int(),
    /** The last line of progress. */
    progress: z.string(),
    /** Why it failed. */
    error: z.string().optional(),
  })
  .openapi('Job');
export type Job = z.infer<typeof jobSchema>;

export const fileSchema = z.object({ name: z.string(), bytes: z.number().int(), sha256: z.string() }).openapi('File');
export type StoredFile = z.infer<typeof fileSchema>;

export const projectSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    privacy: z.enum(['pseudonyms', 'keep']),
    /** Tasks of the suite that is built with the clone; 0 for none. */
    tasks: z.number().int(),
    created: z.string(),
    logs: z.array(fileSchema),
    job: jobSchema.nullable(),
  })
  .openapi('Project');
export type Project = z.infer<typeof projectSchema>;

export const newProjectSchema = z
  .object({
    name: z.string().min(1).max(100),
    privacy: z.enum(['pseudonyms', 'keep']).default('pseudonyms'),
    tasks: z.number().int().min(0).max(1000).default(0),
  })
  .openapi('NewProject');

/** What was removed: every file with the digest that it had, and that nothing is left. */
export const removalSchema = z
  .object({ id: z.string(), removed: z.array(fileSchema), bytes: z.number().int(), left: z.number().int(), at: z.string() })
  .openapi('Removal');
export type Removal = z.infer<typeof removalSchema>;

export const errorSchema = z.object({ error: z.object({ code: z.string(), message: z.string() }) }).openapi('Error');
