import type {
  Advice,
  Agreement,
  EM,
  FidelityReport,
  JudgedStep,
  Looks,
  R2W,
  RealMeasure,
  Score,
  Share,
  StepGroup,
} from '@backlot/fidelity';
import type { Action } from '@backlot/protocol';
import { count, percent, table } from './io/table.ts';

const row = (name: string, share: Share): readonly string[] => [name, percent(share), `${Math.round(share.hits)} of ${share.total}`];

/** A dash where there was nothing to count. */
const orDash = (share: Share): string => (share.total === 0 ? '–' : percent(share));

/** A report as text. Pure. */
export function fidelityReport(report: FidelityReport, agreement?: Agreement): string {
  const { r2w, em, hasTraining, real } = report;
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
      ],
    ),
    ...predictions(em, hasTraining),
    ...trust(report),
    ...looking(report.looks),
    ...reality(real),
    ...section('Where sessions first diverge', divergences(r2w)),
    ...section(agreement === undefined ? '' : 'Text against browser engine', engineLines(agreement)),
    ...section('What to do next', report.advice.flatMap(adviceLines)),
  ].join('\n');
}

function adviceLines({ kind, what, record, steps }: Advice): readonly string[] {
  const gain = steps === 0 ? '' : ` (${kind === 'mend' ? 'up to ' : ''}${count(steps, 'step')})`;
  return [`${what}${gain}`, ...record.map((text) => `  ${text}`)];
}

/** How far the clone knows itself, and how trust fades. */
function trust({ calibration, guards, coverage, openLoop, drift = [] }: FidelityReport): readonly string[] {
  if (calibration === undefined || guards === undefined || coverage === undefined || openLoop === undefined) return [];
  const { asLearned, corrected, groups: byCertainty } = calibration;
  return [
    '',
    table(
      ['called', 'of changing steps', 'right', 'right of changing steps'],
      byCertainty.map(({ certainty, ofChanging, right, rightOfChanging }) => [
        certainty,
        orDash(ofChanging),
        orDash(right),
        orDash(rightOfChanging),
      ]),
    ),
    `Calibration error ${asLearned.ece.toFixed(3)} as learned, ${corrected.ece.toFixed(3)} corrected by the other sessions.`,
    '',
    table(
      ['guards', 'precision', 'recall'],
      [
        ['the page does not offer it', orDash(guards.precision), orDash(guards.recall)],
        ['it changes nothing', orDash(guards.stillPrecision), orDash(guards.stillRecall)],
      ],
    ),
    '',
    table(
      ['steps since the last real page', 'exact'],
      openLoop.curve.map(({ k, exact }) => [String(k), orDash(exact)]),
    ),
    openLoop.halfLife === null ? 'Half-life: longer than was measured.' : `Half-life: ${openLoop.halfLife.toFixed(1)} steps.`,
    '',
    table(
      ['corrected by a real page', 'exact'],
      drift.map(({ every, exact }) => [
        every === null ? 'at the beginning alone' : every === 1 ? 'before every step' : `every ${every} steps`,
        orDash(exact),
      ]),
    ),
    '',
    `Covered: ${percent(coverage.steps)} of steps; put to the test: ${percent(coverage.rulesTested)} of rules, ${percent(coverage.pagesTested)} of pages.`,
  ];
}

/** How alike pages look, the least alike first. */
function looking(looks: Looks | undefined): readonly string[] {
  if (looks === undefined) return [];
  const cells = ({ blocks, text, position, colour }: Omit<Looks, 'pages' | 'ssim'>): readonly string[] =>
    [blocks, text, position, colour].map((score) => score.toFixed(3));
  return [
    '',
    table(
      ['looks', 'SSIM', 'texts in both', 'characters', 'place', 'colour'],
      [
        ...looks.pages
          .toSorted((a, b) => a.ssim - b.ssim)
          .map((page) => [`${page.page}, ${page.session} step ${page.step}`, page.ssim.toFixed(3), ...cells(page)]),
        [`${count(looks.pages.length, 'page')}, on average`, looks.ssim.share.toFixed(3), ...cells(looks)],
      ],
    ),
  ];
}

function reality(real: RealMeasure | undefined): readonly string[] {
  if (real === undefined) return [];
  const failed = real.tasks.filter(({ w2r, divergence }) => !w2r || divergence !== null);
  return [
    '',
    table(
      [`in reality, agent ${real.agent}`, 'share', ''],
      [
        row('Real: succeeds in the real application', real.real),
        row('WM: succeeds in the clone', real.wm),
        row('W2R: done again in reality', real.w2r),
        ['CR: W2R ÷ Real', real.cr === null ? '–' : real.cr.toFixed(3), ''],
        ['exploit rate: rewarded in the clone alone', orDash(real.exploits), `${real.exploits.hits} of ${real.exploits.total}`],
        row('steps after which both show the same', real.w2rSteps),
      ],
    ),
    `${count(real.interactions, 'interaction')} with the real application; ${count(real.leftOut, 'task')} left out.`,
    ...section(
      'Runs that fail or differ there',
      failed.map(({ id, w2r, divergence }) => {
        const where = divergence === null ? '' : ` from step ${divergence.step + 1}: ${sayMiss(divergence)}`;
        return `${id} ${w2r ? 'succeeds, differing' : 'fails, differing'}${where || ' nowhere'}`;
      }),
    ),
  ];
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

function sayMiss({ refused, missing, extra }: Pick<JudgedStep, 'missing' | 'extra'> & { readonly refused?: string }): string {
  if (refused !== undefined) return refused;
  const lack = missing[0] === undefined ? '' : `lacks ${missing[0].trim()}`;
  const have = extra[0] === undefined ? '' : `shows ${extra[0].trim()}`;
  return [lack, have].filter(Boolean).join('; ') || 'the same lines in another order';
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
