import { describe, expect, it } from 'vitest';
import { retell } from '../src/har.ts';
import { VirtualClock } from '../src/virtual-clock.ts';

const entry = (mimeType: string, resourceType: string) => ({
  startedDateTime: '2026-01-01T00:00:01.000Z',
  _resourceType: resourceType,
  request: { headers: [] },
  response: { content: { mimeType, text: 'body', encoding: 'base64' } },
});

const kept = (assets: boolean): boolean[] => {
  const entries = [
    entry('text/html', 'document'),
    entry('text/css', 'stylesheet'),
    entry('image/svg+xml', 'image'),
    entry('font/woff2', 'font'),
    entry('text/javascript', 'script'),
    entry('text/javascript', 'xhr'),
  ];
  return retell({ log: { entries } }, { clock: new VirtualClock(), assets }).log.entries.map(({ response }) => 'text' in response.content);
};

describe('retell', () => {
  it('keeps answers and assets, and drops programs', () => {
    expect(kept(true)).toEqual([true, true, true, true, false, true]);
  });

  it('drops assets where they are not wanted', () => {
    expect(kept(false)).toEqual([true, false, false, false, false, true]);
  });

  it('moves requests to the time that the log tells', () => {
    const clock = new VirtualClock(() => Date.parse('2026-01-01T00:00:00.500Z'));
    clock.pause(60_000);
    const told = retell({ log: { entries: [entry('text/html', 'document')] } }, { clock, assets: true });
    expect(told.log.entries[0]?.startedDateTime).toBe('2026-01-01T00:01:01.000Z');
  });
});
