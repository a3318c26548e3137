import { describe, expect, it } from 'vitest';
import { namedIn } from '../../src/episodes/thread-names.ts';
import { threadAsked } from '../../src/threads/routing.ts';

const id = namedIn(1, '3f0c9b1e-5d0e-4a53-9a62-0d9b1f6f7c11');
const ticket = `Bearer ${namedIn(2, 'jYw1-x')}`;
const nobody = { authorization: undefined };
const call = (session_id: unknown): string => JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/call', params: { session_id } });

describe('a request', () => {
  it.each([
    ['of an episode', { path: `/episodes/${id}/step`, ...nobody }, 1],
    ['of an episode, whatever ticket it shows', { path: `/episodes/${id}`, authorization: ticket }, 1],
    ['with a ticket', { path: '/mcp', authorization: ticket }, 2],
    ['with a ticket, whatever session it names', { path: '/mcp', authorization: ticket, body: call(id) }, 2],
    ['of an MCP session', { path: '/mcp', ...nobody, session: namedIn(0, 'abc') }, 0],
    ['that calls a tool in a session', { path: '/mcp', ...nobody, body: call(id) }, 1],
  ])('%s goes to the thread that holds it', (_what, request, thread) => {
    expect(threadAsked(request)).toBe(thread);
  });

  it.each([
    ['opens an episode', { path: '/episodes', ...nobody }],
    ['shows the token of the owner', { path: '/ws', authorization: 'Bearer secret' }],
    ['names an episode of a service on one thread', { path: '/episodes/12345678-5d0e-4a53-9a62-0d9b1f6f7c11', ...nobody }],
    ['is no JSON', { path: '/mcp', ...nobody, body: '{' }],
    ['names a session that is no text', { path: '/mcp', ...nobody, body: call({}) }],
  ])('that %s goes to any', (_what, request) => {
    expect(threadAsked(request)).toBeNull();
  });
});
