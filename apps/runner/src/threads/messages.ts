import type { RunnerOptions } from '../options.ts';
import type { Arrival } from '../http/admission.ts';
import type { RequestCopy, ResponseCopy } from './copies.ts';

/** What a thread keeps episodes with. */
export interface Provision {
  readonly options: RunnerOptions;
  /** Gives back what the options took, when the service has ended. */
  close?(): Promise<void>;
}

/** A module whose `provide` makes what a thread keeps episodes with, of data that can be sent to it. */
export interface ProvisionModule {
  provide(data: unknown): Promise<Provision>;
}

/** What a thread is started with. */
export interface ThreadSetup {
  /** Address of a `ProvisionModule`. */
  readonly module: string;
  readonly data: unknown;
  readonly token: string | undefined;
  /** Its number, from 0. */
  readonly thread: number;
  /** Where seats are counted. */
  readonly seats: SharedArrayBuffer;
}

/** What a thread is asked for. Wires are connections, by the number that they were given. */
export interface ThreadCalls {
  /** Resolves once it can serve. */
  begin(): Promise<void>;
  fetch(request: RequestCopy): Promise<ResponseCopy>;
  /** The next part of a body that comes in parts; null at its end. */
  read(body: number): Promise<Uint8Array | null>;
  cancel(body: number): Promise<void>;
  /** The status that a connection is refused with, null where it may come in. */
  admit(arrival: Arrival): Promise<401 | 403 | 404 | 502 | null>;
  metrics(): Promise<object>;
  drain(ms: number): Promise<void>;
  close(): Promise<void>;
  connect(wire: number, arrival: Arrival): void;
  text(wire: number, text: string): void;
  gone(wire: number): void;
  /** What is sent over the wire is not taken: nothing more is to be sent, until `flows`. */
  stalls(wire: number): void;
  flows(wire: number): void;
}

/** Calls of a thread that nobody waits for. */
export const threadEvents = ['connect', 'text', 'gone', 'stalls', 'flows'] as const satisfies readonly (keyof ThreadCalls)[];

/** What a thread tells of its wires. */
export interface WireCalls {
  send(wire: number, text: string): void;
  end(wire: number, code: number, reason: string | undefined): void;
  cut(wire: number): void;
  pause(wire: number): void;
  resume(wire: number): void;
}

export const wireEvents = ['send', 'end', 'cut', 'pause', 'resume'] as const satisfies readonly (keyof WireCalls)[];
