import type { MomentData, ReportData, SessionData } from '../report-data.ts';
import { meter, percent } from './figures.ts';
import { html, type Html } from './html.ts';

const badges = { 'the same to the last pixel': '', 'the same content': 'content', different: 'different' } as const;

/** Original and clone side by side, after the same actions. */
export function pictures({ moments }: ReportData): Html {
  return html`<h2>Original and clone</h2>
    <p>The same actions in both, one after the other, in a session that the clone was not learned from.</p>
    ${moments.map(pair)}`;
}

function pair({ caption, original, clone, verdict }: MomentData): Html {
  return html`<h3>${caption} <span class="badge ${badges[verdict]}">${verdict}</span></h3>
    <div class="pair">
      <figure>
        <figcaption>the real application</figcaption>
        <div class="shot"><img alt="The real application. ${caption}" src="data:image/png;base64,${original}" /></div>
      </figure>
      <figure>
        <figcaption>the clone</figcaption>
        <div class="shot"><img alt="The clone. ${caption}" src="data:image/png;base64,${clone}" /></div>
      </figure>
    </div>`;
}

/** Held-out sessions step by step, and what no learning would get. */
export function heldOutSessions({ sessions, baselines }: ReportData): Html {
  return html`<h2>Sessions that it never saw</h2>
    <p>Each square is an action of a recorded session, taken in the clone from a fresh start. Point at one to read it.</p>
    <div class="legend">
      <span><i class="cell"></i> page exact</span> <span><i class="cell different"></i> page different</span>
      <span><i class="cell refused"></i> action refused</span> <span><i class="cell unreached"></i> not reached</span>
    </div>
    ${sessions.map(strip)}
    <h3>Pages predicted exactly</h3>
    <div class="bars">
      ${baselines.map(
        ({ name, share }, i) =>
          html`<div class="${i === 0 ? '' : 'other'}"><span>${name}</span>${meter(share)}<span>${percent(share)} %</span></div>`,
      )}
    </div>
    <p class="note">The two below learn nothing, and are given the real page before every action; the clone goes on from its own.</p>`;
}

function strip({ id, cells }: SessionData): Html {
  return html`<div class="strip">
    <code>${id}</code>
    <div>${cells.map(({ kind, says }) => html`<i class="cell ${kind === 'exact' ? '' : kind}" title="${says}"></i>`)}</div>
  </div>`;
}
