import { html } from 'hono/html';
import type { Looks, PageLooks, SideBySide } from '../../looks/measure-looks.ts';
import { count, nothing, percent, withInterval, type Html } from './parts.ts';
import { pictureOf } from './pictures.ts';

/** How alike clone and original look, with pictures of the pages that look least alike. */
export function looksPart(looks: Looks | undefined, pictures: readonly SideBySide[]): Html {
  if (looks === undefined) return nothing;
  const leastFirst = looks.pages.toSorted((a, b) => a.ssim - b.ssim);
  return html`<h2>How it looks</h2>
    <p>
      Recorded pages, and what the clone shows when it has read them, in the same browser; every kind of page in turn. Structural similarity
      (SSIM) is of the pictures; the other measures are of texts: the area of those that both have, and of these the characters, the place
      and the colour.
    </p>
    <table>
      <thead>
        <tr>
          <th>page</th>
          ${['SSIM', 'texts in both', 'characters', 'place', 'colour'].map((name) => html`<th class="number">${name}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${leastFirst.map(row)}
        <tr>
          <td><b>${count(looks.pages.length, 'page')}, on average</b></td>
          <td class="number">${withInterval(looks.ssim)}</td>
          ${scores(looks)}
        </tr>
      </tbody>
    </table>
    ${leastFirst.filter(({ ssim }) => ssim < 1).map((page) => withPicture(page, pictures))}`;
}

function row(page: PageLooks): Html {
  return html`<tr>
    <td>${page.page} <span class="note">${page.session}, step ${page.step}</span></td>
    <td class="number">${percent(page.ssim)} %</td>
    ${scores(page)}
  </tr>`;
}

function scores({ blocks, text, position, colour }: Omit<PageLooks, 'session' | 'step' | 'page' | 'ssim'>): readonly Html[] {
  return [blocks, text, position, colour].map((score) => html`<td class="number">${percent(score)} %</td>`);
}

function withPicture(page: PageLooks, pictures: readonly SideBySide[]): Html {
  const picture = pictureOf(page, pictures);
  if (picture === nothing) return nothing;
  return html`<h3>${page.page}: ${percent(page.ssim)} %</h3>
    ${picture}`;
}
