import type { Detail, Hole, Overview, RuleFacts, TableFacts } from '@backlot/synth';
import type * as SynthModule from '@backlot/synth';
import { count, table } from './io/table.ts';

/** The wording that the report takes from synthesis, which is loaded when a command runs. */
type Synth = Pick<typeof SynthModule, 'wordEvidence' | 'wordValue'>;

/** Most lines of a kind that are printed; `--json` and the clone's `explain/` have all. */
const mostLines = 40;
const mostRows = 10;
const widest = 60;

function firstOf(lines: readonly string[], most = mostLines): readonly string[] {
  return lines.length <= most ? lines : [...lines.slice(0, most), `  … and ${lines.length - most} more; --json has all`];
}

const short = (text: string, most = widest): string => (text.length > most ? `${text.slice(0, most - 1).trimEnd()}…` : text);

/** A section with its heading; nothing where it has no lines. */
function section(heading: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : ['', heading, ...lines];
}

const rowsText = (rows: TableFacts['rows']): string =>
  Object.entries(rows)
    .map(([account, n]) => `${account} ${n}`)
    .join(', ');

function tableLines({ tables }: Overview): readonly string[] {
  return tables.flatMap((each) => [
    `  ${each.name}: ${short(each.columns.map(({ name }) => name).join(', '))} (rows: ${rowsText(each.rows)})`,
    ...each.shown.map(({ page, query }) => `    on ${page}: ${short(query, 140)}`),
  ]);
}

function registerLines({ registers }: Overview, { wordValue }: Synth): readonly string[] {
  const rows = registers.map(({ name, scope, initial, readOn, setBy }) => [
    `  ${name}`,
    scope,
    short(wordValue(initial), 40),
    short(readOn.join(' '), 24),
    short(setBy.join(' '), 24),
  ]);
  if (rows.length === 0) return [];
  const [head = '', ...lines] = table(['  name', 'scope', 'begins as', 'shown on', 'set by'], rows).split('\n');
  return [head, ...firstOf(lines)];
}

function ruleLines(rules: readonly RuleFacts[]): readonly string[] {
  const width = Math.max(0, ...rules.map(({ id }) => id.length));
  return firstOf(rules.map(({ id, head }) => `  ${id.padEnd(width)}  ${short(head.replace(/:$/, ''), 140)}`));
}

function rememberedLines({ remembered: { exceptions, tables, lists } }: Overview): readonly string[] {
  const all = exceptions.reduce((sum, { evidence }) => sum + evidence.length, 0);
  return [
    `  ${all === 0 ? 'every recorded transition is explained' : `${count(all, 'recorded transition')} that no rule explains:`}`,
    ...firstOf(
      exceptions.map(({ why, evidence }) => `    ${evidence.length} × ${short(why, 140)}`),
      mostRows,
    ),
    ...tables.map(
      ({ name, columns, rows }) =>
        `  ${name}: what was shown at each address, ${count(columns.length - 1, 'value')} (addresses: ${rowsText(rows)})`,
    ),
    ...lists.map(({ table: name, columns }) => `  ${name}: which records each address showed (${columns.join(', ')})`),
  ];
}

/** All of a clone in short. */
export async function overviewText(overview: Overview, dir: string): Promise<string> {
  const synth = await import('@backlot/synth');
  const { app, start, accounts, pages, rules } = overview;
  return [
    `What was learned of ${app}: it starts at ${start}, with the accounts ${accounts.join(', ') || 'none'}.`,
    '',
    table(
      ['page', 'addresses', 'title', 'views', 'rules'],
      pages.map((page) => [page.id, page.addresses.join('  '), short(page.title ?? 'depends', 40), page.views, page.rules]),
    ),
    ...section('Tables', firstOf(tableLines(overview))),
    ...section('Registers', registerLines(overview, synth)),
    ...section(`Certain rules: ${rules.certain.length}`, ruleLines(rules.certain)),
    ...section(`Ambiguous rules: ${rules.ambiguous.length}`, ruleLines(rules.ambiguous)),
    ...section(`Rules without evidence: ${rules.unseen.length}`, ruleLines(rules.unseen)),
    ...section('Only remembered', rememberedLines(overview)),
    '',
    `Next: backlot explain ${dir} ${pages[0]?.id ?? 'PAGE'}, or open ${dir}/explain/index.html`,
  ].join('\n');
}

