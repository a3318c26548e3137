import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { findChromium } from './chromium.ts';
import { DIALOG_TAG, watchDialogs } from './dialogs.ts';
import { readHar } from './har.ts';
import { writeLog } from './log-files.ts';
import type { RecordedEvent } from './log-files.ts';
import { metaOf } from './options.ts';
import type { LogMeta, RecordedLog, RecorderOptions } from './options.ts';
import { BINDING, pageScript } from './page-script.ts';
import { VirtualClock } from './virtual-clock.ts';

/** Tag of the rrweb custom event that tells of a second tab, which is not recorded; its payload is `{ url }`. */
export const TAB_TAG = 'backlot.tab';

const CUSTOM_EVENT = 5;

/** A recording under way. */
export interface Recorder {
  /** The recorded page, blank at first. What happens in other tabs is not recorded. */
  readonly page: Page;
  readonly meta: LogMeta;
  /** Resolves when the page, its browser or the signal ended the recording. */
  readonly ended: Promise<void>;
  /** Pretends that a person thought for `ms` milliseconds: no time is spent, the log's later timestamps carry it. */
  pause(ms: number): void;
  /** The log's time, in milliseconds since the epoch. */
  now(): number;
  /** Ends the recording and writes the log. Later calls give the same log. */
  close(): Promise<RecordedLog>;
}

/** Starts the browser that recorders use: `options.browser` where several sessions share one. The caller closes it. */
export async function launchBrowser(options: Pick<RecorderOptions, 'headless' | 'executablePath'> = {}): Promise<Browser> {
  const headless = options.headless ?? true;
  // Loaded here, since it takes longer than all else that a process without a browser does first.
  const { chromium } = await import('playwright-core');
  return chromium.launch({
    executablePath: options.executablePath ?? findChromium({ headed: !headless }),
    headless,
    // An interrupt ends the recording, not the browser: the log is still to be written.
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
    args: ['--disable-gpu', '--no-first-run', '--force-color-profile=srgb', ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])],
  });
}

/**
 * Opens a fresh browser context that records what happens in its page, for a script to drive.
 * @throws ChromiumError where there is no browser to record in.
 */
export async function openRecorder(options: RecorderOptions): Promise<Recorder> {
  const browser = options.browser ?? (await launchBrowser(options));
  const scratch = mkdtempSync(path.join(tmpdir(), 'backlot-record-'));
  const recording = new Recording(options, browser, path.join(scratch, 'requests.har'));
  try {
    await recording.begin();
  } catch (error) {
    await recording.dispose();
    rmSync(scratch, { recursive: true, force: true });
    throw error;
  }
  return recording;
}

class Recording implements Recorder {
  page!: Page;
  readonly meta: LogMeta;
  readonly ended: Promise<void>;
  readonly #options: RecorderOptions;
  readonly #browser: Browser;
  readonly #har: string;
  readonly #clock = new VirtualClock();
  readonly #events: RecordedEvent[] = [];
  #context: BrowserContext | undefined;
  #end!: () => void;
  #log: Promise<RecordedLog> | undefined;

  constructor(options: RecorderOptions, browser: Browser, har: string) {
    this.#options = options;
    this.#browser = browser;
    this.#har = har;
    this.meta = metaOf(options);
    this.ended = new Promise((resolve) => {
      this.#end = resolve;
    });
  }

  async begin(): Promise<void> {
    const { signal, dialogs, headless = true } = this.#options;
    signal?.throwIfAborted();
    this.#context = await this.#browser.newContext({
      viewport: this.meta.viewport,
      acceptDownloads: false,
      recordHar: { path: this.#har, content: 'embed', mode: 'full' },
      ...(this.meta.synthetic ? { locale: 'en-US', timezoneId: 'UTC' } : {}),
    });
    this.page = await this.#context.newPage();
    await this.page.exposeBinding(BINDING, (_source, event: string) => {
      this.#events.push(JSON.parse(event) as RecordedEvent);
    });
    await this.page.addInitScript(pageScript());
    await watchDialogs(this.page, dialogs ?? (headless ? 'accept' : 'leave'), (outcome) => this.#tell(DIALOG_TAG, outcome));
    this.#context.on('page', (tab) => this.#tell(TAB_TAG, { url: tab.url() }));
    this.page.on('close', () => this.#end());
    this.#browser.on('disconnected', this.#end);
    signal?.addEventListener('abort', this.#end, { once: true });
    // It may have been aborted while the page opened.
    if (signal?.aborted === true) this.#end();
  }

  pause(ms: number): void {
    this.#clock.pause(ms);
  }

  now(): number {
    return this.#clock.now();
  }

  close(): Promise<RecordedLog> {
    this.#log ??= this.#finish();
    return this.#log;
  }

  /** Leaves nothing behind but what was written. */
  async dispose(): Promise<void> {
    this.#end();
    this.#browser.off('disconnected', this.#end);
    this.#options.signal?.removeEventListener('abort', this.#end);
    await this.#context?.close().catch(() => undefined);
    if (this.#options.browser === undefined) await this.#browser.close().catch(() => undefined);
  }

  async #finish(): Promise<RecordedLog> {
    // Events travel in order: once the page has answered, those it emitted before have arrived.
    if (!this.page.isClosed())
      await Promise.race([this.page.evaluate('new Promise(requestAnimationFrame)').catch(() => undefined), delay(1000)]);
    await this.dispose();
    const har = readHar(this.#har, { clock: this.#clock, assets: this.#options.assets ?? true });
    rmSync(path.dirname(this.#har), { recursive: true, force: true });
    const events = this.#events
      .map((event) => ({ ...event, timestamp: this.#clock.tell(event.timestamp) }))
      .sort((a, b) => a.timestamp - b.timestamp);
    return writeLog(this.#options.out, { meta: this.meta, events, har });
  }

  #tell(tag: string, payload: unknown): void {
    this.#events.push({ type: CUSTOM_EVENT, data: { tag, payload }, timestamp: Date.now() });
  }
}

function delay(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms).unref();
  });
}
