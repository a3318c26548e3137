import type { Page, Rule, World } from '@backlot/protocol';
import { dataSections, grammarSections, rememberedSections } from './explain-data.ts';
import { holesOfPage } from './explain-holes.ts';
import { rememberedOf } from './explain-overview.ts';
import { evidenceList, holeLists, listOf, plural, ruleCard } from './explain-parts.ts';
import { explainStyle } from './explain-style.ts';
import type { Explained } from './explain-world.ts';
import { explained, isMemory, listsOf, pageOfRule, ruleFacts } from './explain-world.ts';
import type { Html } from './html.ts';
import { html } from './html.ts';
import { wordAddresses } from './word-address.ts';
import { wordCondition, wordExpr } from './word-expr.ts';

/** More rules of a page than this are folded away. */
const mostOpenRules = 12;

function cards(rules: readonly Rule[], from: Explained): Html {
  const all = rules.map((rule) => ruleCard(ruleFacts(rule, from)));
  if (all.length <= mostOpenRules) return html`${all}`;
  return html`<details>
    <summary>${plural(all.length, 'rule')}</summary>
    ${all}
  </details>`;
}

function pageSection(page: Page, rules: readonly Rule[], from: Explained): Html {
  const { wording } = from;
  const title = typeof page.title === 'string' ? page.title : wordExpr(page.title, wording);
  const lists = listsOf(page, from).map(({ in: at, query }) => html`<li>${at}: ${query}</li>`);
  return html`<section id="page-${page.id}">
    <h3>${page.id} ${wordAddresses(page).map((address) => html`<code>${address}</code>`)}</h3>
    <p>Title: ${title}.${page.when ? html` Shown if ${wordCondition(page.when, wording)}.` : html``}</p>
    ${lists.length > 0 ? listOf('Its lists', lists) : html``} ${holeLists(holesOfPage(page))} ${evidenceList(page.evidence)}
    ${cards(rules, from)}
  </section>`;
}

function contents(world: World, rulesOf: (page: Page) => readonly Rule[]): Html {
  const rows = world.pages.map((page) => {
    const mine = rulesOf(page);
    const open = mine.filter(({ certainty }) => certainty !== 'certain').length;
    return html`<tr>
      <td><a href="#page-${page.id}">${page.id}</a></td>
      <td>${wordAddresses(page).map((address) => html`<code>${address}</code>`)}</td>
      <td>${page.evidence.length}</td>
      <td>${mine.length}${open > 0 ? ` (${open} not certain)` : ''}</td>
    </tr>`;
  });
  return html`<table>
    <thead>
      <tr>
        <th>page</th>
        <th>addresses</th>
        <th>views</th>
        <th>rules</th>
      </tr>
    </thead>
    <tbody>
      ${rows}
    </tbody>
  </table>`;
}

function summary(world: World): Html {
  const count = (certainty: Rule['certainty']): number => world.rules.filter((rule) => rule.certainty === certainty).length;
  const memories = world.tables.filter(isMemory).length;
  const facts: readonly (readonly [string, string | number])[] = [
    ['Pages', world.pages.length],
    ['Rules', `${world.rules.length} (${count('certain')} certain, ${count('ambiguous')} ambiguous, ${count('unseen')} unseen)`],
    ['Tables', world.tables.length - memories],
    ['Registers', world.registers.length],
    ['Unexplained', world.exceptions.length],
    ['Only remembered', plural(memories, 'table')],
    ['Accounts', Object.keys(world.seeds).join(', ') || 'none'],
    ['Starts at', world.start],
  ];
  return html`<dl>
    ${facts.map(
      ([name, value]) =>
        html`<dt>${name}</dt>
          <dd>${value}</dd>`,
    )}
  </dl>`;
}

function main(from: Explained): Html {
  const { world } = from;
  const known = new Set(world.pages.map((page) => page.id));
  const rulesOf = (page: Page): readonly Rule[] => world.rules.filter((rule) => pageOfRule(rule) === page.id);
  const shared = world.rules.filter((rule) => !known.has(pageOfRule(rule) ?? ''));
  const kept = world.tables.filter((table) => !isMemory(table));
  return html`<main>
    <h2 id="pages">Pages and their rules</h2>
    ${contents(world, rulesOf)} ${world.pages.map((page) => pageSection(page, rulesOf(page), from))}
    <h2 id="shared">Rules of requests and timers</h2>
    ${shared.length > 0 ? cards(shared, from) : html`<p>None.</p>`}
    <h2 id="data">Data</h2>
    ${dataSections(kept, from)}
    <h2 id="grammars">Grammars of edited text</h2>
    ${grammarSections(world)}
    <h2 id="remembered">Only remembered</h2>
    ${rememberedSections(rememberedOf(from), world)}
  </main>`;
}

/**
 * One self-contained page, without scripts, that says in words what was learned: every page and rule with its evidence and
 * certainty, the data that accounts begin with, and what is only remembered. Long tables and lists are folded, tables cut.
 */
export function explainPage(world: World): string {
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width" />
        <title>What was learned of ${world.app}</title>
        <style>
          ${{ html: explainStyle }}
        </style>
      </head>
      <body>
        <header>
          <h1>What was learned of ${world.app}</h1>
          ${summary(world)}
          <nav>
            <a href="#pages">Pages and rules</a> <a href="#shared">Shared rules</a> <a href="#data">Data</a>
            <a href="#grammars">Grammars</a> <a href="#remembered">Only remembered</a>
          </nav>
        </header>
        ${main(explained(world))}
      </body>
    </html> `;
  return page.html;
}
