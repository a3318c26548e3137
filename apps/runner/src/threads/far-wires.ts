import type { Wire, WireEvents } from '../service/wire.ts';
import type { WireCalls } from './messages.ts';

interface FarWire {
  events: WireEvents | null;
  /** What came before anybody listened. */
  readonly early: string[];
  /** Resolves once what was sent is taken again; null where it is. */
  flowing: PromiseWithResolvers<void> | null;
}

/** Connections whose sockets are in another thread. */
export class FarWires {
  readonly #wires = new Map<number, FarWire>();
  readonly #main: WireCalls;

  constructor(main: WireCalls) {
    this.#main = main;
  }

  /** The wire of a connection that has come in. */
  open(id: number): Wire {
    const far: FarWire = { events: null, early: [], flowing: null };
    this.#wires.set(id, far);
    return {
      listen: (events) => {
        far.events = events;
        for (const text of far.early.splice(0)) events.text(text);
      },
      send: async (text) => {
        await far.flowing?.promise;
        if (this.#wires.has(id)) this.#main.send(id, text);
      },
      close: (code, reason) => this.#main.end(id, code, reason),
      cut: () => this.#main.cut(id),
      pause: () => this.#main.pause(id),
      resume: () => this.#main.resume(id),
    };
  }

  text(id: number, text: string): void {
    const far = this.#wires.get(id);
    if (far?.events === null) far.early.push(text);
    else far?.events?.text(text);
  }

  gone(id: number): void {
    const far = this.#wires.get(id);
    this.#wires.delete(id);
    far?.flowing?.resolve();
    far?.events?.gone();
  }

  stalls(id: number): void {
    const far = this.#wires.get(id);
    if (far !== undefined) far.flowing ??= Promise.withResolvers();
  }

  flows(id: number): void {
    const far = this.#wires.get(id);
    far?.flowing?.resolve();
    if (far !== undefined) far.flowing = null;
  }
}
