import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { createAdaptorServer } from '@hono/node-server';
import { bearerOf, checkListening, closeServer, listen } from '@backlot/sandbox';
import { WebSocketServer, type WebSocket } from 'ws';
import { Hub } from './episodes/hub.ts';
import { refusalAt } from './http/admission.ts';
import { createApp } from './http/app.ts';
import { serveAgentRpc, serveOpenEnv, serveRpc } from './openenv/socket.ts';
import type { ListenOptions, RunnerOptions } from './options.ts';

/** A service that runs. */
export interface Runner {
  /** Without a slash at its end. */
  readonly url: string;
  /** Begins no more episodes, waits so many milliseconds for those that are open, and ends. */
  drain(ms: number): Promise<void>;
  /** Ends at once; open episodes are abandoned. */
  close(): Promise<void>;
}

/** Largest message over a WebSocket, in bytes. */
const largestMessage = 8 * 2 ** 20;
/** How often it is asked whether a client is still there, in milliseconds. */
const pingEvery = 30_000;

/**
 * Starts the episode service.
 * @throws where others could reach it without a token, the port is taken, or the folder for finished episodes can't be used
 */
export async function startRunner(options: RunnerOptions, { host = '127.0.0.1', port = 0, token }: ListenOptions = {}): Promise<Runner> {
  checkListening(host, token);
  const hub = await Hub.start(options);
  const server = createAdaptorServer({ fetch: createApp(hub, token).fetch }) as Server;
  const sockets = serveSockets(server, hub, token);
  const url = await listen(server, { host, port }, "The service can't listen").catch(async (error: unknown) => {
    await hub.close();
    throw error;
  });
  const close = async (): Promise<void> => {
    clearInterval(sockets.pinging);
    for (const socket of sockets.server.clients) socket.terminate();
    await hub.close();
    await closeServer(server);
  };
  return {
    url,
    async drain(ms) {
      await hub.drain(ms);
      await close();
    },
    close,
  };
}

interface Sockets {
  readonly server: WebSocketServer;
  readonly pinging: NodeJS.Timeout;
}

const services: Readonly<Record<string, (socket: WebSocket, hub: Hub) => void>> = { '/ws': serveOpenEnv, '/mcp': serveRpc };

function serveSockets(http: Server, hub: Hub, token: string | undefined): Sockets {
  const server = new WebSocketServer({ noServer: true, maxPayload: largestMessage, perMessageDeflate: false });
  http.on('upgrade', (request: IncomingMessage, stream: Duplex, head: Buffer) => {
    const path = (request.url ?? '').split('?')[0] ?? '';
    const serve = Object.hasOwn(services, path) ? services[path] : undefined;
    if (serve === undefined) return reject(stream, '404 Not Found');
    const { authorization, host, origin } = request.headers;
    const refused = refusalAt(hub, token, { authorization, host, origin, path });
    if (refused !== null) return reject(stream, refused.status === 401 ? '401 Unauthorized' : '403 Forbidden');
    const own = hub.ofTicket(bearerOf(authorization));
    server.handleUpgrade(request, stream, head, (socket) => (own === null ? serve(socket, hub) : serveAgentRpc(socket, own)));
  });
  const quiet = new WeakSet<WebSocket>();
  const pinging = setInterval(() => {
    for (const socket of server.clients) {
      if (quiet.has(socket)) {
        socket.terminate();
        continue;
      }
      quiet.add(socket);
      socket.once('pong', () => quiet.delete(socket));
      socket.ping();
    }
  }, pingEvery);
  pinging.unref();
  return { server, pinging };
}

function reject(stream: Duplex, status: string): void {
  stream.end(`HTTP/1.1 ${status}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`);
}
