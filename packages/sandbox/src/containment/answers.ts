import type { Layers } from './layers.ts';
import { allowlistHeader, securityHeaders } from '../serve/headers.ts';

/** What a request is answered with. */
export interface Answer {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** Headers that an answer may bring itself. Reports, hints, redirects, speculation and refreshes all need others. */
const known = new Set(['content-type', 'etag', 'cache-control', 'allow']);

/** An answer as the layers that are on let it through. */
export function confined(answer: Answer, layers: Layers): Answer {
  const plain = layers.has('answers') ? withoutSurprises(answer) : answer;
  const headers = {
    ...plain.headers,
    ...(layers.has('csp') ? securityHeaders : {}),
    ...(layers.has('allowlist') ? allowlistHeader : {}),
  };
  return { ...plain, headers };
}

/** A redirect that is answered here would be followed on the network, where nothing is asked again. */
function withoutSurprises({ status, headers, body }: Answer): Answer {
  const kept = Object.fromEntries(Object.entries(headers).filter(([name]) => known.has(name)));
  return status >= 300 && status < 400 && status !== 304
    ? { status: 502, headers: { 'content-type': 'text/plain' }, body: Buffer.from('A clone never redirects.') }
    : { status, headers: kept, body };
}
