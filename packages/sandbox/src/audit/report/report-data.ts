import type { Action, AuditBody, AuditRecord, Decision } from '@backlot/protocol';

/** What was seen at a moment. */
interface Seen {
  readonly url: string;
  readonly title: string;
  /** Digests of the snapshot and of the picture. */
  readonly aria: string;
  readonly picture: string | undefined;
}

/** One action of an episode, from the page before it to the page after it. */
export interface ReportStep {
  readonly episode: number;
  readonly step: number;
  readonly at: string;
  readonly action: Action;
  readonly decision: Decision;
  readonly before: Seen | null;
  readonly after: Seen | null;
  readonly refused: string | undefined;
  readonly note: string;
  /** It was carried out. */
  readonly done: boolean;
}

/** One episode. */
export interface ReportEpisode extends AuditBody<'episode'> {
  readonly steps: readonly ReportStep[];
  readonly end: AuditBody<'end'> | null;
}

/** What a rule kept back, or would have. */
export interface ReportRule {
  readonly policy: string;
  readonly rule: string | null;
  readonly verb: Decision['verb'];
  readonly reason: string;
  readonly steps: readonly ReportStep[];
}

/** An audit in the order in which it is told. */
export interface ReportData {
  readonly open: AuditBody<'open'> | null;
  readonly from: string;
  readonly until: string;
  readonly episodes: readonly ReportEpisode[];
  /** Actions that were not simply allowed, by what decided, the commonest first. */
  readonly rules: readonly ReportRule[];
}

type Draft = { -readonly [K in keyof ReportEpisode]: ReportEpisode[K] } & { steps: ReportStep[] };

/** Puts the records of an audit together. Records that are missing leave gaps, never an error. */
export function reportData(records: readonly AuditRecord[]): ReportData {
  const episodes = new Map<number, Draft>();
  const seen = new Map<number, Seen>();
  const draftOf = (episode: number): Draft => {
    const known = episodes.get(episode) ?? { episode, task: '', instruction: '', account: '', setup: [], steps: [], end: null };
    episodes.set(episode, known);
    return known;
  };
  for (const record of records) {
    if (record.kind === 'episode') Object.assign(draftOf(record.body.episode), record.body);
    else if (record.kind === 'observation') seen.set(record.body.episode, seenOf(record.body));
    else if (record.kind === 'decision') draftOf(record.body.episode).steps.push(begunStep(record, seen.get(record.body.episode) ?? null));
    else if (record.kind === 'result') finishStep(draftOf(record.body.episode).steps, record.body, seen);
    else if (record.kind === 'end') draftOf(record.body.episode).end = record.body;
  }
  const inOrder = [...episodes.values()].toSorted((a, b) => a.episode - b.episode);
  const open = records.find((record) => record.kind === 'open')?.body ?? null;
  return { open, from: records[0]?.at ?? '', until: records.at(-1)?.at ?? '', episodes: inOrder, rules: rulesOf(inOrder) };
}

const seenOf = ({ url, title, aria, picture }: AuditBody<'observation'>): Seen => ({ url, title, aria, picture });

function begunStep({ at, body }: Extract<AuditRecord, { kind: 'decision' }>, before: Seen | null): ReportStep {
  return { ...body, at, before, after: null, refused: undefined, note: '', done: false };
}

function finishStep(steps: ReportStep[], body: AuditBody<'result'>, seen: Map<number, Seen>): void {
  const after = seenOf(body);
  const step = steps.at(-1);
  if (step !== undefined)
    steps[steps.length - 1] = { ...step, after, refused: body.refused, note: body.note, done: body.refused === undefined };
  seen.set(body.episode, after);
}

/** Whether a policy did not simply let an action pass. */
export function isNotable({ decision }: ReportStep): boolean {
  return decision.verb !== 'allow';
}

function rulesOf(episodes: readonly ReportEpisode[]): readonly ReportRule[] {
  const rules = new Map<string, ReportRule & { steps: ReportStep[] }>();
  for (const step of episodes.flatMap(({ steps }) => steps).filter(isNotable)) {
    const { policy, rule, verb, reason } = step.decision;
    const key = JSON.stringify([policy, rule, verb]);
    const known = rules.get(key) ?? { policy: policy ?? '', rule, verb, reason, steps: [] };
    known.steps.push(step);
    rules.set(key, known);
  }
  return [...rules.values()].toSorted((a, b) => b.steps.length - a.steps.length);
}
