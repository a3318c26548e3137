import type { Exchange } from '@backlot/protocol';
import { isObject } from '../rrweb/events.ts';
import type { Reading } from './reading.ts';

/** Where a typed text was masked by the recorder, takes it from the request that sent it. */
export function revealMasked(reading: Reading): void {
  for (const draft of reading.drafts) {
    const name = draft.element?.attrs['name'];
    if (draft.kind !== 'fill' || name === undefined || draft.value === undefined || !/^\*+$/.test(draft.value)) continue;
    const { length } = draft.value;
    for (const { exchange } of reading.evidence.entries) {
      if (exchange.at < draft.at || exchange.requestBody === undefined) continue;
      const sent = valueIn(exchange.requestBody, name);
      if (sent === undefined) continue;
      if (sent.length === length) draft.value = sent;
      break;
    }
  }
}

function valueIn({ mimeType, text }: NonNullable<Exchange['requestBody']>, name: string): string | undefined {
  if (/json/i.test(mimeType)) return valueInJson(text, name);
  if (/multipart/i.test(mimeType)) return valueInParts(text, name);
  return new URLSearchParams(text).get(name) ?? undefined;
}

function valueInParts(text: string, name: string): string | undefined {
  const start = text.indexOf(`name="${name}"\r\n\r\n`);
  if (start < 0) return undefined;
  const from = start + name.length + 11;
  const end = text.indexOf('\r\n--', from);
  return end < 0 ? undefined : text.slice(from, end);
}

function valueInJson(text: string, name: string): string | undefined {
  try {
    return findKey(JSON.parse(text) as unknown, name);
  } catch {
    return undefined;
  }
}

function findKey(value: unknown, name: string): string | undefined {
  if (Array.isArray(value)) return value.map((item) => findKey(item, name)).find((found) => found !== undefined);
  if (!isObject(value)) return undefined;
  if (typeof value[name] === 'string') return value[name];
  return Object.values(value)
    .map((item) => findKey(item, name))
    .find((found) => found !== undefined);
}
