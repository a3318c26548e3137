import type { Readable, Writable } from 'node:stream';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import type { OpenRequest } from '@backlot/protocol';
import { Hub } from '../episodes/hub.ts';
import type { RunnerOptions } from '../options.ts';
import { createMcpServer } from './server.ts';
import { toolPlay } from './tools.ts';

/** Where an agent over pipes is. */
export interface Pipes {
  readonly input: Readable;
  readonly output: Writable;
  /** Aborting it ends the episode. */
  readonly signal: AbortSignal;
}

/**
 * Serves one episode over pipes, as MCP clients start a server, until the client leaves.
 * @throws where there is no such task, engine or policy
 */
export async function serveStdio(options: RunnerOptions, request: OpenRequest, { input, output, signal }: Pipes): Promise<void> {
  const hub = await Hub.start(options);
  try {
    const episode = await hub.open({ ...request, ...toolPlay, views: [...toolPlay.views] }, { via: 'mcp' });
    const server = createMcpServer(episode, hub.version);
    const left = new Promise<void>((gone) => {
      server.onclose = gone;
      input.once('end', gone);
      input.once('close', gone);
      signal.addEventListener('abort', () => gone(), { once: true });
    });
    await server.connect(new StdioServerTransport(input, output));
    await left;
    await server.close();
    await episode.close('The agent has left.');
  } finally {
    await hub.close();
  }
}
