import type { Problem, Session } from '@backlot/protocol';
import { inferActions } from './actions/infer.ts';
import { resolve } from './actions/address-history.ts';
import type { HarEntry } from './har/entry.ts';
import type { LogMeta } from './meta.ts';
import { Perception } from './perception.ts';
import type { Timeline } from './rrweb/timeline.ts';
import { makeSteps } from './steps.ts';

/** All that was read of one session. */
export interface SessionSources {
  /** The name of its files. */
  readonly name: string;
  /** The file of the events, for problems. */
  readonly file: string;
  readonly meta: LogMeta;
  readonly baseURL: string;
  readonly timeline: Timeline;
  /** In order of time. */
  readonly entries: readonly HarEntry[];
  readonly problems: readonly Problem[];
}

/** The base address that a log's events show: the origin of the first page. Empty where there is none. */
export function baseUrlOf(timeline: Timeline): string {
  const first = timeline.signals.find(({ kind, text }) => kind === 'load' && URL.canParse(text));
  const origin = first === undefined ? 'null' : new URL(first.text).origin;
  return origin === 'null' ? '' : origin;
}

/** Makes a session of what was read: infers the actions and sets the pages before and after each. Pure. */
export function makeSession(sources: SessionSources): Session {
  const { name, meta, baseURL, timeline, entries } = sources;
  const viewport = meta.viewport ?? timeline.viewport ?? { width: 1280, height: 800 };
  const perception = new Perception(viewport);
  const inferred = inferActions({ timeline, entries, baseURL, perception });
  return {
    id: meta.session ?? name,
    app: meta.app ?? (resolve('/', baseURL) === null ? 'application' : new URL(baseURL).host),
    account: meta.account ?? 'default',
    baseURL,
    viewport,
    synthetic: meta.synthetic ?? false,
    steps: makeSteps({ timeline, inferred, entries, baseURL, perception }),
    problems: [...sources.problems, ...noticesOf(sources)],
  };
}

function noticesOf({ file, timeline }: SessionSources): Problem[] {
  return timeline.notices.list().map(({ reason, count, event }) => ({
    file,
    event,
    severity: 'warning' as const,
    reason: `Not understood: ${reason}${count > 1 ? ` (${count} cases, the first here)` : ''}.`,
  }));
}
