import { z } from 'zod';

/**
 * What a user (or an agent) can do. `goto` carries an address relative to the application's base URL in `value`;
 * `fill` the text, `select` the option's label, `press` the key's name as Playwright spells it.
 */
export const actionKinds = [
  'goto',
  'click',
  'dblclick',
  'fill',
  'select',
  'check',
  'uncheck',
  'press',
  'hover',
  'back',
  'forward',
  'reload',
  'wait',
] as const;
export type ActionKind = (typeof actionKinds)[number];

/**
 * The element an action is meant for: ARIA role, exact accessible name, and `nth` (from 0) among the elements of the
 * page that share both, in document order, hidden ones left out unless the element itself is hidden.
 */
export const targetSchema = z.object({
  role: z.string(),
  name: z.string(),
  nth: z.number().int().min(0),
});
export type Target = z.infer<typeof targetSchema>;

/** What became of a native dialog (alert, confirm, prompt) that the action opened. */
export const dialogOutcomeSchema = z.object({
  type: z.enum(['alert', 'confirm', 'prompt', 'beforeunload']),
  message: z.string(),
  accepted: z.boolean(),
  text: z.string().optional(),
});
export type DialogOutcome = z.infer<typeof dialogOutcomeSchema>;

export const actionSchema = z.object({
  kind: z.enum(actionKinds),
  target: targetSchema.optional(),
  value: z.string().optional(),
  dialog: dialogOutcomeSchema.optional(),
});
export type Action = z.infer<typeof actionSchema>;

/** How an episode written as a list of actions may end other than by being done: with an answer, or because the task can't be done. */
export const lastLineSchema = z.union([z.strictObject({ answer: z.string() }), z.strictObject({ gaveUp: z.literal(true) })]);
export type LastLine = z.infer<typeof lastLineSchema>;
