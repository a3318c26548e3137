/** Codes of what can go wrong with a request, by HTTP status. */
const codes = {
  400: 'BAD_REQUEST',
  401: 'UNAUTHORISED',
  403: 'FORBIDDEN',
  404: 'NOT_FOUND',
  409: 'CONFLICT',
  413: 'TOO_LARGE',
  415: 'UNSUPPORTED',
  500: 'INTERNAL',
} as const;

/** An error as every service of this project answers it. */
export interface ErrorBody {
  readonly error: { readonly code: string; readonly message: string };
}

/** The answer to a request that can't be served. A status that has no code of its own is a bad request, or a fault of the service. */
export function errorBody(status: number, message: string): ErrorBody {
  const known: Readonly<Record<number, string | undefined>> = codes;
  return { error: { code: known[status] ?? (status < 500 ? codes[400] : codes[500]), message } };
}

/** A request that can't be served: what is wrong, and the status that says so. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly status: 400 | 404 | 409 | 413 | 415;

  constructor(status: Refusal['status'], message: string) {
    super(message);
    this.status = status;
  }
}
