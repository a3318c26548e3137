import type { Decision } from '@backlot/protocol';
import { sayAction } from '../../engine/wording.ts';
import { html, type Html } from './html.ts';
import { nounFor, verbTag, type ReportParts } from './parts.ts';
import type { ReportEpisode, ReportStep } from './report-data.ts';

const endings = {
  done: 'said it was done',
  gave_up: 'gave up',
  step_limit: 'ran out of steps',
  over_budget: 'spent its budget',
  stopped: 'was ended by a policy',
  infra_error: 'failed for reasons of our own',
  setup_failed: 'could not begin',
  out_of_model: 'left what was learned',
  abandoned: 'was left by the agent',
} as const;

/** Every episode with every action, folded. */
export function episodesSection({ data: { episodes }, blobs }: ReportParts): Html {
  return html`<h2>What was tried</h2>
    ${episodes.map((episode) => episodeCard(episode))}
    ${blobs.leftOut > 0 && html`<p class="soft small">${blobs.leftOut} pictures were left out to keep the page small; they stand in the folder of the audit.</p>`}`;
}

function episodeCard(episode: ReportEpisode): Html {
  const { end, steps } = episode;
  const notable = steps.filter(({ decision }) => decision.verb !== 'allow').length;
  return html`<details class="episode" id="episode-${episode.episode}">
    <summary>
      <b>${episode.episode}. ${episode.instruction || episode.task || 'No instruction is known'}</b>
      <span class="soft small">
        ${steps.length} ${nounFor(steps.length, 'action')},
        ${end === null ? 'no end is recorded' : endings[end.ending]}${rewardOf(end)}</span
      >
      ${notable > 0 && html`<span class="tag deny">${notable} stopped</span>`}
    </summary>
    <div>
      ${end !== null && end.feedback.length > 0 && html`<p class="small">${end.feedback.join(' ')}</p>`}
      <table>
        <thead>
          <tr>
            <th class="number">#</th>
            <th>Action</th>
            <th>Decision</th>
            <th>What came of it</th>
          </tr>
        </thead>
        <tbody>
          ${steps.map(stepRow)}
        </tbody>
      </table>
      <details class="small">
        <summary>The actions that were carried out, to do them again</summary>
        <pre>${JSON.stringify([...episode.setup, ...steps.filter(({ done }) => done).map(({ action }) => action)], null, 1)}</pre>
      </details>
    </div>
  </details>`;
}

const rewardOf = (end: ReportEpisode['end']): string =>
  end === null ? '' : end.reward === null ? ', not scored' : `, reward ${end.reward}`;

function stepRow({ step, action, decision, after, refused, done }: ReportStep): Html {
  const by = decision.rule === null ? '' : ` by ${decision.rule}`;
  return html`<tr>
    <td class="number">${step}</td>
    <td>${sayAction(action)}</td>
    <td>
      ${verbTag(decision.verb)}
      <span class="soft small">${by}</span>
    </td>
    <td>
      ${done ? `now at ${after?.url ?? '?'}` : decision.verb === 'allow' ? (refused ?? 'no result is recorded') : 'not carried out'}
      ${ledOut(decision) && html`<span class="soft small">meant to lead out, to ${decision.foreseen?.to ?? ''}</span>`}
    </td>
  </tr>`;
}

/** Whether an action was foreseen to lead out of the application, as absolute addresses do. */
const ledOut = ({ foreseen }: Decision): boolean => foreseen !== undefined && /^[a-z][\w+.-]*:/i.test(foreseen.to);
