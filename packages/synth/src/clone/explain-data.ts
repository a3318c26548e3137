import type { Row, Table, World } from '@backlot/protocol';
import type { Explained, TableFacts } from './explain-world.ts';
import { registerFacts, tableFacts } from './explain-world.ts';
import type { OnlyRemembered } from './explain-overview.ts';
import { evidenceList, listOf, plural } from './explain-parts.ts';
import type { Html } from './html.ts';
import { html } from './html.ts';
import { wordGrammar } from './word-grammar.ts';
import { wordValue } from './word-expr.ts';

/** Most rows of a table that are shown. */
const mostRows = 50;

interface Cells {
  readonly heads: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** A table with at most so many rows, and the number of the rest. */
function cellTable({ heads, rows }: Cells): Html {
  const rest = rows.length - mostRows;
  const body = rows.slice(0, mostRows).map(
    (row) =>
      html`<tr>
        ${row.map((cell) => html`<td>${cell}</td>`)}
      </tr>`,
  );
  return html`<table>
      <thead>
        <tr>
          ${heads.map((head) => html`<th>${head}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${body}
      </tbody>
    </table>
    ${rest > 0 ? html`<p class="rest">and ${plural(rest, 'more row')}, in world.json</p>` : html``}`;
}

function rowsTable(table: Table, rows: readonly Row[]): Html {
  if (rows.length === 0) return html`<p>No rows.</p>`;
  const heads = table.columns.map(({ name }) => name);
  return cellTable({ heads, rows: rows.map((row) => heads.map((name) => wordValue(row[name] ?? null))) });
}

function seedDetails(world: World, table: Table): readonly Html[] {
  return Object.entries(world.seeds).map(([account, seed]) => {
    const rows = seed.tables[table.name] ?? [];
    return html`<details>
      <summary>${account}: ${plural(rows.length, 'row')}</summary>
      ${rowsTable(table, rows)}
    </details>`;
  });
}

function shownItems(facts: TableFacts): readonly Html[] {
  return facts.shown.map(({ page, in: at, query }) => html`<li><a href="#page-${page}">${page}</a>, ${at}: ${query}</li>`);
}

function tableSection(table: Table, from: Explained): Html {
  const facts = tableFacts(table, from);
  const columns = facts.columns.map(({ name, type, scope, example }) => [
    name,
    type,
    scope === 'page' ? 'until a document is loaded' : 'kept',
    example === null ? '' : wordValue(example),
  ]);
  const changed = facts.changedBy.map((id) => html` <a href="#rule-${id}">${id}</a>`);
  return html`<section id="table-${table.name}">
    <h3>${table.name}</h3>
    <details>
      <summary>${plural(columns.length, 'column')}</summary>
      ${cellTable({ heads: ['column', 'type', 'how long', 'for example'], rows: columns })}
    </details>
    ${seedDetails(from.world, table)} ${facts.shown.length > 0 ? listOf('Shown on', shownItems(facts)) : html`<p>No list shows it.</p>`}
    ${changed.length > 0 ? html`<p>Changed by the rules${changed}.</p>` : html`<p>No rule changes it.</p>`}
  </section>`;
}

function registerTable(world: World): Html {
  const rows = registerFacts(world).map(({ name, scope, initial, readOn, setBy }) => {
    const seeds = Object.entries(world.seeds).filter(([, seed]) => name in seed.registers);
    const begins = seeds.map(([account, seed]) => `${account}: ${wordValue(seed.registers[name] ?? null)}`).join('; ');
    return [name, scope, wordValue(initial), begins, readOn.join(', '), setBy.join(', ')];
  });
  if (rows.length === 0) return html`<p>None.</p>`;
  return cellTable({ heads: ['name', 'scope', 'begins as', 'accounts that begin otherwise', 'shown on', 'set by'], rows });
}

/** Tables and registers: what the application keeps. */
export function dataSections(tables: readonly Table[], from: Explained): Html {
  return html`${tables.length > 0 ? tables.map((table) => tableSection(table, from)) : html`<p>No tables.</p>`}
    <h3>Registers</h3>
    ${registerTable(from.world)}`;
}

/** How source text that users edit becomes pages. */
export function grammarSections(world: World): Html {
  const grammars = Object.entries(world.grammars ?? {}).sort(([a], [b]) => (a < b ? -1 : 1));
  if (grammars.length === 0) return html`<p>None.</p>`;
  return html`${grammars.map(
    ([name, grammar]) =>
      html`<section id="grammar-${name}">
        <h3>${name}</h3>
        <ul>
          ${wordGrammar(grammar).map((text) => html`<li>${text}</li>`)}
        </ul>
      </section>`,
  )}`;
}

function exceptionItems({ exceptions }: OnlyRemembered): Html {
  if (exceptions.length === 0) return html`<p>Every recorded transition is explained.</p>`;
  const items = exceptions.map(({ why, evidence }) => html`<li>${why} ${evidenceList(evidence)}</li>`);
  return listOf(`Recorded transitions that no rule explains: ${exceptions.reduce((sum, each) => sum + each.evidence.length, 0)}`, items);
}

/** What no rule explains: exceptions, and what pages and lists showed by address. */
export function rememberedSections(remembered: OnlyRemembered, world: World): Html {
  const names = new Set(remembered.tables.map(({ name }) => name));
  const tables = world.tables.filter(({ name }) => names.has(name));
  const lists = remembered.lists.map(
    ({ table, columns }) =>
      html`<li><a href="#table-${table}">${table}</a>: which records each address showed (${columns.join(', ')})</li>`,
  );
  return html`<p>
      Nothing says why these are so: they are replayed where they were recorded. At addresses that were not recorded, the commonest value
      stands in.
    </p>
    ${exceptionItems(remembered)} ${lists.length > 0 ? listOf('Lists remembered by address', lists) : html``}
    ${tables.map(
      (table) =>
        html`<section id="table-${table.name}">
          <h3>${table.name}: what was shown at each address</h3>
          ${seedDetails(world, table)}
        </section>`,
    )}`;
}
