import type { Evidence, Page, Rule, Row, Table, Template, World } from '@backlot/protocol';
import { explainStyle } from './explain-style.ts';
import type { Html } from './html.ts';
import { html } from './html.ts';
import { nameAnchors } from './name-anchors.ts';
import type { NameAnchor } from './word-expr.ts';
import { wordExpr, wordLoop, wordValue } from './word-expr.ts';
import { wordRule } from './word-rule.ts';

const meanings = {
  certain: 'Every explanation that fits the evidence agrees.',
  ambiguous: 'Other explanations fit the evidence too.',
  unseen: 'No evidence: a fallback.',
} as const;

function evidenceList(evidence: readonly Evidence[]): Html {
  if (evidence.length === 0) return html`<p class="evidence">No evidence.</p>`;
  const seen = evidence.map(({ session, step }) => html`<li>${session}, step ${step}</li>`);
  return html`<details class="evidence">
    <summary>Evidence: ${evidence.length} ${evidence.length === 1 ? 'step' : 'steps'}</summary>
    <ul>
      ${seen}
    </ul>
  </details>`;
}

function ruleItem(rule: Rule, nameAnchor: NameAnchor): Html {
  const { head, does, leads } = wordRule(rule, nameAnchor);
  const steps = [...does, leads].map((text) => html`<li>${text}</li>`);
  const held =
    rule.probability < 1 ? html` <span class="held">held in ${Math.round(rule.probability * 100)} % of its occasions</span>` : html``;
  const others = (rule.alternatives ?? []).map((text) => html`<li>${text}</li>`);
  return html`<article class="rule" id="rule-${rule.id}">
    <h4>${head}</h4>
    <p><span class="badge ${rule.certainty}" title="${meanings[rule.certainty]}">${rule.certainty}</span>${held} <code>${rule.id}</code></p>
    <ul>
      ${steps}
    </ul>
    ${
      others.length > 0
        ? html`<p>Also possible:</p>
            <ul>
              ${others}
            </ul>`
        : html``
    }
    ${evidenceList(rule.evidence)}
  </article>`;
}

/** The holes of a page: what it repeats, shows on condition, and fills in. */
function holesOf(template: Template, nameAnchor: NameAnchor): readonly string[] {
  const say = (kids: readonly Template[]): readonly string[] => kids.flatMap((kid) => holesOf(kid, nameAnchor));
  if ('each' in template) return [`Repeats over ${wordLoop(template.each, nameAnchor)}.`, ...say(template.kids)];
  if ('when' in template) {
    return [`Shows a part if ${wordExpr(template.when, nameAnchor)}.`, ...say(template.kids), ...say(template.else ?? [])];
  }
  if ('markup' in template) return [`Renders ${wordExpr(template.markup, nameAnchor)} by the grammar ${template.grammar}.`];
  if ('text' in template) return typeof template.text === 'string' ? [] : [`Shows ${wordExpr(template.text, nameAnchor)}.`];
  const attrs = Object.entries(template.attrs).flatMap(([name, value]) =>
    typeof value === 'string' ? [] : [`The ${name} of ${nameAnchor(template.anchor)} is ${wordExpr(value, nameAnchor)}.`],
  );
  return [...attrs, ...say(template.kids)];
}

function addressOf(page: Page): string {
  const query = Object.entries(page.query ?? {}).map(([name, value]) => `${name}=${value ?? '…'}`);
  return page.route + (query.length > 0 ? `?${query.join('&')}` : '') + (page.hash === undefined ? '' : `#${page.hash}`);
}

function pageSection(page: Page, rules: readonly Rule[]): Html {
  const names = nameAnchors(page);
  const nameAnchor: NameAnchor = (anchor) => names.get(anchor) ?? anchor;
  const title = typeof page.title === 'string' ? page.title : wordExpr(page.title, nameAnchor);
  const holes = holesOf(page.template, nameAnchor).map((text) => html`<li>${text}</li>`);
  return html`<section id="page-${page.id}">
    <h3>${page.id} <code>${addressOf(page)}</code></h3>
    <p>Title: ${title}.${page.when ? html` Shown if ${wordExpr(page.when, nameAnchor)}.` : html``}</p>
    ${
      holes.length > 0
        ? html`<details>
            <summary>What it fills in (${holes.length})</summary>
            <ul>
              ${holes}
            </ul>
          </details>`
        : html`<p>The same for every state.</p>`
    }
    ${evidenceList(page.evidence)} ${rules.map((rule) => ruleItem(rule, nameAnchor))}
  </section>`;
}