function holeLines(holes: readonly Hole[], indent = '  '): readonly string[] {
  return holes.flatMap(({ says, inside }) => [`${indent}- ${says}`, ...holeLines(inside, `${indent}  `)]);
}

function ruleText(rule: RuleFacts, { wordEvidence }: Synth): readonly string[] {
  const share = `held on ${(100 * rule.probability).toFixed(0)} % of its occasions`;
  return [
    rule.head,
    ...[...rule.does, rule.leads].map((text) => `  - ${text}`),
    `  ${rule.id}${rule.page === null ? '' : ` on ${rule.page}`}: ${rule.certainty}, ${share}`,
    ...(rule.wouldDecide.length > 0
      ? ['  What is open, and which recording would decide:', ...rule.wouldDecide.map((text) => `  - ${text}`)]
      : []),
    ...(rule.evidence.length > 0 ? [`  Learned from ${count(rule.evidence.length, 'step')}:`] : ['  No evidence.']),
    ...firstOf(
      wordEvidence(rule.evidence).map((text) => `    ${text}`),
      mostRows,
    ),
  ];
}

function pageText(page: Extract<Detail, { kind: 'page' }>, { wordEvidence }: Synth): readonly string[] {
  const { shown, looks } = page.holes;
  const holes = holeLines(shown);
  return [
    `${page.id}  ${page.addresses.join('  ')}`,
    ...(page.title === null ? [] : [`Title: ${page.title}`]),
    ...(page.when === null ? [] : [`Shown if ${page.when}.`]),
    ...section(
      'Lists',
      page.lists.map(({ in: at, query }) => `  - ${at}: ${query}`),
    ),
    ...section('What it shows', holes.length === 0 ? ['  The same for every state.'] : firstOf(holes, 4 * mostLines)),
    ...section(
      'Looks and inner attributes',
      firstOf(
        looks.map((text) => `  - ${text}`),
        mostRows,
      ),
    ),
    ...section('Certain rules', ruleLines(page.of.filter(({ certainty }) => certainty === 'certain'))),
    ...section('Rules that are not certain', ruleLines(page.of.filter(({ certainty }) => certainty !== 'certain'))),
    ...section(
      `Learned from ${count(page.views, 'view')}`,
      firstOf(
        wordEvidence(page.evidence).map((text) => `  ${text}`),
        mostRows,
      ),
    ),
  ];
}

function tableText(each: Extract<Detail, { kind: 'table' }>, { wordValue }: Synth): readonly string[] {
  const columns = each.columns.map(({ name, type, scope, example }) => [
    name,
    type,
    scope === 'page' ? 'until a document is loaded' : 'kept',
    example === null ? '' : short(wordValue(example)),
  ]);
  const names = each.columns.map(({ name }) => name);
  return [
    `Table ${each.name} (rows: ${rowsText(each.rows)})`,
    '',
    table(['column', 'type', 'how long', 'for example'], columns),
    ...section(
      'Shown',
      each.shown.map(({ page, in: at, query }) => `  - on ${page}, ${at}: ${query}`),
    ),
    ...section('Changed by the rules', each.changedBy.length > 0 ? [`  ${each.changedBy.join(' ')}`] : []),
    ...Object.entries(each.seeds).flatMap(([account, rows]) =>
      section(
        `${account} begins with ${count(rows.length, 'row')}`,
        firstOf(
          rows.map((row) => `  ${short(names.map((name) => wordValue(row[name] ?? null)).join('  '), 140)}`),
          mostRows,
        ),
      ),
    ),
  ];
}

/** One part of a clone in full. */
export async function detailText(detail: Detail): Promise<string> {
  const synth = await import('@backlot/synth');
  if (detail.kind === 'page') return pageText(detail, synth).join('\n');
  if (detail.kind === 'table') return tableText(detail, synth).join('\n');
  if (detail.kind === 'rules') return detail.rules.map((rule) => ruleText(rule, synth).join('\n')).join('\n\n');
  const lines = detail.elements.map(({ page, name, does }) => `  - ${name} on ${page}: ${does}`);
  return [`No rule was learned for ${JSON.stringify(detail.asked)}.`, ...firstOf(lines, mostRows)].join('\n');
}
