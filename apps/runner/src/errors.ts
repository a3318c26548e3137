/** Codes of what can go wrong with a request, each with its HTTP status. */
const statuses = {
  BAD_REQUEST: 400,
  UNAUTHORISED: 401,
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  CONFLICT: 409,
  CAPACITY_REACHED: 503,
  BUSY: 429,
  DRAINING: 503,
  ENGINE_FAILED: 502,
} as const;

export type ErrorCode = keyof typeof statuses;

/** A request that can't be done: what is wrong, and what to do. */
export class ServiceError extends Error {
  override readonly name = 'ServiceError';
  readonly code: ErrorCode;
  readonly details: Readonly<Record<string, unknown>> | undefined;

  constructor(code: ErrorCode, message: string, details?: Readonly<Record<string, unknown>>) {
    super(message);
    this.code = code;
    this.details = details;
  }

  get status(): (typeof statuses)[ErrorCode] {
    return statuses[this.code];
  }
}

/** The message of anything thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
