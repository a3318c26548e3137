import type { PageData, ReportData, RuleData } from '../report-data.ts';
import { percent } from './figures.ts';
import { empty, html, type Html } from './html.ts';

const shownEvidence = 4;
const shownWorkflows = 8;

/** Tables, work, pages and rules in words, each with its evidence. */
export function learned({ pages, tables, workflows }: ReportData): Html {
  return html`<h2>What was learned</h2>
    <p>All of it is data that an interpreter runs: nothing of the application’s code, and no code that a model wrote.</p>
    <h3>Data</h3>
    <p>${tables.map(({ name, columns }) => html`<code>${name}</code>: ${columns.join(', ')}. `)}</p>
    <h3>Work</h3>
    <table>
      <tbody>
        ${workflows.slice(0, shownWorkflows).map(
          ({ name, share, count }) =>
            html`<tr>
              <td>${name}</td>
              <td class="number">${count} times</td>
              <td class="number">${percent(share)} %</td>
            </tr>`,
        )}
      </tbody>
    </table>
    ${workflows.length > shownWorkflows ? html`<p class="note">and ${workflows.length - shownWorkflows} rarer ones.</p>` : empty}
    ${pages.map(page)}`;
}

function page({ id, address, evidence, rules }: PageData): Html {
  const seen = evidence.length === 0 ? empty : html`<p class="note">Seen at ${listed(evidence)}.</p>`;
  return html`<h3>Page ${id} <code>${address}</code></h3>
    ${seen}
    <div class="rules">${rules.map(rule)}</div>`;
}

function rule({ head, does, certainty, evidence, alternatives }: RuleData): Html {
  const others = alternatives.length === 0 ? empty : html`<p>Also possible: ${alternatives.join('; ')}</p>`;
  const times = evidence.length === 1 ? 'once' : `${evidence.length} times`;
  return html`<article class="rule">
    <b>${head}</b> <span class="badge ${certainty === 'certain' ? '' : certainty}">${certainty}</span>
    <ul>
      ${does.map((text) => html`<li>${text}</li>`)}
    </ul>
    ${others}
    <p>Seen ${times}: ${listed(evidence)}.</p>
  </article>`;
}

function listed(evidence: readonly string[]): string {
  const more = evidence.length - shownEvidence;
  return evidence.slice(0, shownEvidence).join('; ') + (more > 0 ? `; and ${more} more` : '');
}
