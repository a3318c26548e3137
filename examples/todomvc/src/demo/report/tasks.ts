import type { AgentData, ReportData, TaskData } from '../report-data.ts';
import { html, type Html } from './html.ts';

/** Tasks, what agents earned, and whether the solution works in the real application. */
export function tasks({ tasks: all, agents, rejected }: ReportData): Html {
  const reasons = rejected.map(({ what, count }) => `${count} by ${what}`).join(', ');
  return html`<h2>Tasks and rewards</h2>
    <p>
      Sampled from the learned work and worded from the interface’s own labels. A task is admitted only if its solution earns the reward and
      doing nothing, half of it, too much, the wrong thing or something random does not.${reasons === '' ? '' : ` Rejected: ${reasons}.`}
    </p>
    <div class="scroll">
      <table>
        <thead>
          <tr>
            <th>Task</th>
            <th class="number">Actions</th>
            ${agents.map(({ agent, engine }) => html`<th class="mark">${agent}<br />${engine}</th>`)}
            <th class="mark">works in<br />reality</th>
          </tr>
        </thead>
        <tbody>
          ${all.map(taskRow)}
          <tr>
            <th>Solved</th>
            <td></td>
            ${agents.map(solved)}
            <td class="mark">${all.filter(({ real }) => real === true).length}/${all.length}</td>
          </tr>
        </tbody>
      </table>
    </div>`;
}

function taskRow({ instruction, actions, rewards, feedback, real }: TaskData): Html {
  return html`<tr>
    <td title="${feedback === '' ? '' : `To the random agent: ${feedback}`}">${instruction}</td>
    <td class="number">${actions}</td>
    ${rewards.map((reward) => html`<td class="mark">${rewardMark(reward)}</td>`)}
    <td class="mark">${real === null ? html`–` : rewardMark(real ? 1 : 0, true)}</td>
  </tr>`;
}

function rewardMark(reward: number | null, strict = false): Html {
  if (reward === null) return html`<span title="not scored">–</span>`;
  if (reward === 1) return html`<span class="passed" title="earned 1">✓</span>`;
  return strict ? html`<span class="missed">✗</span>` : html`<span title="earned 0">·</span>`;
}

function solved({ solved: hits, total }: AgentData): Html {
  return html`<td class="mark">${hits}/${total}</td>`;
}
