import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Where a service listens. */
export interface Place {
  readonly host: string;
  /** 0 takes a free one. */
  readonly port: number;
}

/**
 * Has a server listen, and gives its address, without a slash at its end.
 * @throws an error that begins with `failure`, and says why: where the port is taken, or the host is not this machine's
 */
export async function listen(server: Server, { host, port }: Place, failure: string): Promise<string> {
  await new Promise<void>((done, failed) => {
    server.once('error', (cause: NodeJS.ErrnoException) => {
      const why = cause.code === 'EADDRINUSE' ? `port ${port} is taken; choose another with --port` : cause.message;
      failed(new Error(`${failure} on ${host}: ${why}.`, { cause }));
    });
    server.listen(port, host, done);
  });
  const bound = (server.address() as AddressInfo).port;
  return `http://${host.includes(':') ? `[${host}]` : host}:${bound}`;
}

/** Ends a server at once, open connections included. One that has ended already is left as it is. */
export function closeServer(server: Server): Promise<void> {
  return new Promise((done) => {
    server.close(() => done());
    server.closeAllConnections();
  });
}
