import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Agent } from '@backlot/agents';
import { InvalidArgumentError } from 'commander';
import { sha256 } from './files.ts';
import { messageOf, UsageError } from './io/errors.ts';

const plainNames = ['oracle', 'random', 'noop', 'wrong'] as const;

/** An agent as it is named on the command line: a name, and for some the file that they come from. */
export interface AgentName {
  readonly kind: (typeof plainNames)[number] | 'learner' | 'replay';
  readonly file: string;
}

/** What `--agent` takes, for its help. */
export const agentChoices = `${plainNames.join(', ')}, learner:FILE (of \`backlot train\`), or replay:RUN`;

/** Reads the value of `--agent`. */
export function agentName(text: string): AgentName {
  const plain = plainNames.find((name) => name === text);
  if (plain !== undefined) return { kind: plain, file: '' };
  const [, kind, file] = /^(learner|replay):(.+)$/.exec(text) ?? [];
  if (kind !== undefined && file !== undefined) return { kind: kind as 'learner' | 'replay', file };
  throw new InvalidArgumentError(`Give one of ${agentChoices}.`);
}

/** An agent, with the digest of the file that it comes from. */
export interface MadeAgent {
  readonly agent: Agent;
  readonly digest?: string;
}

/** Makes an agent. */
export async function makeAgent({ kind, file }: AgentName): Promise<MadeAgent> {
  const { learnerAgent, noopAgent, oracleAgent, randomAgent, parseEpisodes, readPolicyFile, replayRunAgent, wrongAgent } =
    await import('@backlot/agents');
  if (kind !== 'learner' && kind !== 'replay') {
    return { agent: { oracle: oracleAgent, random: randomAgent, noop: noopAgent, wrong: wrongAgent }[kind] };
  }
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
