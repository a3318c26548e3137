import type { OpenEnvErrorCode } from '@backlot/protocol';

/** What OpenEnv's WebSocket says where something went wrong. */
export function failureOf(code: OpenEnvErrorCode, message: string, more: Readonly<Record<string, unknown>> = {}): object {
  return { type: 'error', data: { message, code, ...more } };
}
