import type { Browser } from 'playwright-core';

/** What a person or a script answers to a native dialog. `leave` waits for the person at the window. */
export type DialogPolicy = 'accept' | 'dismiss' | 'leave';

/** What is recorded, and where the log goes. */
export interface RecorderOptions {
  /** Any address of the application: its origin is the log's `baseURL` unless that is given. */
  readonly url: string;
  readonly baseURL?: string;
  /** Folder of logs; made if it is not there. */
  readonly out: string;
  /** Name of the files: `NAME.rrweb.json.gz` and so on. Default: the moment at which recording began. */
  readonly session?: string;
  readonly app?: string;
  readonly account?: string;
  readonly viewport?: { readonly width: number; readonly height: number };
  readonly headless?: boolean;
  /** The data are made up: nothing in the log is private. Default false. */
  readonly synthetic?: boolean;
  /** Keep the bodies of styles, images and fonts in the HAR. Default true; sessions after the first can do without. */
  readonly assets?: boolean;
  /** Default: `accept` for scripts (headless), `leave` for people. */
  readonly dialogs?: DialogPolicy;
  /** A browser to record in, left running. Default: one is started and stopped. */
  readonly browser?: Browser;
  /** Default: what `findChromium` finds. */
  readonly executablePath?: string;
  /** Ends the recording; what was recorded is written. */
  readonly signal?: AbortSignal;
}

/** The files that a recording left. `har` is null where the browser died before its requests could be saved. */
export interface RecordedLog {
  readonly session: string;
  readonly rrweb: string;
  readonly har: string | null;
  readonly meta: string;
  readonly events: number;
}

/** `NAME.meta.json`. */
export interface LogMeta {
  readonly app: string;
  readonly session: string;
  readonly account: string;
  readonly baseURL: string;
  readonly viewport: { readonly width: number; readonly height: number };
  readonly synthetic: boolean;
}

/** The part of the options that ends up in the log, with its defaults. */
export function metaOf(options: RecorderOptions): LogMeta {
  const url = new URL(options.baseURL ?? options.url);
  return {
    app: options.app ?? url.hostname,
    session: options.session ?? `s${new Date().toISOString().replace(/\D/g, '').slice(0, 17)}`,
    account: options.account ?? 'default',
    baseURL: (options.baseURL ?? url.origin).replace(/\/$/, ''),
    viewport: options.viewport ?? { width: 1280, height: 800 },
    synthetic: options.synthetic ?? false,
  };
}
