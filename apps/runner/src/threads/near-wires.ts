import type { Wire } from '../service/wire.ts';
import type { ThreadCalls, WireCalls } from './messages.ts';

/** So many characters may be on their way over a wire before whoever sends is told to wait. */
const mostUnsent = 256 * 1024;

interface NearWire {
  readonly wire: Wire;
  /** Ends it with these words where the thread has ended. */
  readonly lose: (why: string) => void;
  unsent: number;
  isStalled: boolean;
}

/** Connections whose sockets are here, and whose episodes are in another thread. */
export class NearWires implements WireCalls {
  readonly #wires = new Map<number, NearWire>();
  readonly #thread: () => Pick<ThreadCalls, 'gone' | 'stalls' | 'flows' | 'text'>;
  #last = 0;
  /** Why the thread has ended; null while it has not. */
  #end: string | null = null;

  constructor(thread: () => Pick<ThreadCalls, 'gone' | 'stalls' | 'flows' | 'text'>) {
    this.#thread = thread;
  }

  /** Passes on what comes over a wire, from when `connect` has told of its number. */
  join(wire: Wire, { connect, lose }: { readonly connect: (id: number) => void; readonly lose: (why: string) => void }): void {
    if (this.#end !== null) return lose(this.#end);
    const id = ++this.#last;
    this.#wires.set(id, { wire, lose, unsent: 0, isStalled: false });
    connect(id);
    wire.listen({
      text: (text) => {
        if (this.#wires.has(id)) this.#thread().text(id, text);
      },
      gone: () => {
        if (this.#wires.delete(id)) this.#thread().gone(id);
      },
    });
  }

  /** Ends all: their thread has ended. */
  lose(why: string): void {
    this.#end = why;
    for (const { lose } of this.#wires.values()) lose(why);
    this.#wires.clear();
  }

  send(id: number, text: string): void {
    const near = this.#wires.get(id);
    if (near === undefined) return;
    near.unsent += text.length;
    void near.wire.send(text).then(() => {
      near.unsent -= text.length;
      this.#heed(id, near);
    });
    this.#heed(id, near);
  }

  end(id: number, code: number, reason: string | undefined): void {
    this.#wires.get(id)?.wire.close(code, reason);
  }

  cut(id: number): void {
    this.#wires.get(id)?.wire.cut();
  }

  pause(id: number): void {
    this.#wires.get(id)?.wire.pause();
  }

  resume(id: number): void {
    this.#wires.get(id)?.wire.resume();
  }

  #heed(id: number, near: NearWire): void {
    const isStalled = near.unsent > mostUnsent;
    if (isStalled === near.isStalled || !this.#wires.has(id)) return;
    near.isStalled = isStalled;
    if (isStalled) this.#thread().stalls(id);
    else this.#thread().flows(id);
  }
}