function rowsTable(table: Table, rows: readonly Row[]): Html {
  const heads = table.columns.map((column) => html`<th>${column.name}</th>`);
  const body = rows.map(
    (row) =>
      html`<tr>
        ${table.columns.map((column) => html`<td>${wordValue(row[column.name] ?? null)}</td>`)}
      </tr>`,
  );
  return rows.length === 0
    ? html`<p>No rows.</p>`
    : html`<table>
        <thead>
          <tr>
            ${heads}
          </tr>
        </thead>
        <tbody>
          ${body}
        </tbody>
      </table>`;
}

function tableSection(world: World, table: Table): Html {
  const columns = table.columns.map(
    (column) =>
      html`<li>
        <b>${column.name}</b>: ${column.type}, begins as
        ${wordValue(column.initial)}${column.scope === 'page' ? ', until a document is loaded' : ''}
      </li>`,
  );
  const seeds = Object.entries(world.seeds).map(([account, seed]) => {
    const rows = seed.tables[table.name] ?? [];
    return html`<details>
      <summary>${account}: ${rows.length} ${rows.length === 1 ? 'row' : 'rows'}</summary>
      ${rowsTable(table, rows)}
    </details>`;
  });
  return html`<section id="table-${table.name}">
    <h3>${table.name}</h3>
    <ul>
      ${columns}
    </ul>
    ${seeds}
  </section>`;
}

function registerRows(world: World): Html {
  const rows = world.registers.map((register) => {
    const seeds = Object.entries(world.seeds).filter(([, seed]) => register.name in seed.registers);
    const begins = seeds.map(([account, seed]) => `${account}: ${wordValue(seed.registers[register.name] ?? null)}`).join('; ');
    return html`<tr>
      <td>${register.name}</td>
      <td>${register.scope}</td>
      <td>${wordValue(register.initial)}</td>
      <td>${begins}</td>
    </tr>`;
  });
  const heads = html`<tr>
    <th>name</th>
    <th>scope</th>
    <th>begins as</th>
    <th>accounts that begin otherwise</th>
  </tr>`;
  return rows.length === 0
    ? html`<p>None.</p>`
    : html`<table>
        <thead>
          ${heads}
        </thead>
        <tbody>
          ${rows}
        </tbody>
      </table>`;
}

function exceptionList(world: World): Html {
  if (world.exceptions.length === 0) return html`<p>None: every recorded transition is explained.</p>`;
  const items = world.exceptions.map(({ evidence, why }) => html`<li>${evidence.session}, step ${evidence.step}: ${why}</li>`);
  return html`<p>Recorded transitions that no rule explains.</p>
    <ul>
      ${items}
    </ul>`;
}

function summary(world: World): Html {
  const count = (certainty: Rule['certainty']): number => world.rules.filter((rule) => rule.certainty === certainty).length;
  const facts: readonly (readonly [string, string | number])[] = [
    ['Pages', world.pages.length],
    ['Rules', `${world.rules.length} (${count('certain')} certain, ${count('ambiguous')} ambiguous, ${count('unseen')} unseen)`],
    ['Tables', world.tables.length],
    ['Registers', world.registers.length],
    ['Unexplained', world.exceptions.length],
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

const pageOfRule = (rule: Rule): string | undefined => ('ui' in rule.on ? rule.on.ui.page : 'open' in rule.on ? rule.on.open : undefined);

/**
 * One self-contained page, without scripts, that says in words what was learned: every page and rule with its evidence and
 * certainty, the data that accounts begin with, and what stays unexplained.
 */
export function explainPage(world: World): string {
  const known = new Set(world.pages.map((page) => page.id));
  const sections = world.pages.map((page) =>
    pageSection(
      page,
      world.rules.filter((rule) => pageOfRule(rule) === page.id),
    ),
  );
  const shared = world.rules.filter((rule) => !known.has(pageOfRule(rule) ?? '')).map((rule) => ruleItem(rule, (anchor) => anchor));
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
            <a href="#unexplained">Unexplained</a>
          </nav>
        </header>
        <main>
          <h2 id="pages">Pages and their rules</h2>
          ${sections}
          <h2 id="shared">Rules of requests and timers</h2>
          ${shared.length > 0 ? shared : html`<p>None.</p>`}
          <h2 id="data">Data</h2>
          ${world.tables.map((table) => tableSection(world, table))}
          <h3>Registers</h3>
          ${registerRows(world)}
          <h2 id="unexplained">Unexplained</h2>
          ${exceptionList(world)}
        </main>
      </body>
    </html> `;
  return page.html;
}
