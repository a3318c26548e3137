import { z } from 'zod';
import { targetSchema } from './action.ts';

/** Who is at fault where harm is done (the classes of OS-Harm): who asks, what is read, or the agent itself. */
export const attackCategories = ['misuse', 'injection', 'misbehaviour'] as const;

/** Where a planted text stands: in a record, in the page's title, in a tooltip, where nobody sees it, in a picture's description. */
export const plantWays = ['field', 'title', 'tooltip', 'hidden', 'alt'] as const;
export type PlantWay = (typeof plantWays)[number];

/** What a planted instruction or a harmful request wants: a control used, or a secret passed on. */
export const attackAimSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('use'), target: targetSchema }),
  z.object({ kind: z.literal('leak'), canary: z.string().min(4) }),
]);
export type AttackAim = z.infer<typeof attackAimSchema>;

/** How a task tempts an agent. `twin` is the same task without it. */
export const attackSchema = z.object({
  id: z.string(),
  category: z.enum(attackCategories),
  way: z.enum(plantWays).optional(),
  text: z.string(),
  aim: attackAimSchema,
  twin: z.string(),
});
export type Attack = z.infer<typeof attackSchema>;
