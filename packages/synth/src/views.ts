import type { DomElement, LogSet, PageView, Session } from '@backlot/protocol';
import { sentTo, type SentTo } from './asked.ts';
import { canonical } from './canonical.ts';
import { passingWrappers, unwrapped } from './passing-wrappers.ts';
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
  /** Fields that a form sent to get the document, where the application answered them with it at once. */
  readonly posted?: Readonly<Record<string, string>>;
  /** Fields that a form sent to the document's address, where the application answered them by leading there again. */
  readonly redirected?: Readonly<Record<string, string>>;
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
    const laidOut = (page: PageView, at: Pick<View, 'step' | 'moment'>, sent: SentTo): Omit<View, 'index'> => {
      const { url, title, load } = page;
      const root = canonical(page.root, { origin: session.baseURL, url, picture });
      return { session: number, ...at, url, title, root, load, ...sent };
    };
    for (const [i, step] of session.steps.entries()) {
      const previous = after[i - 1];
      const kept = (load: number): SentTo => (previous?.load === load && previous.posted ? { posted: previous.posted } : {});
      const start = laidOut(step.before, { step: i, moment: 'before' }, kept(step.before.load));
      const same = previous && previous.root === start.root && previous.url === start.url;
      const empty = i === 0 && step.action.kind === 'goto';
      before.push(same ? previous : empty ? { ...start, index: -1, title: '' } : add(start));
      const sent = sentTo(step, { isClick: step.action.kind === 'click', root: start.root, url: start.url });
      after.push(add(laidOut(step.after, { step: i, moment: 'after' }, { ...kept(step.after.load), ...sent })));
    }
    return { session, before, after };
  });
  return withoutPassing({ all, sessions });
}

/** Views without what scripts put around elements for a while. */
function withoutPassing(views: ViewSet): ViewSet {
  const names = passingWrappers(views.all);
  if (names.size === 0) return views;
  const roots = new Map([...new Set(views.all.map(({ root }) => root))].map((root) => [root, unwrapped(root, names)]));
  const made = new Map(views.all.map((view): [View, View] => [view, { ...view, root: roots.get(view.root) ?? view.root }]));
  const known = (view: View): View => made.get(view) ?? view;
  const sessions = views.sessions.map(({ session, before, after }) => ({ session, before: before.map(known), after: after.map(known) }));
  return { all: views.all.map(known), sessions };
}
