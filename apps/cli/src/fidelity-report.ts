import type { Agreement, EM, JudgedStep, R2W, Share, W2R } from '@backlot/fidelity';
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

/** The figures as text. Pure. */
export function fidelityReport({ r2w, em, hasTraining, agreement, w2r }: Figures): string {
  const total = r2w.accepted.total;
  const baselines = [
    row('  the page stays as it is', em.identity.em),
    ...(hasTraining ? [row('  the page last seen', em.lastSeen.em), row('  the same, changing steps', em.lastSeen.emChange)] : []),
  ];
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
        ['without learning, pages exact:', '', ''],
        ...baselines,
      ],
    ),
    ...section('Where sessions first diverge', divergences(r2w)),
    ...section('Runs that fail in the real application', failures(w2r)),
    ...section(agreement === undefined ? '' : 'Text against browser engine', engineLines(agreement)),
  ].join('\n');
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
