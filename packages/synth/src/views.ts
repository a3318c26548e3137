import type { DomElement, LogSet, Session } from '@backlot/protocol';
import { canonical } from './canonical.ts';
import { assetFinder } from './clone/asset-urls.ts';

/** One page of a session as it stood, in canonical form. `step` is the step that led to it; `moment` tells which side of it. */
export interface View {
  readonly index: number;
  readonly session: number;
  readonly step: number;
  readonly moment: 'before' | 'after';
  readonly url: string;
  readonly title: string;
  readonly root: DomElement;
  readonly load: number;
}

/** The views before and after each step of a session. Where nothing happened between two steps both share one view. */
export interface SessionViews {
  readonly session: Session;
  readonly before: readonly View[];
  readonly after: readonly View[];
}

/** All views of a log set, numbered in order. */
export interface ViewSet {
  readonly all: readonly View[];
  readonly sessions: readonly SessionViews[];
}

/** Lays out every page that the sessions showed. */
export function viewsOf(logs: LogSet): ViewSet {
  const all: View[] = [];
  const add = (view: Omit<View, 'index'>): View => {
    const made = { ...view, index: all.length };
    all.push(made);
    return made;
  };
  const picture = assetFinder('/', logs.assets);
  const sessions = logs.sessions.map((session, number): SessionViews => {
    const before: View[] = [];
    const after: View[] = [];
    for (const [i, step] of session.steps.entries()) {
      const previous = after[i - 1];
      const rootBefore = canonical(step.before.root, { origin: session.baseURL, url: step.before.url, picture });
      const same = previous && previous.root === rootBefore && previous.url === step.before.url;
      const base = { session: number, step: i };
      const empty = i === 0 && step.action.kind === 'goto';
      before.push(
        same || (empty && previous)
          ? (previous as View)
          : empty
            ? { ...base, index: -1, moment: 'before', url: step.before.url, title: '', root: rootBefore, load: step.before.load }
            : add({ ...base, moment: 'before', url: step.before.url, title: step.before.title, root: rootBefore, load: step.before.load }),
      );
      after.push(
        add({
          ...base,
          moment: 'after',
          url: step.after.url,
          title: step.after.title,
          root: canonical(step.after.root, { origin: session.baseURL, url: step.after.url, picture }),
          load: step.after.load,
        }),
      );
    }
    return { session, before, after };
  });
  return { all, sessions };
}
