import { html, raw } from 'hono/html';
import type { SideBySide } from '../../looks/measure-looks.ts';
import type { FidelityReport } from '../report.ts';
import { dynamics, trust } from './dynamics.ts';
import { firstPage } from './first-page.ts';
import { looksPart } from './looks.ts';
import { reality } from './reality.ts';
import { style } from './style.ts';
import { suspectList } from './suspects.ts';

/** The whole report as one self-contained page, without scripts, with pictures of steps if there are any: what to do next comes first. Pure. */
export function fidelityPage(report: FidelityReport, pictures: readonly SideBySide[] = []): string {
  const { app, clone, engine, bootstrap } = report;
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>How true is the clone of ${app}?</title>
        <style>
          ${raw(style)}
        </style>
      </head>
      <body>
        ${firstPage(report, pictures)}
        <main>
          ${suspectList(report)} ${looksPart(report.looks, pictures)} ${dynamics(report)} ${trust(report)} ${reality(report.real)}
        </main>
        <footer>
          Pages are compared by their accessibility snapshots; addresses, moments and what a recorder masked are left out. Intervals are at
          ${Math.round(100 * bootstrap.level)} %: for steps by a bootstrap over sessions (seed ${bootstrap.seed}, ${bootstrap.rounds}
          rounds), for runs Wilson’s. Sessions were played in the ${engine} engine. The world: <code>${clone}</code>.
        </footer>
      </body>
    </html> `;
  return String(page);
}
