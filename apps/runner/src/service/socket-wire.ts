import type { RawData, WebSocket } from 'ws';
import type { Wire } from './wire.ts';

/** The wire of a WebSocket. */
export function socketWire(socket: WebSocket): Wire {
  socket.on('error', () => socket.terminate());
  return {
    listen({ text, gone }) {
      socket.on('message', (data: RawData) => text(data.toString()));
      socket.on('close', gone);
    },
    send: (text) =>
      new Promise((sent) => {
        if (socket.readyState !== socket.OPEN) sent();
        else socket.send(text, () => sent());
      }),
    close: (code, reason) => socket.close(code, reason),
    cut: () => socket.terminate(),
    pause: () => socket.pause(),
    resume: () => socket.resume(),
  };
}
