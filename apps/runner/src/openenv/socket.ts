import {
  openEnvActionSchema,
  openEnvMessageSchema,
  openEnvMessageTypes,
  openEnvResetSchema,
  type OpenEnvErrorCode,
} from '@backlot/protocol';
import type { z } from 'zod';
import type { HeldEpisode } from '../episodes/held-episode.ts';
import type { Hub } from '../episodes/hub.ts';
import type { Seat } from '../episodes/seats.ts';
import { messageOf, ServiceError } from '../errors.ts';
import { toolList } from '../mcp/tools.ts';
import type { Wire } from '../service/wire.ts';
import { failureOf } from './failure.ts';
import { problemsOf } from './problems.ts';
import { openingOf, resultOf, stateOf } from './results.ts';
import { agentHost, answerCall, answerRpc } from './rpc.ts';

type Message = z.infer<typeof openEnvMessageSchema>;

/** How many messages of one connection may wait before no more are read from it. */
const mostWaiting = 16;

class MessageError extends Error {
  readonly code: OpenEnvErrorCode;
  readonly more: Readonly<Record<string, unknown>>;
  constructor(code: OpenEnvErrorCode, message: string, more: Readonly<Record<string, unknown>> = {}) {
    super(message);
    this.code = code;
    this.more = more;
  }
}

/** Serves one connection of OpenEnv's `/ws`: one episode, one answer for each message, in order. */
export function serveOpenEnv(wire: Wire, hub: Hub): void {
  serve(wire, hub, (connection, text) => connection.answer(text));
}

/** Serves one connection of OpenEnv's WebSocket `/mcp`: one episode, one call of JSON-RPC a frame. */
export function serveRpc(wire: Wire, hub: Hub): void {
  serve(wire, hub, (connection, text) => connection.rpc(text));
}

const agentWires = new WeakMap<HeldEpisode, Wire>();

/** Serves one connection of an agent that showed its ticket: one call of JSON-RPC a frame, in its own episode. */
export function serveAgentRpc(wire: Wire, episode: HeldEpisode): void {
  // An agent has one connection at a time: it can't hold any number of them open.
  agentWires.get(episode)?.close(1008, 'Another connection with this ticket took its place.');
  agentWires.set(episode, wire);
  const text = inOrder(wire, async (said) => send(wire, await answerRpc(said, agentHost(episode))));
  const stop = episode.listen(({ event }) => {
    if (event === 'closed') wire.close(1001);
  });
  wire.listen({ text, gone: stop });
}

/** An answer of null closes the connection. */
function serve(wire: Wire, hub: Hub, answerOf: (connection: Connection, text: string) => Promise<unknown>): void {
  const seat = takeSeat(wire, hub);
  if (seat === null) return;
  const connection = new Connection(hub, seat);
  const text = inOrder(wire, async (said) => {
    seat.touch();
    const answer = await answerOf(connection, said);
    if (answer === null) wire.close(1000);
    else await send(wire, answer);
  });
  const gone = (): void => {
    seat.release();
    void connection.close();
  };
  wire.listen({ text, gone });
}

/** A connection needs a seat from its first moment; where there is none it is told so, and closed. */
function takeSeat(wire: Wire, hub: Hub): Seat | null {
  try {
    return hub.seats.take((why) => {
      void send(wire, failureOf('SESSION_ERROR', why)).then(() => wire.close(1001));
    });
  } catch (error) {
    const { code, details = {} } = error instanceof ServiceError ? error : { code: 'SESSION_ERROR' };
    hub.metrics.refused(code);
    const said = code === 'CAPACITY_REACHED' ? 'CAPACITY_REACHED' : 'SESSION_ERROR';
    void send(wire, failureOf(said, messageOf(error), details)).then(() => wire.close(1013));
    return null;
  }
}

/** Does work for one message after the other. Where too many wait, or answers are not taken, nothing more is read. */
function inOrder(wire: Wire, work: (text: string) => Promise<void>): (text: string) => void {
  let last: Promise<unknown> = Promise.resolve();
  let waiting = 0;
  let isPaused = false;
  const heed = (): void => {
    if (waiting >= mostWaiting === isPaused) return;
    isPaused = !isPaused;
    if (isPaused) wire.pause();
    else wire.resume();
  };
  return (text) => {
    waiting += 1;
    heed();
    last = last
      .then(() => work(text))
      .catch(() => wire.cut())
      .finally(() => {
        waiting -= 1;
        heed();
      });
  };
}

