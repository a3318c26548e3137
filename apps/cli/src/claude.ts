import { setTimeout as pause } from 'node:timers/promises';
import type { Claude } from '@backlot/llm';
import { InvalidArgumentError } from 'commander';
import type { Context } from './io/command.ts';

/** Reads an amount of US dollars. */
export function dollarsOption(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !(value >= 0) || value === Infinity)
    throw new InvalidArgumentError('Give an amount in US dollars, such as 2.50.');
  return value;
}

/** Most that may be spent, and the folder in which answers are kept. */
export interface ClaudeTerms {
  readonly usd: number;
  readonly cacheDir?: string | undefined;
}

/** The client of this machine: its key, address and model are those of the environment. */
export async function claudeFor({ usd, cacheDir }: ClaudeTerms, { terminal }: Pick<Context, 'terminal'>): Promise<Claude> {
  const { createClaude } = await import('@backlot/llm');
  const { mulberry32 } = await import('@backlot/world');
  return createClaude({
    apiKey: process.env['ANTHROPIC_API_KEY'],
    baseURL: process.env['ANTHROPIC_BASE_URL'],
    model: process.env['BACKLOT_MODEL'],
    limits: { usd },
    cacheDir,
    now: Date.now,
    sleep: (ms, signal) => pause(ms, undefined, signal ? { signal } : {}),
    random: mulberry32(process.pid),
    onWarning: (text) => terminal.note(text),
    onRetry: (error, ms) => terminal.note(`${error.message} Asking again in ${Math.ceil(ms / 1000)} s.`),
  });
}
