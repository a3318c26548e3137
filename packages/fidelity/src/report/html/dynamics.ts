import { html } from 'hono/html';
import type { Calibration } from '../../calibration/certainty.ts';
import type { Corrected } from '../../clone/drift.ts';
import type { StepGroup } from '../../clone/em.ts';
import type { JudgedSession } from '../../clone/r2w.ts';
import type { Score } from '../../clone/score.ts';
import type { FidelityReport } from '../report.ts';
import { sayAction } from '../wording.ts';
import { openLoopChart, reliabilityChart } from './charts.ts';
import { meter, nothing, percent, withInterval, type Html } from './parts.ts';

/** How the clone moves: step by step, over whole sessions, and by page and action. */
export function dynamics({ em, hasTraining, openLoop, drift, r2w }: FidelityReport): Html {
  const { given, identity, lastSeen } = em;
  return html`<h2>What happens next</h2>
    <p>Of the steps that change the page: how often the next page is exactly the real one, the real page before being given.</p>
    <div class="bars">
      ${given === undefined ? nothing : bar('the clone', given.clone, false)} ${bar('the page stays as it is', identity, true)}
      ${hasTraining ? bar('the page last seen in training', lastSeen, true) : nothing}
    </div>
    ${
      given === undefined
        ? nothing
        : html`<h3>By page</h3>
            ${groups(given.byPage)}
            <h3>By action</h3>
            ${groups(given.byAction)}`
    }
    ${
      openLoop === undefined
        ? nothing
        : html`<h3>Left to itself</h3>
            <p>
              How exact the page is after so many steps on its own.
              ${openLoop.halfLife === null ? 'It stays above one half as far as was measured.' : `Half of the pages are wrong after ${openLoop.halfLife.toFixed(1)} steps.`}
            </p>
            ${openLoopChart(openLoop.curve)}`
    }
    ${drift === undefined ? nothing : anchoring(drift)}
    <h3>Whole sessions</h3>
    <p>Each square is an action of a recorded session, taken in the clone from a fresh start. Point at one to read it.</p>
    <div class="legend">
      <span><i class="cell"></i> page exact</span> <span><i class="cell different"></i> page different</span>
      <span><i class="cell refused"></i> action refused</span> <span><i class="cell unreached"></i> not reached</span>
    </div>
    ${r2w.sessions.map(strip)}`;
}

/** What correcting the clone by real pages is good for. */
function anchoring(drift: readonly Corrected[]): Html {
  return html`<h3>Anchored in real pages</h3>
    <p>Exact pages of whole sessions, where what the clone believes is corrected by a real page every so many steps.</p>
    <table>
      <tbody>
        ${drift.map(
          ({ every, exact }) =>
            html`<tr>
              <td>${every === null ? 'by the first page alone' : every === 1 ? 'before every step' : `every ${every} steps`}</td>
              <td class="number">${withInterval(exact)}</td>
            </tr>`,
        )}
      </tbody>
    </table>`;
}

function bar(name: string, { emChange }: Score, isOther: boolean): Html {
  return html`<div class="${isOther ? 'other' : ''}">
    <span>${name}</span>${meter(emChange.share)}<span>${withInterval(emChange)}</span>
  </div>`;
}

function groups(all: readonly StepGroup[]): Html {
  return html`<div class="scroll">
    <table>
      <thead>
        <tr>
          <th></th>
          <th class="number">steps</th>
          <th class="number">exact</th>
          <th class="number">of changing steps</th>
          <th class="number">changed lines (F1)</th>
          <th class="number">lines (F1)</th>
        </tr>
      </thead>
      <tbody>
        ${all
          .toSorted((a, b) => b.steps - a.steps)
          .map(
            ({ name, steps, clone }) =>
              html`<tr>
                <td>${name}</td>
                <td class="number">${steps}</td>
                ${[clone.em, clone.emChange, clone.changeF1, clone.lineF1].map((share) => html`<td class="number">${withInterval(share)}</td>`)}
              </tr>`,
          )}
      </tbody>
    </table>
  </div>`;
}

function strip({ session, steps, total }: JudgedSession): Html {
  const cells = steps.map(({ index, action, accepted, exact, refused, missing, extra }) => {
    const kind = !accepted ? 'refused' : exact ? '' : 'different';
    const why =
      refused ??
      [...missing.slice(0, 2).map((line) => `lacks ${line.trim()}`), ...extra.slice(0, 2).map((line) => `shows ${line.trim()}`)].join('; ');
    return html`<i class="cell ${kind}" title="${index}: ${sayAction(action)}${why === '' ? '' : ` – ${why}`}"></i>`;
  });
  const rest = Array.from({ length: Math.max(0, total - steps.length) }, () => html`<i class="cell unreached" title="not reached"></i>`);
  return html`<div class="strip">
    <code>${session}</code>
    <div>${[...cells, ...rest]}</div>
  </div>`;
}

/** What can be trusted: certainty, guards, coverage. */
export function trust({ calibration, guards, coverage }: FidelityReport): Html {
  if (calibration === undefined || guards === undefined || coverage === undefined) return nothing;
  return html`<h2>How far it knows itself</h2>
    <div class="two">
      <div>
        <h3>By certainty</h3>
        <table>
          <thead>
            <tr>
              <th>called</th>
              <th class="number">of changing steps</th>
              <th class="number">right</th>
            </tr>
          </thead>
          <tbody>
            ${calibration.groups.map(
              ({ certainty, ofChanging, right }) =>
                html`<tr>
                  <td>${certainty}</td>
                  <td class="number">${percent(ofChanging.share)} %</td>
                  <td class="number">${withInterval(right)}</td>
                </tr>`,
            )}
          </tbody>
        </table>
        <h3>What can’t be done, and what does nothing</h3>
        <table>
          <thead>
            <tr>
              <th>says</th>
              <th class="number">is right (precision)</th>
              <th class="number">says so of all (recall)</th>
            </tr>
          </thead>
          <tbody>
            <tr>
              <td>“this page does not offer that”</td>
              <td class="number">${withInterval(guards.precision)}</td>
              <td class="number">${withInterval(guards.recall)}</td>
            </tr>
            <tr>
              <td>“that changes nothing”</td>
              <td class="number">${withInterval(guards.stillPrecision)}</td>
              <td class="number">${withInterval(guards.stillRecall)}</td>
            </tr>
          </tbody>
        </table>
        <p class="note">
          ${guards.tried} actions tried on real pages. Of the rules ${percent(coverage.rulesTested.share)} %, of the pages
          ${percent(coverage.pagesTested.share)} % were put to the test.
        </p>
      </div>
      <div>
        <h3>Probability</h3>
        ${reliabilityOf(calibration)}
      </div>
    </div>`;
}

function reliabilityOf({ asLearned, corrected }: Calibration): Html {
  return html`${reliabilityChart(asLearned.bins)}
    <p class="note">
      Share that came out as foretold, by the probability foretold. Calibration error ${asLearned.ece.toFixed(3)} as learned;
      ${corrected.ece.toFixed(3)} when corrected by the outcomes of the other sessions.
    </p>`;
}
