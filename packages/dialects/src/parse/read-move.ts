import { actionStringSchema, computerInputSchema, ownMoveSchema, toolCallSchema, type TextDialect } from '@backlot/protocol';
import type { z } from 'zod';
import { refused, type Move } from '../move.ts';
import { readBrowserGym } from './browsergym.ts';
import { readComputer } from './computer.ts';
import { sayIssues } from './issues.ts';
import { readOwn } from './own.ts';
import { readPlaywright } from './playwright.ts';
import { readWebArena } from './webarena.ts';

const advice =
  'Give {"kind": "click", "ref": …} or {"kind": …, "target": …}, {"tool_name": …, "arguments": …}, {"action_str": …} or {"action": "left_click", "coordinate": …}.';

/**
 * Reads a move in any dialect, told apart by its fields: `kind` is our own, `tool_name` a tool of Playwright's MCP server, `action` one of
 * Anthropic's computer tool, a text or `action_str` the text dialect given. Pure and total: what is none of these is refused in words.
 */
export function readMove(input: unknown, dialect: TextDialect = 'browsergym'): Move {
  if (typeof input === 'string') return readText(input, dialect);
  if (typeof input !== 'object' || input === null || Array.isArray(input)) return refused(`This is no action. ${advice}`);
  if ('kind' in input) return checked(ownMoveSchema, input, readOwn);
  if ('tool_name' in input) return checked(toolCallSchema, input, (call) => readPlaywright(call.tool_name, call.arguments));
  if ('action_str' in input) return checked(actionStringSchema, input, (line) => readText(line.action_str, dialect));
  if ('action' in input) return checked(computerInputSchema, input, readComputer);
  return refused(`This is no action. ${advice}`);
}

function readText(text: string, dialect: TextDialect): Move {
  return dialect === 'webarena' ? readWebArena(text) : readBrowserGym(text);
}

function checked<T>(schema: z.ZodType<T>, input: object, read: (input: T) => Move): Move {
  const parsed = schema.safeParse(input);
  return parsed.success ? read(parsed.data) : refused(`No action: ${sayIssues(parsed.error.issues)}.`);
}
