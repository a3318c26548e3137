import { html } from 'hono/html';
import type { PairedTask, RealMeasure } from '../../real/real-measure.ts';
import { count, nothing, withInterval, type Html } from './parts.ts';

/** The same tasks in the clone and in the real application. */
export function reality(real: RealMeasure | undefined): Html {
  if (real === undefined) return nothing;
  const { agent, tasks, cr, exploits, w2rSteps, interactions, leftOut } = real;
  return html`<h2>In the real application</h2>
    <p>
      ${count(tasks.length, 'task')} by the agent “${agent}”: in the real application, in the clone, and what it did in the clone done again
      in the real application. ${count(interactions, 'interaction')} with the real
      application${leftOut > 0 ? `; ${count(leftOut, 'task')} left out, for no more were allowed` : ''}.
    </p>
    <table>
      <tbody>
        <tr>
          <td>Real: succeeds in the real application</td>
          <td class="number">${withInterval(real.real)}</td>
        </tr>
        <tr>
          <td>WM: succeeds in the clone</td>
          <td class="number">${withInterval(real.wm)}</td>
        </tr>
        <tr>
          <td>W2R: what it did in the clone succeeds in reality</td>
          <td class="number">${withInterval(real.w2r)}</td>
        </tr>
        <tr>
          <td>CR: W2R ÷ Real</td>
          <td class="number">${cr === null ? '–' : cr.toFixed(3)}</td>
        </tr>
        <tr>
          <td>Exploit rate: rewarded in the clone alone, after a step that the real application does not have</td>
          <td class="number">${exploits.total === 0 ? '–' : withInterval(exploits)}</td>
        </tr>
        <tr>
          <td>Steps after which both show the same page</td>
          <td class="number">${withInterval(w2rSteps)}</td>
        </tr>
      </tbody>
    </table>
    ${tasks.filter(({ divergence, w2r }) => divergence !== null || !w2r).map(taskNote)}`;
}

function taskNote({ instruction, w2r, divergence }: PairedTask): Html {
  const lines =
    divergence === null
      ? []
      : [
          ...divergence.missing.slice(0, 2).map((line) => `lacks ${line.trim()}`),
          ...divergence.extra.slice(0, 2).map((line) => `shows ${line.trim()}`),
        ];
  return html`<ul class="diff">
    <li class="where">
      ${w2r ? 'succeeds' : 'fails'}: ${instruction}${divergence === null ? '' : `, differs from step ${divergence.step + 1}`}
    </li>
    ${divergence?.refused === undefined ? nothing : html`<li class="lack">${divergence.refused}</li>`}
    ${lines.map((line) => html`<li class="over">${line}</li>`)}
  </ul>`;
}