const send = (wire: Wire, message: unknown): Promise<void> => wire.send(JSON.stringify(message));

class Connection {
  readonly #hub: Hub;
  readonly #seat: Seat;
  #episode: HeldEpisode | null = null;
  #isClosed = false;

  constructor(hub: Hub, seat: Seat) {
    this.#hub = hub;
    this.#seat = seat;
  }

  /** The answer to a message; null where the client closes. */
  async answer(text: string): Promise<unknown> {
    try {
      const message = readMessage(text);
      return message.type === 'close' ? null : await this.#do(message);
    } catch (error) {
      if (error instanceof MessageError) return failureOf(error.code, error.message, error.more);
      if (error instanceof ServiceError) return failureOf('EXECUTION_ERROR', error.message, { reason: error.code });
      return failureOf('EXECUTION_ERROR', messageOf(error));
    }
  }

  async rpc(text: string): Promise<unknown> {
    return answerRpc(text, { episode: () => this.#begun({}) });
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#episode?.close('The client has left.');
  }

  async #do(message: Exclude<Message, { type: 'close' }>): Promise<unknown> {
    switch (message.type) {
      case 'state':
        return { type: 'state', data: stateOf(this.#episode) };
      case 'mcp':
        return { type: 'mcp', data: await answerCall(message.data, { episode: () => this.#begun({}) }) };
      case 'reset': {
        const parsed = openEnvResetSchema.safeParse(message.data);
        if (!parsed.success) throw invalid(parsed.error, message.data);
        await this.#episode?.close('It was begun anew.');
        this.#episode = null;
        const episode = await this.#begun(parsed.data);
        return { type: 'observation', data: resultOf(await episode.look()) };
      }
      case 'step':
        return this.#step(message.data);
    }
  }

  async #step(data: unknown): Promise<unknown> {
    const parsed = openEnvActionSchema.safeParse(data);
    if (!parsed.success) throw invalid(parsed.error, data);
    const episode = this.#episode;
    if (episode === null) throw new MessageError('EXECUTION_ERROR', 'No episode was begun: send a reset first.');
    if ('type' in parsed.data && parsed.data.type === 'list_tools') {
      const tools = toolList.map(({ name, description, inputSchema }) => ({ name, description, input_schema: inputSchema }));
      return {
        type: 'observation',
        data: { observation: { tools }, reward: null, done: false, terminated: false, truncated: false, metadata: {} },
      };
    }
    return { type: 'observation', data: resultOf(await episode.step(parsed.data)) };
  }

  async #begun(reset: z.infer<typeof openEnvResetSchema>): Promise<HeldEpisode> {
    if (this.#episode !== null) return this.#episode;
    const label = reset.episode_id ?? undefined;
    const opening = { via: 'openenv', seat: this.#seat, ...(label === undefined ? {} : { label }) } as const;
    const episode = await this.#hub.open(openingOf(reset), opening);
    this.#episode = episode;
    // The client may have left while the episode was opened.
    if (this.#isClosed) await this.close();
    return episode;
  }
}

function readMessage(text: string): Message {
  let input: unknown;
  try {
    input = JSON.parse(text);
  } catch (error) {
    throw new MessageError('INVALID_JSON', `Invalid JSON: ${messageOf(error)}`);
  }
  const type = (input as { type?: unknown } | null)?.type;
  if (!openEnvMessageTypes.includes(type as string)) throw new MessageError('UNKNOWN_TYPE', `Unknown message type: ${String(type)}`);
  const parsed = openEnvMessageSchema.safeParse(input);
  if (!parsed.success) throw invalid(parsed.error, input);
  return parsed.data;
}

function invalid(error: z.ZodError, input: unknown): MessageError {
  return new MessageError('VALIDATION_ERROR', 'The message is not understood: see errors.', { errors: problemsOf(error, input, []) });
}
