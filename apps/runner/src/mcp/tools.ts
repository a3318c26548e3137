import { browserTools, type Outcome } from '@backlot/protocol';
import { z } from 'zod';
import type { HeldEpisode } from '../episodes/held-episode.ts';

/** How episodes of agents with tools are played: nothing of the verdict is told, and dialogs wait for their tool. */
export const toolPlay = { reward: 'none', holdDialogs: true, views: ['refs'] } as const;

interface Tool {
  readonly name: string;
  readonly description: string;
  readonly inputSchema: { readonly type: 'object'; readonly [key: string]: unknown };
}

/** The tools of a browser, as MCP lists them. None of them begins an episode anew, scores it or reads its verifier. */
export const toolList: readonly Tool[] = Object.entries(browserTools).map(([name, { description, input }]) => ({
  name,
  description,
  inputSchema: z.toJSONSchema(input, { io: 'input' }) as Tool['inputSchema'],
}));

type Content =
  { readonly type: 'text'; readonly text: string } | { readonly type: 'image'; readonly data: string; readonly mimeType: string };

/** What a tool answers. */
export interface ToolResult {
  readonly content: Content[];
  readonly isError?: boolean;
  readonly [key: string]: unknown;
}

/** Calls a tool on an episode: what Playwright's server would do to a page is done to the world. */
export async function callTool(episode: HeldEpisode, name: string, input: unknown): Promise<ToolResult> {
  if (episode.ending !== null) return said('The episode is over: nothing more can be done in it.', true);
  const wantsPicture = name === 'browser_take_screenshot';
  const outcome = await episode.step({ tool_name: name, arguments: input ?? {} }, wantsPicture ? ['screenshot'] : ['refs']);
  const { refused, ending } = outcome.info;
  if (refused !== undefined) return said(`### Error\n${refused}\n\n${page(outcome)}`, true);
  if (ending !== undefined) return said(ended[ending] ?? 'The episode is over.');
  const picture = outcome.observation.views.screenshot;
  if (wantsPicture && picture !== undefined) return { content: [{ type: 'image', data: picture, mimeType: 'image/png' }] };
  return said(page(outcome));
}

const ended: Readonly<Record<string, string>> = {
  done: 'The page is closed. The task counts as done.',
  step_limit: 'The episode is over: no steps are left.',
  over_budget: 'The episode is over: its time is used up.',
};

function said(text: string, isError = false): ToolResult {
  return { content: [{ type: 'text', text }], ...(isError ? { isError } : {}) };
}

function page({ observation: { instruction, url, title, dialog, views }, info }: Outcome): string {
  const waits =
    dialog === null
      ? []
      : [
          '### Modal state',
          `- ["${dialog.type}" dialog with message ${JSON.stringify(dialog.message)}]: can be handled by the "browser_handle_dialog" tool`,
          '',
        ];
  const dialogs = (info.dialogs ?? []).map(
    ({ type, message, accepted }) => `- ${type} ${JSON.stringify(message)} was ${accepted ? 'accepted' : 'dismissed'}`,
  );
  return [
    '### Task',
    instruction,
    '',
    ...waits,
    ...(dialogs.length === 0 ? [] : ['### Dialogs', ...dialogs, '']),
    '### Page state',
    `- Page URL: ${url}`,
    `- Page Title: ${title}`,
    '- Page Snapshot:',
    '```yaml',
    views.refs ?? '',
    '```',
  ].join('\n');
}
