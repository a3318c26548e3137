import type { z } from 'zod';

/** A problem of an input in the form of FastAPI and Pydantic. */
export interface Problem {
  readonly type: string;
  readonly loc: readonly (string | number)[];
  readonly msg: string;
  readonly input: unknown;
}

/** What is wrong with an input; `at` says where the input stands in the request. */
export function problemsOf(error: z.ZodError, input: unknown, at: readonly string[]): readonly Problem[] {
  return error.issues.map(({ code, path, message }) => ({
    type: code,
    loc: [...at, ...path.map((part) => (typeof part === 'number' ? part : String(part)))],
    msg: message,
    input: path.length === 0 ? input : undefined,
  }));
}
