import type { Browser, BrowserContext, BrowserContextOptions, Page, Request, Route } from 'playwright-core';
import { confined, type Answer } from './answers.ts';
import type { Layers } from './layers.ts';

/** What a context shows, and what is told of the rest. */
export interface Site {
  /** The only origin that is answered. */
  readonly origin: string;
  answer(request: SiteRequest): Promise<Answer>;
  /** Told the address of every request that was stopped. */
  blocked(url: string): void;
}

/** A request for the site. */
interface SiteRequest {
  readonly url: string;
  readonly method: string;
  /** What the answer is for, in the words of `Sec-Fetch-Dest`. */
  readonly destination: string;
}

const denied = { acceptDownloads: false, permissions: [], serviceWorkers: 'block' } as const satisfies BrowserContextOptions;

/** How a context is opened. */
export interface ContextRequest {
  readonly layers: Layers;
  readonly site: Site;
  readonly options?: BrowserContextOptions;
}

/** Opens a context that is answered by a site in process, with those layers around it that work inside of a browser. */
export async function openContext(browser: Browser, { layers, site, options = {} }: ContextRequest): Promise<BrowserContext> {
  const context = await browser.newContext({ ...options, ...(layers.has('permissions') ? denied : {}) });
  try {
    await context.route(layers.has('routes') ? '**/*' : `${site.origin}/**`, (route) => answer(route, site, layers));
    if (layers.has('routes')) {
      await context.routeWebSocket(/.*/, (socket) => {
        site.blocked(socket.url());
        void socket.close();
      });
    }
    if (layers.has('permissions')) keepOnePage(context);
    return context;
  } catch (error) {
    await context.close().catch(() => undefined);
    throw error;
  }
}

/** Closes every window but the first. */
function keepOnePage(context: BrowserContext): void {
  let own: Page | null = null;
  context.on('page', (page) => {
    own ??= page;
    if (page !== own) void page.close().catch(() => undefined);
  });
}

async function answer(route: Route, site: Site, layers: Layers): Promise<void> {
  const request = route.request();
  const url = request.url();
  if (!URL.canParse(url) || new URL(url).origin !== site.origin) {
    site.blocked(url);
    // An aborted navigation leaves the page where it is; a blocked one would put an error page in its place.
    return route.abort(request.isNavigationRequest() ? 'aborted' : 'blockedbyclient');
  }
  const given = await site.answer({ url, method: request.method(), destination: destination(request) });
  const { status, headers, body } = confined(given, layers);
  return route.fulfill({ status, headers: { ...headers }, body });
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
