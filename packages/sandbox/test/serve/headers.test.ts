import { indexPage } from '@backlot/runtime';
import { expect, it } from 'vitest';
import { securityHeaders } from '../../src/serve/headers.ts';

it('holds served clones to every directive that their own document states', () => {
  const stated = /http-equiv="Content-Security-Policy" content="([^"]+)"/.exec(indexPage())?.[1]?.split('; ') ?? [];
  expect(stated).toContain("default-src 'self'");
  expect(securityHeaders['content-security-policy']?.split('; ')).toEqual(expect.arrayContaining(stated));
});
