import type { Action, DomElement } from '@backlot/protocol';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { actOnPage } from './act-on-page.ts';
import { takeTree } from './page-tree.ts';
import { Settler } from './settle.ts';

/** Where a driver opens its page. */
export interface DriverOptions {
  /** Left running. */
  readonly browser: Browser;
  /** Address of the application, without a slash at the end. */
  readonly baseURL: string;
  readonly viewport: { readonly width: number; readonly height: number };
}

/** What a page shows. */
export interface PageLook {
  readonly url: string;
  readonly title: string;
  readonly aria: string;
  readonly root: DomElement;
}

/** How often a page is looked at that moves on by itself. */
const mostLooks = 25;

/** Uses an application in a fresh browser context as a person would: real or cloned makes no difference. */
export class PageDriver {
  readonly #context: BrowserContext;
  readonly #page: Page;
  readonly #baseURL: string;
  readonly #settler: Settler;
  #answer: Action['dialog'];

  private constructor(context: BrowserContext, page: Page, baseURL: string) {
    this.#context = context;
    this.#page = page;
    this.#baseURL = baseURL;
    this.#settler = new Settler(page);
    page.on('dialog', (dialog) => {
      const { accepted = true, text } = this.#answer ?? {};
      void (accepted ? dialog.accept(text) : dialog.dismiss()).catch(() => undefined);
    });
  }

  static async open({ browser, baseURL, viewport }: DriverOptions): Promise<PageDriver> {
    const context = await browser.newContext({
      viewport: { ...viewport },
      acceptDownloads: false,
      locale: 'en-US',
      timezoneId: 'UTC',
      reducedMotion: 'reduce',
    });
    return new PageDriver(context, await context.newPage(), baseURL);
  }

  /**
   * Carries out one action and waits until the page has settled. A dialog is answered as the action says, else accepted.
   * @throws where the action can't be carried out
   */
  async act(action: Action): Promise<void> {
    this.#answer = action.dialog;
    await actOnPage(this.#page, this.#baseURL, action);
    await this.#settler.settle();
    // A pointer that rests on the page would show what only a hover shows.
    if (action.kind !== 'hover') await this.#page.mouse.move(0, 0);
  }

  /**
   * The page as it stands: address relative to the application (absolute outside of it), document and snapshot. A page that moves on by
   * itself while it is looked at is looked at where it arrives.
   * @throws where it moves on and on
   */
  async look(): Promise<PageLook> {
    for (let left = mostLooks; left > 1; left--) {
      try {
        return await this.#lookOnce();
      } catch (error) {
        if (!/Execution context was destroyed|because of a navigation/.test(String(error))) throw error;
        await this.#settler.settle();
      }
    }
    return this.#lookOnce();
  }

  /** When the document that stands there began, and whether all of it is read. */
  #document(): Promise<{ readonly began: number; readonly isRead: boolean }> {
    return this.#page.evaluate(() => ({ began: performance.timeOrigin, isRead: document.readyState !== 'loading' }));
  }

  async #lookOnce(): Promise<PageLook> {
    const { began, isRead } = await this.#document();
    const look = await this.#read();
    // What was read must be of one document, and of the whole of it.
    if (!isRead || (await this.#document()).began !== began) throw new Error('The page was not read to its end, because of a navigation.');
    return look;
  }

  async #read(): Promise<PageLook> {
    const url = this.#page.url();
    const { root } = await this.#page.evaluate(takeTree);
    const own = url === this.#baseURL || /^[/?#]/.test(url.slice(this.#baseURL.length)) ? url.startsWith(this.#baseURL) : false;
    return { url: own ? url.slice(this.#baseURL.length) || '/' : url, title: await this.#page.title(), aria: await this.aria(), root };
  }

  /** The page itself, to look at. */
  get page(): Page {
    return this.#page;
  }

  /** The accessibility snapshot of the page's body. */
  aria(): Promise<string> {
    return this.#page.locator('body').ariaSnapshot();
  }

  /** The page as PNG, without a blinking caret. */
  picture(): Promise<Uint8Array> {
    return this.#page.screenshot({ caret: 'hide', animations: 'disabled' });
  }

  close(): Promise<void> {
    return this.#context.close();
  }
}
