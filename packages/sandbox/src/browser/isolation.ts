import type { Hono } from 'hono';
import type { BrowserContext, Page, Request, Route } from 'playwright-core';

/** Where clones live in the browser: a reserved name (RFC 6761), never the host of the real application. */
export const cloneOrigin = 'http://clone.backlot.test';

/** What a context answers with, and keeps count of. */
export interface Isolation {
  /** The clone as it is served, for the account of the episode as it now is. */
  app(): Hono;
  /** Told the address of every request that was stopped. */
  blocked(url: string): void;
}

/** Lets requests for the clone's origin be answered in process and stops all others, web sockets and further windows too. */
export async function isolate(context: BrowserContext, isolation: Isolation): Promise<void> {
  await context.route('**/*', (route) => answer(route, isolation));
  await context.routeWebSocket(/.*/, (socket) => {
    isolation.blocked(socket.url());
    void socket.close();
  });
  let own: Page | null = null;
  context.on('page', (page) => {
    own ??= page;
    if (page !== own) void page.close().catch(() => undefined);
  });
}

async function answer(route: Route, { app, blocked }: Isolation): Promise<void> {
  const request = route.request();
  if (new URL(request.url()).origin !== cloneOrigin) {
    blocked(request.url());
    // An aborted navigation leaves the page where it is; a blocked one would put an error page in its place.
    return route.abort(request.isNavigationRequest() ? 'aborted' : 'blockedbyclient');
  }
  const response = await app().request(request.url(), { method: request.method(), headers: { 'sec-fetch-dest': destination(request) } });
  const body = Buffer.from(await response.arrayBuffer());
  return route.fulfill({ status: response.status, headers: Object.fromEntries(response.headers), body });
}

const destinations: Readonly<Record<string, string>> = {
  stylesheet: 'style',
  media: 'video',
  texttrack: 'track',
  xhr: 'empty',
  fetch: 'empty',
};

/** What the answer is for, as the header that intercepted requests may lack tells it. */
function destination(request: Request): string {
  const type = request.resourceType();
  return request.headers()['sec-fetch-dest'] ?? destinations[type] ?? type;
}
