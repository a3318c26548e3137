import type { Decision } from '@backlot/protocol';
import { sayAction } from '../../engine/wording.ts';
import type { AuditVerdict } from '../verify-audit.ts';
import type { ShownBlobs } from './blobs.ts';
import { episodesSection } from './episodes.ts';
import { Html, html } from './html.ts';
import { nounFor, verbTag, type ReportParts } from './parts.ts';
import { isNotable, type ReportData, type ReportRule, type ReportStep } from './report-data.ts';
import { checkSection, policySection } from './sections.ts';
import { style } from './style.ts';

/** Most actions that are shown one by one for each rule; the others stand in their episodes. */
export const shownPerRule = 12;

/** The whole page: no script, nothing loaded from elsewhere, all that came from pages and agents as text. */
export function reportPage(parts: ReportParts): string {
  const title = `Audit of ${parts.data.open?.subject ?? 'a run'}`;
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title}</title>
        <style>
          ${raw(style)}
        </style>
      </head>
      <body>
        <main>
          ${heading(title, parts)} ${verdictCard(parts.verdict)} ${figures(parts.data)} ${stoppedSection(parts)} ${episodesSection(parts)}
          ${policySection(parts)} ${checkSection(parts)}
        </main>
      </body>
    </html>`;
  return `${page.text}\n`;
}

/** The style is our own text. */
const raw = (text: string): Html => new Html(text);

function heading(title: string, { data: { open, from, until } }: ReportParts): Html {
  const day = (at: string): string => at.replace('T', ' ').replace(/\.\d+Z$/, ' UTC');
  if (open === null)
    return html`<h1>${title}</h1>
      <p class="soft">The first record is missing, so it is not known what was run.</p>`;
  const policies = open.policies.map(({ name }) => name).join(', ') || 'no policy';
  const mode = open.mode === 'enforce' ? 'What they do not allow was kept back.' : 'They were only observed: everything was carried out.';
  return html`<h1>${title}</h1>
    <p class="soft">
      Agent <b>${open.agent}</b> ${open.engine === 'real' ? 'in front of the real application' : `on the ${open.engine} engine`}, under
      ${policies}. ${mode}<br />
      ${day(from)} to ${day(until)}, ${open.tool}.
    </p>`;
}

function verdictCard({ intact, records, blobs, signedBy, findings }: AuditVerdict): Html {
  if (intact) {
    return html`<div class="card verdict">
      <h3>The audit is as it was written</h3>
      <p class="small">
        ${records} records and ${blobs} files beside them were checked against their hashes and signatures. Signed by
        <code>${signedBy ?? ''}</code>: compare this with what the run printed.
      </p>
    </div>`;
  }
  return html`<div class="card verdict bad">
    <h3>The audit is not as it was written</h3>
    <ul>
      ${findings.slice(0, 20).map(({ says }) => html`<li>${says}</li>`)}
    </ul>
    ${findings.length > 20 && html`<p>And ${findings.length - 20} more.</p>`}
  </div>`;
}

function figures({ episodes }: ReportData): Html {
  const steps = episodes.flatMap((episode) => episode.steps);
  const kept = steps.filter((step) => isNotable(step) && !step.done).length;
  const passed = steps.filter((step) => isNotable(step) && step.done).length;
  const ended = episodes.filter(({ end }) => end !== null);
  const solved = ended.filter(({ end }) => end?.reward === 1).length;
  const figure = (value: number | string, says: string): Html => html`<div><b>${value}</b><span>${says}</span></div>`;
  return html`<div class="figures">
    ${figure(episodes.length, nounFor(episodes.length, 'episode'))} ${figure(steps.length, `${nounFor(steps.length, 'action')} tried`)}
    ${figure(kept, 'kept back')} ${passed > 0 && figure(passed, 'against a rule, yet carried out')}
    ${figure(steps.length === 0 ? '–' : ((100 * (kept + passed)) / steps.length).toFixed(1), 'violations per 100 actions')}
    ${ended.length > 0 && figure(`${solved} of ${ended.length}`, 'tasks solved')}
  </div>`;
}

function stoppedSection({ data: { rules }, blobs }: ReportParts): Html {
  if (rules.length === 0)
    return html`<h2>What was stopped</h2>
      <p>Nothing: every action was allowed.</p>`;
  return html`<h2>What was stopped</h2>
    <div class="card">
      <table>
        <thead>
          <tr>
            <th>Rule</th>
            <th>Says</th>
            <th>Why</th>
            <th class="number">Times</th>
          </tr>
        </thead>
        <tbody>
          ${rules.map(
            (rule, i) =>
              html`<tr>
                <td><a href="#rule-${i + 1}">${ruleName(rule)}</a></td>
                <td>${verbTag(rule.verb)}</td>
                <td>${rule.reason}</td>
                <td class="number">${rule.steps.length}</td>
              </tr>`,
          )}
        </tbody>
      </table>
    </div>
    ${rules.map((rule, i) => ruleSection(rule, { id: `rule-${i + 1}`, blobs }))}`;
}

const ruleName = ({ policy, rule }: Pick<ReportRule, 'policy' | 'rule'>): string => `${policy} / ${rule ?? 'nothing allows it'}`;

function ruleSection(rule: ReportRule, { id, blobs }: { readonly id: string; readonly blobs: ShownBlobs }): Html {
  const shown = rule.steps.slice(0, shownPerRule);
  return html`<section id="${id}">
    <p style="margin-top:1.6rem">
      <b>${ruleName(rule)}</b> <span class="soft">${rule.steps.length} ${nounFor(rule.steps.length, 'action')}</span>
    </p>
    ${shown.map((step) => stoppedCard(step, blobs))}
    ${rule.steps.length > shown.length && html`<p class="soft small">And ${rule.steps.length - shown.length} more, in their episodes below.</p>`}
  </section>`;
}

function stoppedCard(step: ReportStep, blobs: ShownBlobs): Html {
  const { decision, action, before, episode } = step;
  const { foreseen } = decision;
  const picture = before?.picture === undefined ? null : blobs.picture(before.picture);
  return html`<div class="card stopped ${decision.verb}">
    <div class="head">
      <h3>${sayAction(action)}</h3>
      ${verbTag(decision.verb)} ${step.done && html`<span class="tag plain">carried out</span>`}
      <span class="soft small"
        >episode <a href="#episode-${episode}">${episode}</a>, action ${step.step}, on ${before?.url ?? 'an unknown page'}</span
      >
    </div>
    <dl>
      <dt>Why</dt>
      <dd>${decision.reason}</dd>
      ${answerRow(decision)}
      ${
        foreseen !== undefined &&
        html`<dt>Foreseen</dt>
          <dd>
            ${foreseen.changes.slice(0, 8).join('; ') || 'changes no lasting data'}${foreseen.changes.length > 8 && ` and ${foreseen.changes.length - 8} more`}.
            ${foreseen.to !== before?.url && `Leads to ${foreseen.to}.`} ${foreseen.changes.length > 0 && sayUndo(foreseen)}
          </dd>`
      }
      <dt>Allowed instead</dt>
      <dd>${decision.instead.replace(/^What would be allowed: /, '')}</dd>
    </dl>
    ${picture !== null && html`<img src="${picture}" alt="The page before the action" loading="lazy" />`}
    ${picture === null && pageText(before?.aria, blobs)}
  </div>`;
}

/** The page before an action as text, where there is no picture of it. */
function pageText(digest: string | undefined, blobs: ShownBlobs): Html | null {
  const text = digest === undefined ? null : blobs.text(digest);
  return text === null
    ? null
    : html`<details class="small" style="margin-top:.7rem">
        <summary>The page before the action</summary>
        <pre>${text}</pre>
      </details>`;
}

function answerRow({ answer }: Decision): Html | null {
  if (answer === undefined) return null;
  const says = { yes: 'Yes', no: 'No', nobody: 'Nobody was there to answer, which counts as no' }[answer];
  return html`<dt>Answer</dt>
    <dd>${says}</dd>`;
}

function sayUndo({ irreversible, certainty }: NonNullable<Decision['foreseen']>): string {
  const undo =
    irreversible === null ? 'Whether it can be undone is not known.' : irreversible ? 'It can’t be undone.' : 'It can be undone.';
  return certainty === 'certain' ? undo : `${undo} The clone is not sure of this (${certainty}).`;
}
