import type { Action, Observation } from '@backlot/protocol';
import type { ComputerTool, CustomTool, ImagePart, TextPart } from '@backlot/llm';
import { z } from 'zod';
import type { LastMove } from '../agent.ts';
import type { Screen } from '../screen.ts';

/** What a call of a tool comes to. */
export type Wish =
  /** Actions, one after the other; none where it only looks. `rest` is asked for what is left once they are done. */
  | { readonly actions: readonly Action[]; readonly rest?: () => Promise<Wish> }
  | { readonly end: LastMove; readonly why: string }
  /** It is nothing that can be done, and why. */
  | { readonly wrong: string };

/** How a model sees a page and acts on it, in one attempt. */
export interface Hands {
  /** What the model is told of them. */
  readonly manual: string;
  readonly tools: readonly (CustomTool | ComputerTool)[];
  readonly betas?: readonly string[];
  /** How many pages the model has before it in full. */
  readonly pagesKept: number;
  /** What a call means on the page shown. */
  read(call: { readonly name: string; readonly input: unknown }): Promise<Wish>;
  /** The page as the model gets to see it. */
  show(seen: Observation): Promise<readonly (TextPart | ImagePart)[]>;
}

/** Makes the hands of an attempt. `screen` is undefined on engines without pixels. */
export type MakeHands = (screen: Screen | undefined) => Hands;

const finishSchema = z.strictObject({
  outcome: z.enum(['done', 'impossible']).describe('done: everything asked for is done. impossible: it cannot be done here'),
  reason: z.string().describe('in one sentence'),
  answer: z.string().optional().describe('where the task is a question: the answer alone, names as the page shows them'),
});

/** The tool by which the model ends its attempt. */
export const finishTool: CustomTool = toolOf('finish', 'End the task, once it is done or found to be impossible.', finishSchema);

type Call = Parameters<Hands['read']>[0];

/** What a call means: of the finishing tool, or of the one tool that hands have besides. */
export async function readCall(
  { name, input }: Call,
  own: { readonly name: string; read(input: unknown): Wish | Promise<Wish> },
): Promise<Wish> {
  if (name === finishTool.name) return readFinish(input);
  return name === own.name ? own.read(input) : { wrong: `There is no tool ${JSON.stringify(name)}.` };
}

function readFinish(input: unknown): Wish {
  const read = finishSchema.safeParse(input);
  if (!read.success) return { wrong: issueOf('finish', read.error) };
  const { outcome, reason, answer } = read.data;
  if (outcome === 'impossible') return { end: 'gave_up', why: reason };
  return { end: answer === undefined ? 'done' : { answer }, why: reason };
}

/** A tool whose input a zod schema describes. */
export function toolOf(name: string, description: string, schema: z.ZodType): CustomTool {
  const { $schema: _version, ...input } = z.toJSONSchema(schema);
  return { name, description, input_schema: input };
}

/** Why an input does not fit a tool. */
export function issueOf(name: string, error: z.ZodError): string {
  const [issue] = error.issues;
  const place = issue?.path.join('.');
  return `The input of the tool ${name} does not fit its schema${place ? ` at ${place}` : ''}: ${issue?.message}. Call it again.`;
}
