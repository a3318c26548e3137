import { z } from 'zod';
import { actionKinds, dialogOutcomeSchema, targetSchema } from './action.ts';
import { browserToolNames, computerInputSchema } from './browser-tools.ts';

/** Languages in which agents say what they do in one line of text. */
export const textDialects = ['browsergym', 'webarena'] as const;
export type TextDialect = (typeof textDialects)[number];

/** Our own way to say an action: an element by its ref in the last view, or by role and name. */
export const ownMoveSchema = z.object({
  kind: z.enum([...actionKinds, 'done', 'gave_up']),
  ref: z.string().optional(),
  target: targetSchema.partial({ nth: true }).optional(),
  value: z.string().optional(),
  /** How a dialog that the action opens is answered; accepted where nothing is said. */
  dialog: dialogOutcomeSchema.pick({ accepted: true, text: true }).optional(),
  /** With `done`: what was found out. */
  answer: z.string().optional(),
});
export type OwnMove = z.infer<typeof ownMoveSchema>;

export const actionStringSchema = z.object({ action_str: z.string().max(20_000) });
export const toolCallSchema = z.object({
  type: z.literal('call_tool').optional(),
  tool_name: z.enum(browserToolNames as [string, ...string[]]),
  arguments: z.record(z.string(), z.unknown()).default({}),
});

/** What an agent does next, in any of the dialects: told apart by their fields. */
export const moveInputSchema = z.union([ownMoveSchema, computerInputSchema, toolCallSchema, actionStringSchema, z.string().max(20_000)]);
export type MoveInput = z.infer<typeof moveInputSchema>;

/** Ways to show a page. `changes` is what differs from what was shown before; `screenshot` and `marks` are PNG in base64. */
export const viewForms = ['aria', 'refs', 'axtree', 'html', 'changes', 'screenshot', 'marks'] as const;
export type ViewForm = (typeof viewForms)[number];
