import type { Action, DomElement, PageView, Step } from '@backlot/protocol';
import { textOf } from './actions/places.ts';
import type { AddressChange, Draft, Inferred } from './actions/draft.ts';
import { CLOCK_MS } from './actions/reading.ts';
import { relativeUrl } from './har/entry.ts';
import type { HarEntry } from './har/entry.ts';
import type { Perception } from './perception.ts';
import type { Timeline } from './rrweb/timeline.ts';

/** What steps are made of. */
export interface StepSources {
  readonly timeline: Timeline;
  readonly inferred: Inferred;
  readonly entries: readonly HarEntry[];
  readonly baseURL: string;
  readonly perception: Perception;
}

const nowhere: DomElement = { tag: 'html', attrs: {}, children: [] };

/**
 * The steps of a session. Each page stands as it was just before the next action began; before the first page there is an
 * empty one at `about:blank`. Keys that changed nothing are left out.
 */
export function makeSteps(sources: StepSources): Step[] {
  const { timeline, inferred } = sources;
  const views = new Views(sources);
  const kept = inferred.drafts.filter((draft, i) => draft.kind !== 'press' || hasEffect(draft, inferred.drafts[i + 1], { views, sources }));
  return kept.map((draft, index) => {
    const next = kept[index + 1];
    const previous = kept[index - 1];
    const quiet = quietAt(draft, next, sources);
    const signal = timeline.signals[draft.begin];
    return {
      index,
      before: views.before(draft.begin),
      action: actionOf(draft, sources),
      ...(draft.element?.id === undefined ? {} : { node: draft.element.id }),
      after: next === undefined ? views.last() : views.before(next.begin),
      exchanges: exchangesOf(draft, next, sources.entries).map(({ exchange }) => exchange),
      thinkMs: Math.max(0, draft.at - (previous === undefined ? draft.at : quietAt(previous, draft, sources))),
      latencyMs: Math.max(0, quiet - draft.at),
      event: signal?.event ?? 0,
    };
  });
}

class Views {
  readonly #timeline: Timeline;
  readonly #addresses: readonly AddressChange[];
  readonly #baseURL: string;
  readonly #known = new Map<number, PageView>();

  constructor({ timeline, inferred, baseURL }: StepSources) {
    this.#timeline = timeline;
    this.#addresses = inferred.addresses;
    this.#baseURL = baseURL;
  }

  /** The page just before a signal. */
  before(index: number): PageView {
    const signal = this.#timeline.signals[index];
    if (signal === undefined) return this.last();
    let view = this.#known.get(index);
    view ??= this.#view(signal.root, { index, at: signal.at, load: signal.load });
    this.#known.set(index, view);
    return view;
  }

  /** The page at the end of the log. */
  last(): PageView {
    const { signals, root, endAt } = this.#timeline;
    const end = signals.at(-1);
    const load = end === undefined ? -1 : end.load + (end.kind === 'load' ? 1 : 0);
    return this.#view(root, { index: signals.length, at: endAt, load });
  }

  #view(root: DomElement | null, { index, at, load }: { index: number; at: number; load: number }): PageView {
    const href = this.#addresses.findLast(({ signal }) => signal < index)?.href;
    const url = href === undefined ? 'about:blank' : relativeUrl(href, this.#baseURL);
    return { url, root: root ?? nowhere, title: root === null ? '' : titleOf(root), at, load };
  }
}

function titleOf(root: DomElement): string {
  for (const child of root.children) {
    if (!('tag' in child) || child.tag !== 'head') continue;
    const title = child.children.find((node) => 'tag' in node && node.tag === 'title');
    if (title !== undefined && 'tag' in title) return textOf(title);
  }
  return '';
}

function actionOf({ kind, element, value, dialog, root }: Draft, { perception }: StepSources): Action {
  const target = element === null || root === null ? undefined : perception.describe(root, element);
  return {
    kind,
    ...(target === undefined ? {} : { target }),
    ...(value === undefined ? {} : { value }),
    ...(dialog === undefined ? {} : { dialog }),
  };
}

function hasEffect(draft: Draft, next: Draft | undefined, { views, sources }: { views: Views; sources: StepSources }): boolean {
  const before = views.before(draft.begin);
  const after = next === undefined ? views.last() : views.before(next.begin);
  if (before.root !== after.root || before.url !== after.url || before.load !== after.load || draft.dialog !== undefined) return true;
  return exchangesOf(draft, next, sources.entries).length > 0;
}

function exchangesOf(draft: Draft, next: Draft | undefined, entries: readonly HarEntry[]): readonly HarEntry[] {
  const from = draft.at - CLOCK_MS;
  const to = next === undefined ? Number.POSITIVE_INFINITY : next.at - CLOCK_MS;
  return entries.filter(({ isStatic, exchange: { at } }) => !isStatic && at >= from && at < to);
}

/** When the page had come to rest after an action: the last change or answer before the next one. */
function quietAt(draft: Draft, next: Draft | undefined, { timeline, entries }: StepSources): number {
  const end = next?.begin ?? timeline.signals.length;
  const until = next?.at ?? Number.POSITIVE_INFINITY;
  let quiet = draft.at;
  for (let i = draft.begin; i < end; i += 1) {
    const signal = timeline.signals[i];
    if (signal !== undefined && signal.at < until) quiet = Math.max(quiet, signal.at);
  }
  for (const { exchange } of exchangesOf(draft, next, entries)) {
    const answered = exchange.at + exchange.ms;
    if (answered < until) quiet = Math.max(quiet, answered);
  }
  return quiet;
}
