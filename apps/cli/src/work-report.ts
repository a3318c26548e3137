import type { TruthScore, WorkMeasure, WorkModel } from '@backlot/workflow';
import { count, table } from './io/table.ts';

const share = (x: number): string => `${(100 * x).toFixed(1)} %`;

/** The work as a table, and which work follows which. */
export function workText({ workflows, follows, accounts, slips, coverage, traces }: WorkModel): string {
  const names = new Map(workflows.map(({ id, name }) => [id, name]));
  const rows = workflows.map(({ id, name, count: times, share: part, schemas, effect }) => [
    id,
    name.length > 60 ? `${name.slice(0, 59)}…` : name,
    times,
    share(part),
    schemas.length,
    Math.round(10 * (schemas.reduce((sum, schema) => sum + schema.count * schema.actions.length, 0) / Math.max(1, times))) / 10,
    effect.length === 0 ? 'looks' : effect.slice(0, 2).join(', '),
  ]);
  const next = workflows.slice(0, 8).flatMap(({ id }) => {
    const onwards = Object.entries(follows[id] ?? {}).toSorted((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
    const total = onwards.reduce((sum, [, n]) => sum + n, 0);
    const said = onwards.slice(0, 3).map(([to, n]) => `${names.get(to)} ${Math.round((100 * n) / total)} %`);
    return said.length === 0 ? [] : [`  ${names.get(id)} → ${said.join(' · ')}`];
  });
  const pieces = workflows.reduce((sum, each) => sum + each.count, 0);
  return [
    table(['work', 'what it is', 'times', 'share', 'ways', 'steps', 'changes'], rows),
    '',
    'What follows:',
    ...next,
    '',
    `${count(traces.length, 'session')} of ${count(Object.keys(accounts).length, 'account')}, ${(pieces / Math.max(1, traces.length)).toFixed(1)} pieces of work each; ${coverage.explained} of ${coverage.steps} steps belong to one.`,
    `${share(slips.corrected)} of texts are corrected at once, ${share(slips.givenUp)} of work that changes something is given up.`,
  ].join('\n');
}

/** The measures, each beside what it is to be compared with. */
export function measureText({ work, truth }: { readonly work: WorkMeasure; readonly truth?: TruthScore }): string {
  const { bits, marginals } = work;
  const models = ['uniform', 'mask', 'unigram', 'bigram', 'trigram', 'fourgram', 'model'] as const;
  const lines = [
    `Held out: ${count(bits.actions, 'action')}, ${bits.unseen} of a kind never seen. Bits per action:`,
    table(models as readonly string[], [models.map((name) => bits[name].toFixed(2))]),
    `${share(bits.gain)} below the best n-gram; ${work.entropicRelevance.toFixed(1)} bits a session (entropic relevance).`,
    '',
    table(
      ['marginal', 'sampled from logged', 'halves of the log', 'ratio'],
      marginals.map(({ name, distance, halves }) => [
        name,
        distance.toFixed(3),
        halves.toFixed(3),
        (distance / Math.max(1e-9, halves)).toFixed(2),
      ]),
    ),
    '',
    `Conformance with held-out pieces: unit ${work.conformance.unit.toFixed(3)}, earth mover's at least ${work.conformance.mover.toFixed(3)}; a classifier tells sampled from real with AUC ${work.auc.toFixed(2)}.`,
    `${share(work.coverage)} of held-out ways are sampled; ${share(work.novelty)} of sampled sessions are new, ${share(work.validNovelty)} of these execute.`,
  ];
  if (!truth) return lines.join('\n');
  const { precision, recall, f1 } = truth.boundaries;
  const said = `Against the truth (${truth.steps} steps): boundaries F1 ${f1.toFixed(3)} (precision ${precision.toFixed(3)}, recall ${recall.toFixed(3)}), adjusted Rand index ${truth.adjustedRand.toFixed(3)}.`;
  return [...lines, '', said].join('\n');
}
