import type { Session } from '@backlot/protocol';
import { resolveAddress, withoutHash } from '@backlot/world';
import { pathToId } from '../node-path.ts';

/** True for a step that only moves: it asks for a page and changes no data by itself. */
export function isMove(session: Session, step: number): boolean {
  const { action, before, after, exchanges } = session.steps[step] as Session['steps'][number];
  if (exchanges.some((exchange) => exchange.method !== 'GET' && exchange.method !== 'HEAD' && exchange.method !== 'OPTIONS')) return false;
  if (action.kind === 'goto' || action.kind === 'back' || action.kind === 'forward' || action.kind === 'reload') return true;
  return action.kind === 'click' && action.target?.role === 'link' && before.url !== after.url && !isRedirected(session, step);
}

/** True where a link led to another document than its address says: the application did something first. */
function isRedirected({ steps, baseURL }: Session, step: number): boolean {
  const { before, after, node } = steps[step] as Session['steps'][number];
  if (node === undefined || before.load === after.load) return false;
  const href = pathToId(before.root, node).findLast(({ tag, attrs }) => tag === 'a' && 'href' in attrs)?.attrs['href'];
  if (href === undefined) return false;
  const asked = resolveAddress(before.url, href.startsWith(baseURL) ? href.slice(baseURL.length) || '/' : href);
  return !/^[a-z]+:/i.test(asked) && withoutHash(asked) !== withoutHash(after.url);
}
