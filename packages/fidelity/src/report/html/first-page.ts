import { html } from 'hono/html';
import type { Miss } from '../../blame/suspects.ts';
import type { SideBySide } from '../../looks/measure-looks.ts';
import type { Advice } from '../advice.ts';
import type { Bar } from '../bars.ts';
import type { FidelityReport } from '../report.ts';
import { readable, sayAction } from '../wording.ts';
import { count, meter, nothing, percent, type Html } from './parts.ts';
import { pictureOf } from './pictures.ts';

/** What an owner has to know: the verdict, the figures with their bars, and what to do next. */
export function firstPage(report: FidelityReport, pictures: readonly SideBySide[]): Html {
  const { app, counts, bars, advice } = report;
  const missed = bars.filter(({ passed }) => !passed).length;
  return html`<header>
    <p class="kicker">How true is the clone of ${app}?</p>
    <h1>${headline(report)}</h1>
    <p class="lead">
      Held against ${count(counts.sessions, 'session')} with ${count(counts.steps, 'step')} that it was not learned from.
      ${missed === 0 ? 'All bars are reached.' : `${missed} of ${count(bars.length, 'bar')} ${missed === 1 ? 'is' : 'are'} missed.`}
    </p>
    <div class="tiles">${bars.map(tile)}</div>
    <h2>What to do next</h2>
    ${
      advice.length === 0
        ? html`<p>Nothing was found wrong and nothing is open. Hold out more sessions, of other people and other data, to be surer.</p>`
        : html`<p>What gains most comes first.</p>
            <ol class="todo">
              ${advice.map((each) => item(each, { steps: counts.steps, pictures }))}
            </ol>`
    }
  </header>`;
}

function headline({ em, r2w, calibration }: FidelityReport): string {
  const exact = em.given?.clone.emChange ?? r2w.exact;
  const certain = calibration?.groups.find(({ certainty }) => certainty === 'certain');
  const word = exact.share >= 0.99 ? 'Nearly always' : `In ${percent(exact.share)} of 100 changing steps`;
  const trust =
    certain === undefined || certain.right.total === 0
      ? ''
      : certain.right.share >= 0.99
        ? ' Where it says that it is certain, it can be believed.'
        : ` Where it says that it is certain, it is wrong ${percent(1 - certain.right.share)} times in 100.`;
  return `${word} it shows exactly what the real application shows next.${trust}`;
}

function tile({ name, meaning, value, share, bar, atMost, passed }: Bar): Html {
  const isShare = share !== undefined;
  const shown = isShare ? `${percent(value)} %` : value.toFixed(3);
  const wanted = isShare ? `${Math.round(100 * bar)} %` : String(bar);
  return html`<section class="tile${passed ? '' : ' missed-tile'}">
    <h3>${name} ${passed ? html`<span class="passed" title="reached">✓</span>` : html`<span class="missed" title="missed">✗</span>`}</h3>
    <div class="value">
      ${shown}${isShare ? html`<small title="95 % interval">${percent(share.low)}–${percent(share.high)}</small>` : ''}
    </div>
    ${meter(value, bar)}
    <p>
      ${isShare ? `${Math.round(share.hits)} of ${share.total} ` : ''}${meaning}. Wanted: ${atMost === true ? 'at most ' : ''}${wanted}.
    </p>
  </section>`;
}

const kinds = { renew: 'changed', mend: 'wrong', decide: 'open', test: 'untested' } as const;

function item(
  { kind, what, record, steps, examples }: Advice,
  all: { readonly steps: number; readonly pictures: readonly SideBySide[] },
): Html {
  const gain =
    steps === 0 ? nothing : html`<span class="gain">${kind === 'mend' ? 'up to ' : ''}${steps} of ${count(all.steps, 'step')}</span>`;
  return html`<li>
    ${gain}<span class="badge ${kind}">${kinds[kind]}</span> <b>${readable(what)}</b>
    ${record.map((each) => html`<p class="record">${readable(each).replace(/^Record /, '')}</p>`)}
    ${examples.slice(0, 1).map((miss) => html`${missDiff(miss)} ${pictureOf(miss, all.pictures)}`)}
  </li>`;
}

const mostLines = 5;

/** One miss: where it was, and the lines that differ. */
export function missDiff({ session, step, action, page, refused, lines }: Miss): Html {
  const more = lines.length - mostLines;
  return html`<ul class="diff">
    <li class="where">${session}, step ${step}: ${sayAction(action)}${page === '' ? '' : ` on ${page}`}</li>
    ${refused === undefined ? nothing : html`<li class="lack">${refused}</li>`} ${lines.slice(0, mostLines).map(lineOf)}
    ${more > 0 ? html`<li class="where">and ${count(more, 'more line')}</li>` : nothing}
  </ul>`;
}

function lineOf(line: string): Html {
  const isLacking = line.startsWith('-');
  return html`<li class="${isLacking ? 'lack' : 'over'}">${isLacking ? 'lacks ' : 'shows '} ${readable(line.slice(4))}</li>`;
}
