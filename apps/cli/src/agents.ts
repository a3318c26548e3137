import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Agent } from '@backlot/agents';
import { InvalidArgumentError } from 'commander';
import { claudeFor, type ClaudeTerms } from './claude.ts';
import { sha256 } from './files.ts';
import type { Context } from './io/command.ts';
import { messageOf, UsageError } from './io/errors.ts';

const plainNames = ['oracle', 'random', 'noop', 'wrong'] as const;

/** An agent as it is named on the command line: a name, and for some the file that they come from. */
export interface AgentName {
  readonly kind: (typeof plainNames)[number] | 'learner' | 'replay' | 'claude' | 'claude-computer';
  /** Of a learner or a replay; of computer use the version of the tool. */
  readonly file: string;
}

/** What `--agent` takes, for its help. */
export const agentChoices =
  `${plainNames.join(', ')}, learner:FILE (of \`backlot train\`), replay:RUN, claude, ` +
  'or claude-computer[:20250124|:20251124] (pictures, on the browser engine)';

/** Reads the value of `--agent`. */
export function agentName(text: string): AgentName {
  const plain = plainNames.find((name) => name === text);
  if (plain !== undefined) return { kind: plain, file: '' };
  if (text === 'claude') return { kind: 'claude', file: '' };
  const [, computer, version = '20251124'] = /^(claude-computer)(?::(20250124|20251124))?$/.exec(text) ?? [];
  if (computer !== undefined) return { kind: 'claude-computer', file: version };
  const [, kind, file] = /^(learner|replay):(.+)$/.exec(text) ?? [];
  if (kind !== undefined && file !== undefined) return { kind: kind as 'learner' | 'replay', file };
  throw new InvalidArgumentError(`Give one of ${agentChoices}.`);
}

/** An agent, with what else makes it the one that it is: the digest of its file, or its model. */
export interface MadeAgent {
  readonly agent: Agent;
  readonly digest?: string;
}

/** What agents that ask a model may use up. */
export interface AgentTerms extends ClaudeTerms {
  readonly tokensPerEpisode?: number | undefined;
}

/** Makes an agent. */
export async function makeAgent(name: AgentName, terms: AgentTerms, context: Context): Promise<MadeAgent> {
  return name.kind === 'claude' || name.kind === 'claude-computer' ? makeClaude(name, terms, context) : makeOwn(name);
}

async function makeClaude({ kind, file: version }: AgentName, terms: AgentTerms, context: Context): Promise<MadeAgent> {
  const { claudeAgent } = await import('@backlot/agents');
  if (!process.env['ANTHROPIC_API_KEY']) throw new UsageError('No model can be asked: set ANTHROPIC_API_KEY.');
  const talker = await claudeFor(terms, context);
  const { tokensPerEpisode } = terms;
  const mode = kind === 'claude' ? 'text' : version === '20250124' ? 'computer_20250124' : 'computer_20251124';
  const agent = claudeAgent({ talker, mode, ...(tokensPerEpisode === undefined ? {} : { tokensPerEpisode }) });
  return { agent, digest: [talker.model, mode].join(' ') };
}

async function makeOwn({ kind, file }: AgentName): Promise<MadeAgent> {
  const { learnerAgent, noopAgent, oracleAgent, randomAgent, parseEpisodes, readPolicyFile, replayRunAgent, wrongAgent } =
    await import('@backlot/agents');
  const plain: Partial<Record<AgentName['kind'], Agent>> = { oracle: oracleAgent, random: randomAgent, noop: noopAgent, wrong: wrongAgent };
  const known = plain[kind];
  if (known !== undefined) return { agent: known };
  try {
    const text = await readFile(kind === 'replay' ? await episodesOf(file) : file, 'utf8');
    const agent = kind === 'learner' ? learnerAgent(readPolicyFile(text)) : replayRunAgent(parseEpisodes(text, file));
    return { agent, digest: sha256(text) };
  } catch (error) {
    throw new UsageError(`${file} can't be read: ${messageOf(error)}`);
  }
}

async function episodesOf(path: string): Promise<string> {
  const { runFiles } = await import('@backlot/agents');
  return (await stat(path)).isDirectory() ? join(path, runFiles.episodes) : path;
}
