import type { ReportData } from '../report-data.ts';
import { keyFigures } from './figures.ts';
import { html, type Html } from './html.ts';
import { learned } from './learned.ts';
import { style } from './style.ts';
import { tasks } from './tasks.ts';
import { heldOutSessions, pictures } from './truth.ts';

/** The whole report as one self-contained HTML page, without scripts. Pure. */
export function reportPage(data: ReportData): string {
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>Backlot demo: TodoMVC, ${data.implementation}</title>
        <style>
          ${{ html: style }}
        </style>
      </head>
      <body>
        ${keyFigures(data)}
        <main>${pictures(data)} ${heldOutSessions(data)} ${tasks(data)} ${learned(data)} ${unexplained(data)}</main>
        ${ending(data)}
      </body>
    </html> `;
  return page.html;
}

function unexplained({ exceptions, misses }: ReportData): Html {
  const total = exceptions.reduce((sum, { count }) => sum + count, 0);
  const remembered =
    total === 0
      ? html`<p>Every recorded transition is explained by a rule.</p>`
      : html`<p>${total} recorded transitions are explained by no rule. They are counted, not guessed at:</p>
          <ul class="misses">
            ${exceptions.map(({ what, count, evidence }) => html`<li>${count} × ${what}<span>${evidence.join('; ')}</span></li>`)}
          </ul>`;
  const different =
    misses.length === 0
      ? html`<p>Nothing was found to be different from the real application.</p>`
      : html`<h3>Where the clone is different</h3>
          <ul class="misses">
            ${misses.map(({ where, what }) => html`<li>${where}<span>${what}</span></li>`)}
          </ul>`;
  return html`<h2>What remains unexplained</h2>
    ${remembered} ${different}`;
}

function ending({ dir }: ReportData): Html {
  return html`<footer>
    <h2>Go on from here</h2>
    <pre>
npx backlot serve ${dir}/clone --port 4000
npx backlot run --suite ${dir}/suite.json --agent random --engine browser
npx backlot fidelity ${dir}/clone --logs ${dir}/logs/held-out
npm run demo -- --implementation vue --fresh</pre>
    <p>
      Pages are compared by their accessibility snapshots, with addresses and moments masked. Intervals are at 95 %: over sessions for
      steps, Wilson’s for runs. People are simulated from a distribution that is written down; their titles are new in every session.
    </p>
  </footer>`;
}
