import type { Gate } from '../gates.ts';
import type { ReportData } from '../report-data.ts';
import { empty, html, type Html } from './html.ts';

/** The first screen: what was done, the figures with their bars, and where the time went. */
export function keyFigures({ implementation, seconds, recordedBefore, training, heldOut, gates, times }: ReportData): Html {
  const missed = gates.filter(({ passed }) => !passed).length;
  const verdict = missed === 0 ? 'All bars are reached.' : `${missed} of ${gates.length} bars are missed.`;
  return html`<header>
    <p class="kicker">Backlot · TodoMVC, ${implementation}</p>
    <h1>Learned from ${training.sessions} recorded sessions, checked against ${heldOut.sessions} that it never saw</h1>
    <p class="lead">
      ${training.steps} actions of simulated people went in, an executable copy of the application came out, with tasks to practise on. The
      whole path took ${minutes(seconds)}${recordedBefore > 0 ? `, with ${recordedBefore} recordings from before` : ''}. ${verdict}
    </p>
    <div class="tiles">${gates.map(tile)}</div>
    <div class="times" role="img" aria-label="Where the time went">${times.map((time) => timeSpan(time, seconds))}</div>
  </header>`;
}

function tile({ name, meaning, hits, total, share, low, high, bar, passed }: Gate): Html {
  const interval =
    low === undefined || high === undefined ? empty : html`<small title="95 % interval">${percent(low)}–${percent(high)}</small>`;
  const mark = passed ? html`<span class="passed" title="reached">✓</span>` : html`<span class="missed" title="missed">✗</span>`;
  return html`<section class="tile${passed ? '' : ' missed-tile'}">
    <h3>${name} ${mark}</h3>
    <div class="value">${percent(share)} %${interval}</div>
    ${meter(share, bar)}
    <p>${Math.round(hits)} of ${total} ${meaning}. Wanted: ${String(Math.round(100 * bar))} %.</p>
  </section>`;
}

/** A bar from 0 to 1 with a mark where it has to reach. */
export function meter(share: number, bar?: number): Html {
  const mark = bar === undefined ? empty : html`<b style="left:calc(${100 * bar}% - 2px)"></b>`;
  return html`<div class="meter"><i style="width:${(100 * share).toFixed(1)}%"></i>${mark}</div>`;
}

/** Parts of a run shorter than this have no room for their name; pointing at them tells it. */
const namedShare = 0.07;

function timeSpan({ name, seconds }: ReportData['times'][number], whole: number): Html {
  const says = `${name}: ${seconds.toFixed(1)} s`;
  const label = seconds / whole < namedShare ? '' : says;
  return html`<span style="flex:${Math.max(seconds, 0.3).toFixed(1)} 1 0" title="${says}">${label}</span>`;
}

/** A share as a number of percent, without needless digits. */
export function percent(share: number): string {
  return (100 * share).toFixed(share === 0 || share === 1 ? 0 : 1);
}

function minutes(seconds: number): string {
  const whole = Math.round(seconds);
  return whole < 60 ? `${whole} seconds` : `${Math.floor(whole / 60)} min ${whole % 60} s`;
}
