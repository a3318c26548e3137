import type { DomElement, Problem, Session } from '@backlot/protocol';
import { accessibleElements, describeElement } from '@backlot/world';
import { inferActions } from './actions/infer.ts';
import { resolve } from './actions/address-history.ts';
import type { HarEntry } from './har/entry.ts';
import type { LogMeta } from './meta.ts';
import type { Timeline } from './rrweb/timeline.ts';
import { makeSteps } from './steps.ts';
import { StyleBook } from './style-book.ts';

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
  const styles = new StyleBook(viewport);
  const isHidden = (root: DomElement, element: DomElement): boolean => describeElement(root, styles.of(root), element).hidden;
  const inferred = inferActions({ timeline, entries, baseURL, isHidden, roleOf: rolesBy(styles) });
  const describe = (root: DomElement, element: DomElement): { role: string; name: string; nth: number } => {
    const { role, name: label, nth } = describeElement(root, styles.of(root), element);
    return { role, name: label, nth };
  };
  return {
    id: meta.session ?? name,
    app: meta.app ?? (resolve('/', baseURL) === null ? 'application' : new URL(baseURL).host),
    account: meta.account ?? 'default',
    baseURL,
    viewport,
    synthetic: meta.synthetic ?? false,
    steps: makeSteps({ timeline, inferred, entries, baseURL, describe }),
    problems: [...sources.problems, ...noticesOf(sources)],
  };
}

/** Looks up roles, each page's once. */
function rolesBy(styles: StyleBook): (root: DomElement, element: DomElement) => string | null {
  const known = new WeakMap<DomElement, Map<DomElement, string>>();
  return (root, element) => {
    let roles = known.get(root);
    if (roles === undefined) {
      roles = new Map(accessibleElements(root, styles.of(root)).map(({ element: each, role }) => [each, role]));
      known.set(root, roles);
    }
    return roles.get(element) ?? null;
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
