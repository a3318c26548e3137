import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { createAdaptorServer } from '@hono/node-server';
import { checkListening, closeServer, listen } from '@backlot/sandbox';
import { WebSocketServer, type WebSocket } from 'ws';
import type { ListenOptions, RunnerOptions } from './options.ts';
import { createService, type Service } from './service/service.ts';
import { socketWire } from './service/socket-wire.ts';
import { createThreadedService, type ThreadPlan } from './threads/threaded-service.ts';

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
 * Starts the episode service, on this thread alone.
 * @throws where others could reach it without a token, the port is taken, or the folder for finished episodes can't be used
 */
export async function startRunner(options: RunnerOptions, where: ListenOptions = {}): Promise<Runner> {
  return start(() => createService(options, where.token), where);
}

/**
 * Starts the episode service with its episodes spread over threads; this one only passes on what comes and goes.
 * @throws as `startRunner` does, and where a thread can't begin
 */
export async function startThreadedRunner(plan: ThreadPlan, where: ListenOptions = {}): Promise<Runner> {
  return start(() => createThreadedService(plan, where.token), where);
}

async function start(make: () => Promise<Service>, { host = '127.0.0.1', port = 0, token }: ListenOptions): Promise<Runner> {
  checkListening(host, token);
  const service = await make();
  const server = createAdaptorServer({ fetch: (request: Request) => service.fetch(request) }) as Server;
  const sockets = serveSockets(server, service);
  const url = await listen(server, { host, port }, "The service can't listen").catch(async (error: unknown) => {
    await service.close();
    throw error;
  });
  const close = async (): Promise<void> => {
    clearInterval(sockets.pinging);
    for (const socket of sockets.server.clients) socket.terminate();
    await service.close();
    await closeServer(server);
  };
  return {
    url,
    async drain(ms) {
      await service.drain(ms);
      await close();
    },
    close,
  };
}

interface Sockets {
  readonly server: WebSocketServer;
  readonly pinging: NodeJS.Timeout;
}

const statusLines = { 401: '401 Unauthorized', 403: '403 Forbidden', 404: '404 Not Found', 502: '502 Bad Gateway' } as const;

function serveSockets(http: Server, service: Service): Sockets {
  const server = new WebSocketServer({ noServer: true, maxPayload: largestMessage, perMessageDeflate: false });
  const upgrade = async (request: IncomingMessage, stream: Duplex, head: Buffer): Promise<void> => {
    const { authorization, host, origin } = request.headers;
    const path = (request.url ?? '').split('?')[0] ?? '';
    const admission = await service.admit({ authorization, host, origin, path });
    if ('status' in admission) return reject(stream, statusLines[admission.status]);
    server.handleUpgrade(request, stream, head, (socket) => admission.serve(socketWire(socket)));
  };
  http.on('upgrade', (request: IncomingMessage, stream: Duplex, head: Buffer) => {
    // Whoever asks may leave before there is an answer.
    stream.on('error', () => stream.destroy());
    void upgrade(request, stream, head).catch(() => stream.destroy());
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
