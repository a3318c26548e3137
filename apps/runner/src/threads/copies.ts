/** A request as it is sent to a thread. */
export interface RequestCopy {
  readonly url: string;
  readonly method: string;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: Uint8Array<ArrayBuffer> | null;
}

/** An answer as a thread sends it: its body, or the number of a body that comes in parts. */
export interface ResponseCopy {
  readonly status: number;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: Uint8Array<ArrayBuffer> | number | null;
}

/** Copies a request; its body is read to the end. */
export async function copyOfRequest({ url, method, headers, body }: Request): Promise<RequestCopy> {
  return { url, method, headers: [...headers], body: body === null ? null : new Uint8Array(await new Response(body).arrayBuffer()) };
}

/** The request that was copied. */
export function requestOf({ url, method, headers, body }: RequestCopy): Request {
  return new Request(url, { method, headers: headers as [string, string][], body });
}

const comesInParts = /^(?:text\/event-stream|application\/x-ndjson)/;

/** Bodies that are sent in parts, as they are asked for. */
export class OpenBodies {
  readonly #readers = new Map<number, ReadableStreamDefaultReader<Uint8Array>>();
  #last = 0;

  /** Copies an answer. Its body is kept open where it may be long, or goes on for as long as something happens. */
  async copyOf({ status, headers, body }: Response): Promise<ResponseCopy> {
    const copy = { status, headers: [...headers] };
    if (body === null) return { ...copy, body: null };
    if (!comesInParts.test(headers.get('content-type') ?? ''))
      return { ...copy, body: new Uint8Array(await new Response(body).arrayBuffer()) };
    this.#readers.set(++this.#last, body.getReader());
    return { ...copy, body: this.#last };
  }

  async read(id: number): Promise<Uint8Array | null> {
    const { value } = (await this.#readers.get(id)?.read()) ?? {};
    if (value === undefined) this.#readers.delete(id);
    return value ?? null;
  }

  async cancel(id: number): Promise<void> {
    const reader = this.#readers.get(id);
    this.#readers.delete(id);
    await reader?.cancel();
  }
}

/** The answer that was copied; `parts` gives a body that comes in parts. */
export function responseOf({ status, headers, body }: ResponseCopy, parts: (id: number) => ReadableStream<Uint8Array>): Response {
  return new Response(typeof body === 'number' ? parts(body) : body, { status, headers: headers as [string, string][] });
}
