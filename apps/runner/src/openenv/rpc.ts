import { browserTools } from '@backlot/protocol';
import { z } from 'zod';
import type { HeldEpisode } from '../episodes/held-episode.ts';
import { messageOf } from '../errors.ts';
import { callTool, toolList } from '../mcp/tools.ts';

type Id = string | number | null;

/** An answer in JSON-RPC 2.0. */
export type RpcAnswer =
  | { readonly jsonrpc: '2.0'; readonly id: Id; readonly result: unknown }
  | {
      readonly jsonrpc: '2.0';
      readonly id: Id;
      readonly error: { readonly code: number; readonly message: string; readonly data?: unknown };
    };

/** What calls need of whoever answers them. */
export interface RpcHost {
  /** Opens an episode and gives its id; absent where a connection has one of its own. */
  open?(): Promise<string>;
  close?(id: string): Promise<void>;
  /** The episode with that id, or the connection's own. */
  episode(id: string | undefined): Promise<HeldEpisode>;
}

/** The host of an agent that shows its ticket: it acts in its own episode, whatever it names, and opens and closes none. */
export const agentHost = (own: HeldEpisode): RpcHost => ({ episode: async () => own });

const requestSchema = z.object({
  jsonrpc: z.literal('2.0'),
  method: z.string(),
  params: z.record(z.string(), z.unknown()).default({}),
  id: z.union([z.string(), z.number(), z.null()]).default(null),
});
const callSchema = z.object({
  name: z.string(),
  arguments: z.record(z.string(), z.unknown()).default({}),
  session_id: z.string().optional(),
});

const codes = { parse: -32700, request: -32600, method: -32601, params: -32602, server: -32000 };

class RpcError extends Error {
  readonly code: number;
  constructor(code: number, message: string) {
    super(message);
    this.code = code;
  }
}

/** Answers a call of OpenEnv's `/mcp`: `tools/list`, `tools/call`, and where there are several episodes, opening and closing them. */
export async function answerRpc(text: string, host: RpcHost): Promise<RpcAnswer> {
  let input: unknown;
  try {
    input = JSON.parse(text);
  } catch (error) {
    return failure(null, codes.parse, `This is no JSON: ${messageOf(error)}.`);
  }
  return answerCall(input, host);
}

/** The same for a call that was read. */
export async function answerCall(input: unknown, host: RpcHost): Promise<RpcAnswer> {
  const parsed = requestSchema.safeParse(input);
  if (!parsed.success) return failure(null, codes.request, 'This is no request of JSON-RPC 2.0: it needs jsonrpc, method and id.');
  const { id, method, params } = parsed.data;
  try {
    return { jsonrpc: '2.0', id, result: await resultOf(method, params, host) };
  } catch (error) {
    return failure(id, error instanceof RpcError ? error.code : codes.server, messageOf(error));
  }
}

async function resultOf(method: string, params: Readonly<Record<string, unknown>>, host: RpcHost): Promise<unknown> {
  switch (method) {
    case 'tools/list':
      return { tools: toolList };
    case 'tools/call': {
      const call = callSchema.safeParse(params);
      if (!call.success) throw new RpcError(codes.params, 'tools/call needs the params name and arguments.');
      if (!Object.hasOwn(browserTools, call.data.name))
        throw new RpcError(codes.params, `There is no tool ${JSON.stringify(call.data.name)}.`);
      return callTool(await host.episode(call.data.session_id), call.data.name, call.data.arguments);
    }
    case 'openenv/session/create':
      if (host.open === undefined) break;
      return { session_id: await host.open() };
    case 'openenv/session/close': {
      const id = z.string().safeParse(params['session_id']);
      if (host.close === undefined) break;
      if (!id.success) throw new RpcError(codes.params, 'openenv/session/close needs the param session_id.');
      await host.close(id.data);
      return { session_id: id.data, closed: true };
    }
    default:
  }
  throw new RpcError(codes.method, `There is no method ${JSON.stringify(method)} here.`);
}

function failure(id: Id, code: number, message: string): RpcAnswer {
  return { jsonrpc: '2.0', id, error: { code, message } };
}
