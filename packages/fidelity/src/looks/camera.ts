import type { Asset, DomElement, Session, State } from '@backlot/protocol';
import type { Browser, BrowserContext, Page, Route } from 'playwright-core';
import { matchBlocks, type Block, type BlockScores } from './blocks.ts';
import { buildPage, settleLooks, takeBlocks } from './page-side.ts';
import { structuralSimilarity } from './structural-similarity.ts';

/** What pictures are taken with. */
export interface CameraOptions {
  /** Left running. */
  readonly browser: Browser;
  /** Address of the clone that is being served, without a slash at the end. */
  readonly cloneURL: string;
  readonly viewport: { readonly width: number; readonly height: number };
  /** Files that recorded pages may show, of the logs that hold any. */
  readonly assets: readonly Asset[];
}

/** A recorded page, and the state in which the clone should show the same. */
export interface Scene {
  readonly session: Session;
  readonly url: string;
  readonly root: DomElement;
  readonly state: State;
}

/** A recorded page beside the clone's. */
export interface Comparison extends BlockScores {
  /** Structural similarity of the pictures. */
  readonly ssim: number;
  readonly different: { readonly real: readonly Block[]; readonly clone: readonly Block[] };
}

/** What of two pages is shown side by side: JPEG, from so far down. */
export interface Shots {
  readonly real: Uint8Array;
  readonly clone: Uint8Array;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** Pages are looked at so far down, in CSS pixels. */
const longest = 2000;
/** How much of a page is shown, and how much of that above the first difference. */
const shownHeight = 640;
const above = 160;

const emptyPage = '<!doctype html><html><head></head><body></body></html>';
/** Recorded pages are somebody else's: nothing of them may run. */
const noScripts = "script-src 'none'; frame-src 'none'; object-src 'none'; form-action 'none'";

/** Takes pictures of recorded pages and of the clone in the same browser. */
export class Camera {
  readonly #options: CameraOptions;
  readonly #contexts: readonly BrowserContext[];
  readonly #recorded: Page;
  readonly #clone: Page;
  #baseURL = '';

  private constructor(options: CameraOptions, contexts: readonly BrowserContext[], pages: readonly [Page, Page]) {
    this.#options = options;
    this.#contexts = contexts;
    [this.#recorded, this.#clone] = pages;
  }

  /** @throws where the browser or the served clone does not answer */
  static async open(options: CameraOptions): Promise<Camera> {
    const { browser, viewport, cloneURL } = options;
    const settings = { viewport: { ...viewport }, locale: 'en-US', timezoneId: 'UTC', reducedMotion: 'reduce' } as const;
    const contexts = [await browser.newContext(settings), await browser.newContext(settings)] as const;
    const pages = [await contexts[0].newPage(), await contexts[1].newPage()] as const;
    const camera = new Camera(options, contexts, [pages[0], pages[1]]);
    await contexts[0].route('**/*', (route) => camera.#answer(route));
    await contexts[1].route(
      (url) => url.origin !== new URL(cloneURL).origin,
      (route) => route.abort(),
    );
    await pages[1].goto(`${cloneURL}/`);
    return camera;
  }

  /** Shows both pages and tells how alike they look. */
  async compare(scene: Scene): Promise<Comparison> {
    await this.#show(scene);
    const { viewport } = this.#options;
    const [real, clone] = [await this.#look(this.#recorded), await this.#look(this.#clone)];
    const { scores, different } = matchBlocks(real.blocks, clone.blocks, {
      width: viewport.width,
      height: Math.max(real.height, clone.height),
    });
    return { ssim: structuralSimilarity(real.png, clone.png), ...scores, different };
  }

  /** The part of both pages, as they were last compared, in which the first difference is. */
  async shots({ different }: Comparison): Promise<Shots> {
    const { width } = this.#options.viewport;
    const first = Math.min(...[...different.real, ...different.clone].map(({ y }) => y));
    const top = Number.isFinite(first) ? Math.max(0, Math.round(first) - above) : 0;
    const take = async (page: Page): Promise<Uint8Array> => {
      const bottom = Math.min(longest, await page.evaluate(() => document.documentElement.scrollHeight));
      const y = Math.max(0, Math.min(top, bottom - shownHeight));
      return page.screenshot({ ...still, type: 'jpeg', quality: 60, fullPage: true, clip: { x: 0, y, width, height: shownHeight } });
    };
    return { real: await take(this.#recorded), clone: await take(this.#clone), top, width, height: shownHeight };
  }

  async close(): Promise<void> {
    for (const context of this.#contexts) await context.close();
  }

  async #show({ session, url, root, state }: Scene): Promise<void> {
    this.#baseURL = session.baseURL;
    await this.#recorded.goto(new URL(url, `${session.baseURL}/`).href);
    await this.#recorded.evaluate(buildPage, root);
    await this.#clone.evaluate(restoreText, JSON.stringify(state));
    for (const page of [this.#recorded, this.#clone]) {
      // What lies under the pointer would look pointed at.
      await page.mouse.move(-1, -1);
      await page.evaluate(settleLooks);
    }
  }

  async #look(page: Page): Promise<{ readonly png: Uint8Array; readonly blocks: readonly Block[]; readonly height: number }> {
    const { width, height: least } = this.#options.viewport;
    const height = Math.min(longest, Math.max(least, await page.evaluate(() => document.documentElement.scrollHeight)));
    const png = await page.screenshot({ ...still, fullPage: true, clip: { x: 0, y: 0, width, height } });
    return { png, height, blocks: await page.evaluate(takeBlocks, height) };
  }

  /** Recorded pages get the files that logs hold; nothing else is asked. */
  async #answer(route: Route): Promise<void> {
    const request = route.request();
    if (request.isNavigationRequest()) {
      await route.fulfill({ contentType: 'text/html', body: emptyPage, headers: { 'content-security-policy': noScripts } });
      return;
    }
    const wanted = withoutFragment(request.url());
    const asset = this.#options.assets.find(({ url }) => withoutFragment(new URL(url, `${this.#baseURL}/`).href) === wanted);
    if (asset === undefined) await route.abort();
    else {
      const headers = { 'access-control-allow-origin': '*' };
      await route.fulfill({ contentType: asset.mime, body: Buffer.from(asset.base64, 'base64'), headers });
    }
  }
}

const still = { caret: 'hide', animations: 'disabled' } as const;

const withoutFragment = (url: string): string => url.replace(/#.*$/, '');

/** Runs in the clone's page. */
function restoreText(state: string): void {
  (window as unknown as { readonly backlot: { holdTime(held: boolean): void; restore(to: State): void } }).backlot.holdTime(true);
  (window as unknown as { readonly backlot: { restore(to: State): void } }).backlot.restore(JSON.parse(state) as State);
}
