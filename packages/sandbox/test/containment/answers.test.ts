import { expect, it } from 'vitest';
import { confined, type Answer } from '../../src/containment/answers.ts';
import { allLayers } from '../../src/containment/layers.ts';

const answer = (status: number, headers: Record<string, string>): Answer => ({ status, headers, body: Buffer.from('x') });

it('brings no header that could lead anywhere, and the policies instead', () => {
  const given = { link: '<https://out.example>; rel=preload', refresh: '0', 'speculation-rules': '"x"', 'content-type': 'text/html' };
  const { headers } = confined(answer(200, { ...given, 'content-security-policy': 'report-uri https://out.example' }), allLayers);
  expect(headers['content-type']).toBe('text/html');
  expect(Object.keys(headers)).not.toEqual(expect.arrayContaining(['link', 'refresh', 'speculation-rules']));
  expect(headers['content-security-policy']).toContain("default-src 'self'");
  expect(headers['connection-allowlist']).toBe('(response-origin)');
  expect(JSON.stringify(headers)).not.toContain('out.example');
});

it.each([301, 302, 303, 307, 308])('never redirects, by %i', (status) => {
  expect(confined(answer(status, { location: 'https://out.example' }), allLayers)).toMatchObject({ status: 502 });
});

it('lets an answer through unchanged where no layer is on: that is what the layers are measured by', () => {
  const plain = answer(302, { location: 'https://out.example' });
  expect(confined(plain, new Set())).toEqual(plain);
});
