import { Server } from '@modelcontextprotocol/sdk/server/index.js';
import { CallToolRequestSchema, ListToolsRequestSchema } from '@modelcontextprotocol/sdk/types.js';
import type { HeldEpisode } from '../episodes/held-episode.ts';
import { callTool, toolList } from './tools.ts';

/** An MCP server whose tools act in one episode. It says the task in its instructions and with every page. */
export function createMcpServer(episode: HeldEpisode, version: string): Server {
  const instruction = episode.task?.instruction ?? '';
  const server = new Server(
    { name: 'backlot', version },
    { capabilities: { tools: {} }, instructions: `Your task: ${instruction}\nUse the browser to do it, then call browser_close.` },
  );
  server.setRequestHandler(ListToolsRequestSchema, () => ({ tools: [...toolList] }));
  server.setRequestHandler(CallToolRequestSchema, ({ params }) => callTool(episode, params.name, params.arguments));
  return server;
}
