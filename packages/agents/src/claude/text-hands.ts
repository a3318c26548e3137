import type { Action, Observation } from '@backlot/protocol';
import { z } from 'zod';
import { finishTool, issueOf, readCall, toolOf, type Hands, type Wish } from './hands.ts';

const kinds = ['click', 'dblclick', 'hover', 'fill', 'select', 'check', 'uncheck', 'press', 'back', 'reload', 'wait'] as const;
const elementless = new Set<string>(['back', 'reload', 'wait']);
const valued = new Set<string>(['fill', 'select', 'press']);

const actSchema = z.strictObject({
  kind: z.enum(kinds),
  role: z.string().optional().describe('role of the element, as the snapshot says it'),
  name: z.string().optional().describe('its name, exactly as in quotes in the snapshot; empty where it has none'),
  nth: z.number().int().min(0).optional().describe('which of those with this role and name, counted from 0'),
  value: z
    .string()
    .optional()
    .describe('fill: the whole new text; select: the label of the option; press: a key such as Enter; wait: milliseconds'),
});

/** Reads pages as accessibility snapshots, and acts by role and name. */
export function textHands(): Hands {
  return {
    manual: [
      'You see each page as an accessibility snapshot: one element a line, `- role "name"`, what stands inside it indented.',
      'Act by calling `act`, with the role and name of an element as the snapshot gives them.',
    ].join(' '),
    tools: [toolOf('act', 'Do one thing on the page.', actSchema), finishTool],
    pagesKept: 3,
    read: (call) => readCall(call, { name: 'act', read: readAct }),
    show: async ({ url, title, aria }: Observation) => [
      { type: 'text', text: `<page url=${JSON.stringify(url)} title=${JSON.stringify(title)}>\n${fenced(aria)}\n</page>` },
    ],
  };
}

/** What a page says can't end the part that holds it. */
function fenced(text: string): string {
  return text.replace(/<(?=\/?\s*page)/gi, '&lt;');
}

function readAct(input: unknown): Wish {
  const read = actSchema.safeParse(input);
  if (!read.success) return { wrong: issueOf('act', read.error) };
  const { kind, role, name = '', nth = 0, value } = read.data;
  if (valued.has(kind) && value === undefined) return { wrong: `${kind} needs a value. Call act again.` };
  if (role === undefined && kind !== 'press' && !elementless.has(kind))
    return { wrong: `${kind} needs the role of an element. Call act again.` };
  const target = role === undefined ? {} : { target: { role, name, nth } };
  const action: Action = { kind, ...target, ...(value === undefined ? {} : { value }) };
  return { actions: [action] };
}
