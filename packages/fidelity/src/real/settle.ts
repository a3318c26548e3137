import type { Page, Request } from 'playwright-core';

/** How long a page must stay as it is to count as settled, and how long that is waited for, in milliseconds. */
const quiet = 80;
const longest = 4000;
/** An action may take this long to send its first request. */
const reaction = 25;

/** Waits for what an action sets off in a page of a real application. */
export class Settler {
  readonly #page: Page;
  readonly #inFlight = new Set<Request>();

  /** Watches the page's requests from now on. */
  constructor(page: Page) {
    this.#page = page;
    page.on('request', (request) => {
      if (isAwaited(request)) this.#inFlight.add(request);
    });
    page.on('requestfinished', (request) => this.#inFlight.delete(request));
    page.on('requestfailed', (request) => this.#inFlight.delete(request));
  }

  /** Resolves when all requests are answered and the page has not changed for a while; at the latest after some seconds. */
  async settle(): Promise<void> {
    const end = Date.now() + longest;
    do {
      await this.#answered(end);
      await this.#unchanged(end);
    } while (this.#inFlight.size > 0 && Date.now() < end);
  }

  async #answered(end: number): Promise<void> {
    await this.#page.waitForTimeout(reaction);
    while (this.#inFlight.size > 0 && Date.now() < end) await this.#page.waitForTimeout(20);
  }

  async #unchanged(end: number): Promise<void> {
    while (Date.now() < end) {
      try {
        await this.#page.waitForLoadState('load', { timeout: longest });
        await this.#page.evaluate(whenQuiet, { quiet, longest });
        return;
      } catch {
        // The document was replaced while it was watched: the new one is watched.
        await this.#page.waitForTimeout(20);
      }
    }
  }
}

function isAwaited(request: Request): boolean {
  return /^(?:document|xhr|fetch)$/.test(request.resourceType());
}

/** Runs in the page. */
function whenQuiet(limits: { readonly quiet: number; readonly longest: number }): Promise<void> {
  return new Promise((resolve) => {
    const finish = (): void => {
      observer.disconnect();
      clearTimeout(timer);
      clearTimeout(most);
      resolve();
    };
    const observer = new MutationObserver(() => {
      clearTimeout(timer);
      timer = setTimeout(finish, limits.quiet);
    });
    let timer = setTimeout(finish, limits.quiet);
    const most = setTimeout(finish, limits.longest);
    observer.observe(document, { childList: true, subtree: true, attributes: true, characterData: true });
  });
}
