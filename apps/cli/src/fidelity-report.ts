import type { Agreement, EM, JudgedStep, R2W, Score, Share, StepGroup, W2R } from '@backlot/fidelity';
import type { Action } from '@backlot/protocol';
import { count, percent, table } from './io/table.ts';

/** All that `backlot fidelity` measured. */
export interface Figures {
  readonly r2w: R2W;
  readonly em: EM;
  readonly hasTraining: boolean;
  readonly agreement: Agreement | undefined;
  readonly w2r: W2R | undefined;
}

const row = (name: string, share: Share): readonly string[] => [name, percent(share), `${Math.round(share.hits)} of ${share.total}`];

/** A dash where there was nothing to count. */
const orDash = (share: Share): string => (share.total === 0 ? '–' : percent(share));

/** The figures as text. Pure. */
export function fidelityReport({ r2w, em, hasTraining, agreement, w2r }: Figures): string {
  const total = r2w.accepted.total;
  return [
    `${count(r2w.sessions.length, 'held-out session')}, ${count(total, 'step')}, ${r2w.engine} engine. Shares with 95 % intervals.`,
    '',
    table(
      ['measure', 'share', ''],
      [
        row('actions accepted', r2w.accepted),
        row('pages exact', r2w.exact),
        row('  of steps that change the page', em.openLoop.emChange),
        row('lines in common (F1)', r2w.lineF1),
        row('sessions finished', r2w.finished),
        row('sessions exact', r2w.exactSessions),
        ...(w2r === undefined ? [] : [row('W2R: runs that succeed in reality', w2r.success)]),
      ],
    ),
    ...predictions(em, hasTraining),
    ...section('Where sessions first diverge', divergences(r2w)),
    ...section('Runs that fail in the real application', failures(w2r)),
    ...section(agreement === undefined ? '' : 'Text against browser engine', engineLines(agreement)),
  ].join('\n');
}

/** The next page predicted from the real page before it, by the clone and by what learns nothing. */
function predictions({ given, identity, lastSeen }: EM, hasTraining: boolean): readonly string[] {
  const score = (name: string, { em, emChange, lineF1, changeF1 }: Score): readonly string[] =>
    [name, em, emChange, lineF1, changeF1].map((cell) => (typeof cell === 'string' ? cell : orDash(cell)));
  return [
    '',
    table(
      ['the next page, given the real one', 'exact', 'of changing steps', 'lines (F1)', 'changed lines (F1)'],
      [
        ...(given === undefined ? [] : [score('the clone', given.clone)]),
        score('it stays as it is', identity),
        ...(hasTraining ? [score('it is the page last seen', lastSeen)] : []),
      ],
    ),
    ...(given === undefined
      ? []
      : [
          `Of the real pages before a step the clone can show ${percent(given.shown)}.`,
          '',
          groups('page', given.byPage, hasTraining),
          '',
          groups('action', given.byAction, hasTraining),
        ]),
  ];
}

function groups(kind: string, all: readonly StepGroup[], hasTraining: boolean): string {
  const head = [kind, 'steps', 'exact', 'of changing steps', 'changed lines (F1)'];
  return table(
    hasTraining ? [...head, 'last seen, of changing steps'] : head,
    all.map(({ name, steps, clone, lastSeen }) => {
      const own = [name, steps, orDash(clone.em), orDash(clone.emChange), orDash(clone.changeF1)];
      return hasTraining ? [...own, orDash(lastSeen.emChange)] : own;
    }),
  );
}

function section(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : ['', `${title}:`, ...lines.map((line) => `  ${line}`)];
}

function divergences({ sessions }: R2W): readonly string[] {
  return sessions.flatMap(({ session, firstDivergence }) =>
    firstDivergence === null
      ? []
      : [`${session} step ${firstDivergence.index}, ${sayAction(firstDivergence.action)}: ${sayMiss(firstDivergence)}`],
  );
}

function sayAction({ kind, target, value }: Action): string {
  return [kind, target && `${target.role} "${target.name}"`, value !== undefined && JSON.stringify(value)].filter(Boolean).join(' ');
}

function sayMiss({ refused, missing, extra }: Pick<JudgedStep, 'refused' | 'missing' | 'extra'>): string {
  if (refused !== undefined) return refused;
  const lack = missing[0] === undefined ? '' : `lacks ${missing[0].trim()}`;
  const have = extra[0] === undefined ? '' : `shows ${extra[0].trim()}`;
  return [lack, have].filter(Boolean).join('; ') || 'the same lines in another order';
}

function failures(w2r: W2R | undefined): readonly string[] {
  return (w2r?.runs ?? []).filter(({ success }) => !success).map((run) => `${run.id}: ${run.error ?? sayMiss(run)}`);
}

function engineLines(agreement: Agreement | undefined): readonly string[] {
  if (agreement === undefined) return [];
  const differing = agreement.sessions.flatMap(({ session, disagreement }) =>
    disagreement === null
      ? []
      : [
          `${session} step ${disagreement.index}, ${sayAction(disagreement.action)}: ${disagreement.what} ${disagreement.shown.map((text) => JSON.stringify(text.trim())).join(' against ')}`,
        ],
  );
  const agree = agreement.sessions.length - differing.length;
  return [
    `${agree} of ${count(agreement.sessions.length, 'session')} agree on every observation (${agreement.observations} compared).`,
    ...differing,
  ];
}
