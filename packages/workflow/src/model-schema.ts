import { actionKinds, dialogOutcomeSchema } from '@backlot/protocol';
import { z } from 'zod';

const counted = <T extends z.ZodRawShape>(shape: T): z.ZodObject<T & { count: z.ZodNumber }> =>
  z.object({ ...shape, count: z.number().int().positive() });

/**
 * An action without its arguments: what is done to which element of which page. `slot` numbers the records that the workflow acts
 * on (null: the element belongs to no record), `field` names the value model that gives the text or the option.
 */
const abstractActionSchema = z.object({
  kind: z.enum(actionKinds),
  page: z.string().nullable(),
  anchor: z.string().nullable(),
  slot: z.number().int().min(0).nullable(),
  field: z.string().optional(),
  /** Key of a press, address of a goto, milliseconds of a wait. */
  constant: z.string().optional(),
  dialog: dialogOutcomeSchema.optional(),
});
export type AbstractAction = z.infer<typeof abstractActionSchema>;

/**
 * Where the text of a field comes from.
 * - `new`: text of a kind, recombined from what was seen; `choice`: one of few values, by account where accounts differ;
 * - `copied`: a cell that the state already holds; `option`: another option of the list.
 */
const valueModelSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('new'), of: z.enum(['words', 'word', 'number', 'date', 'email', 'url']), samples: z.array(z.string()) }),
  z.object({ kind: z.literal('choice'), options: z.array(counted({ value: z.string(), account: z.string() })) }),
  z.object({ kind: z.literal('copied'), table: z.string(), column: z.string() }),
  z.object({ kind: z.literal('option'), options: z.array(counted({ value: z.string() })) }),
]);
export type ValueModel = z.infer<typeof valueModelSchema>;

const countsSchema = z.record(z.string(), z.number());
export type Counts = z.infer<typeof countsSchema>;

const workflowSchema = counted({
  id: z.string(),
  /** From the interface's own words. */
  name: z.string(),
  /** Share of all workflows seen. */
  share: z.number(),
  /** What it changes: see `effectTerms`. Empty: it only looks. */
  effect: z.array(z.string()),
  /** Page at which it ends. */
  leadsTo: z.string().nullable(),
  examples: z.array(z.object({ session: z.string(), steps: z.array(z.number().int()) })),
  /** Ways in which it was done, the most frequent first, each with what it changed. */
  schemas: z.array(counted({ actions: z.array(abstractActionSchema), effect: z.array(z.string()), leadsTo: z.string().nullable() })),
  values: z.record(z.string(), valueModelSchema),
  /** By slot: the places, from 0, that the chosen records had among those that could be acted on. */
  positions: z.array(z.array(counted({ place: z.number().int().min(0) }))),
  /** How often by account. */
  accounts: countsSchema,
  /** What completes it, and how often each symbol occurs in it: by these a new piece is told to be of this kind. */
  goals: z.array(z.string()),
  symbols: countsSchema,
});
export type Workflow = z.infer<typeof workflowSchema>;

/** One session as symbols: `steps` number them, `pages` what was shown before each, `pieces` are the lengths of the pieces. */
const traceSchema = z.object({
  account: z.string(),
  steps: z.array(z.number().int().min(0)),
  pages: z.array(z.string()),
  /** Steps that changed something that lasts. */
  commits: z.array(z.number().int().min(0)),
  /** Before each step, the symbols that the world offered, as numbers with commas between. */
  offers: z.array(z.string()),
  /** Pauses before the steps, and the places of the records acted on among those that could have been. */
  thinkMs: z.array(z.number()),
  places: z.array(z.number().int().min(0)),
  pieces: z.array(z.object({ workflow: z.string(), from: z.number().int().min(0), length: z.number().int().positive() })),
});
export type Trace = z.infer<typeof traceSchema>;

/** The work that people do in one application, learned from their sessions: saved beside the world as `work.json`. */
export const workModelSchema = z.object({
  v: z.literal(2),
  app: z.string(),
  /** Most frequent first. */
  workflows: z.array(workflowSchema),
  /** Sessions by account. */
  accounts: countsSchema,
  /** How often a session began with a workflow, and ended after it. */
  starts: countsSchema,
  ends: countsSchema,
  /** How often a workflow followed another. */
  follows: z.record(z.string(), countsSchema),
  /** Abstract actions as text, and the sessions as numbers of these. */
  symbols: z.array(z.string()),
  traces: z.array(traceSchema),
  /** Signatures of elements that most kinds of pages show. */
  chrome: z.array(z.string()),
  /** Of all texts given, the share that was corrected at once; of all pieces that change something as a rule, the share given up. */
  slips: z.object({ corrected: z.number(), givenUp: z.number() }),
  /** Pauses before an action by its kind: mean and deviation of the natural logarithm of milliseconds. */
  thinkMs: z.record(z.string(), z.object({ mu: z.number(), sigma: z.number(), count: z.number() })),
  /** Logged steps, those that the world accepted, and those that belong to a workflow. */
  coverage: z.object({ steps: z.number(), accepted: z.number(), explained: z.number() }),
});
export type WorkModel = z.infer<typeof workModelSchema>;
