import type { Action } from './action.ts';
import type { DomElement } from './dom.ts';

/** A page as it stood at one moment: address relative to the base URL (path, query and fragment) and the canonical DOM. */
export interface PageView {
  readonly url: string;
  /** The `html` element. */
  readonly root: DomElement;
  readonly title: string;
  /** Milliseconds since the epoch, from the log. */
  readonly at: number;
  /** Counts page loads within the session: two views of the same load share recorder node ids. */
  readonly load: number;
}

/** One request and its answer, from HAR. Bodies are absent where the log holds none. */
export interface Exchange {
  readonly method: string;
  /** Relative to the base URL where it belongs to the application, else absolute. */
  readonly url: string;
  readonly requestBody?: { readonly mimeType: string; readonly text: string };
  readonly status: number;
  readonly redirect?: string;
  readonly responseMime: string;
  readonly responseBody?: string;
  readonly at: number;
  readonly ms: number;
}

/**
 * One user action with the page before and after it. `node` is the recorder id of the acted element in
 * `before` (or in `after` where it appeared only there); absent for goto, back, forward, reload.
 */
export interface Step {
  readonly index: number;
  readonly before: PageView;
  readonly action: Action;
  readonly node?: number;
  readonly after: PageView;
  readonly exchanges: readonly Exchange[];
  /** Pause before the action, and time until the page was quiet again, in milliseconds. */
  readonly thinkMs: number;
  readonly latencyMs: number;
  /** Index of the log event that began the step: the address of the evidence. */
  readonly event: number;
}

/** Something in a log that could not be used: where, why, and what was done about it. */
export interface Problem {
  readonly file: string;
  /** Index of the event or entry inside the file. */
  readonly event?: number;
  readonly severity: 'error' | 'warning';
  readonly reason: string;
}

/** A file that the application served: style sheet, image, font. */
export interface Asset {
  readonly url: string;
  readonly mime: string;
  readonly base64: string;
}

/** One visit of one user. */
export interface Session {
  readonly id: string;
  readonly app: string;
  readonly account: string;
  readonly baseURL: string;
  readonly viewport: { readonly width: number; readonly height: number };
  readonly synthetic: boolean;
  readonly steps: readonly Step[];
  readonly problems: readonly Problem[];
}

/** All that was read from a folder of logs. Sessions are sorted by id; assets by address, one for each address. */
export interface LogSet {
  readonly sessions: readonly Session[];
  readonly assets: readonly Asset[];
  readonly problems: readonly Problem[];
}
