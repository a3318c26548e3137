import fc from 'fast-check';
import { expect, it } from 'vitest';
import { anything, fuzzRuns, fuzzTime, hostileTexts } from '../../../../scripts/fuzz.ts';
import { createCloneApp } from '../../src/serve/clone-app.ts';
import { served } from '../../src/serve/clone-files.ts';
import { securityHeaders } from '../../src/serve/headers.ts';

const bytes = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);
const files = new Map(
  [
    ['/index.html', '<!doctype html><html><head><meta name="backlot-account" content=""></head></html>'],
    ['/world.json', '{}'],
    ['/runtime.js', 'start()'],
    ['/assets/0123.png', 'png'],
    ['/explain/index.html', 'Explained'],
  ].map(([name = '', text = '']) => [name, served(name, bytes(text))] as const),
);

const part = fc.oneof(
  fc.constantFrom(...hostileTexts, '..', '.', '%2e%2e', '%5c', 'assets', 'explain', 'world.json'),
  fc.string({ unit: 'binary' }),
);
const address = fc.array(part, { maxLength: 5 }).map((parts) => `http://127.0.0.1/${parts.join('/')}`);
const method = fc.constantFrom('GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'PROPFIND');
const header = fc.constantFrom(
  'sec-fetch-dest',
  'if-none-match',
  'content-type',
  'range',
  'x-http-method-override',
  'host',
  'accept-encoding',
);
const body = fc.oneof(
  fc.uint8Array({ maxLength: 400 }).map((drawn) => Buffer.from(drawn)),
  anything.map((value) => JSON.stringify(value)),
  fc.constantFrom(...hostileTexts),
);
const request = fc.record({
  address,
  method,
  body,
  headers: fc.dictionary(header, fc.string({ maxLength: 40 }), { maxKeys: 3 }),
  account: fc.oneof(fc.constantFrom(undefined, ...hostileTexts), fc.string()),
});

it(
  'a request of any kind and body is answered with the clone, a refusal or nothing, under every policy',
  { timeout: fuzzTime },
  async () => {
    await fc.assert(
      fc.asyncProperty(request, async ({ address: url, method: how, body: sent, headers, account }) => {
        if (!URL.canParse(url)) return;
        const asked = new Request(url, { method: how, headers, ...(how === 'GET' || how === 'HEAD' ? {} : { body: sent }) });
        const answer = await createCloneApp(files, account).fetch(asked);
        expect(how === 'GET' || how === 'HEAD' ? [200, 304, 404] : [405]).toContain(answer.status);
        for (const [name, value] of Object.entries(securityHeaders)) expect(answer.headers.get(name)).toBe(value);
        const text = await answer.text();
        // Whatever the account is called, it stays within its attribute; nothing that was asked for comes back as markup.
        if (answer.headers.get('content-type')?.startsWith('text/html')) expect(text).not.toMatch(/<(?:img|script)/i);
      }),
      fuzzRuns(12_000),
    );
  },
);
