import type { Certainty, Exception, World } from '@backlot/protocol';
import type { Explained, PageLine, RegisterFacts, RuleFacts, TableFacts } from './explain-world.ts';
import { explained, isMemory, pageLine, placeColumns, registerFacts, ruleFacts, tableFacts } from './explain-world.ts';

/** What happened that no rule explains, and how often. */
interface Unexplained {
  readonly why: string;
  readonly evidence: readonly Exception['evidence'][];
}

/** What a world only remembers. */
export interface OnlyRemembered {
  readonly exceptions: readonly Unexplained[];
  /** Tables of what pages showed, by address. */
  readonly tables: readonly TableFacts[];
  /** Lists whose records are remembered by address. */
  readonly lists: readonly { readonly table: string; readonly columns: readonly string[] }[];
}

/** All that was learned, in short. */
export interface Overview {
  readonly app: string;
  readonly start: string;
  readonly accounts: readonly string[];
  readonly pages: readonly PageLine[];
  readonly tables: readonly TableFacts[];
  readonly registers: readonly RegisterFacts[];
  readonly rules: Readonly<Record<Certainty, readonly RuleFacts[]>>;
  readonly remembered: OnlyRemembered;
}

const kinds: Readonly<Record<string, string>> = { ins: 'new rows in', del: 'rows that leave' };

/** Codes of parts of the state, as exceptions name them, in words. */
function wordChange(code: string): string {
  const [kind = '', rest = ''] = code.split(':');
  const [table, column] = rest.split('.');
  if (kind === 'set') return `the register ${rest}`;
  return column === undefined ? `${kinds[kind] ?? 'rows of'} ${table}` : `${column} of ${table}`;
}

/** The reason of an exception with elements by their names. */
function wordWhy(why: string, from: Explained): string {
  const { name } = from.wording;
  return why
    .replace(/\b(?:ins|del|upd|set):[\w.]*\w/g, wordChange)
    .replace(/\b(\w+) at (\w+)\b/g, (all, event: string, anchor: string) =>
      name(anchor) === anchor ? all : `${event} on ${name(anchor)}`,
    );
}

/** Exceptions with the same reason together, the most frequent first. */
function unexplainedOf(from: Explained): readonly Unexplained[] {
  const byWhy = new Map<string, Exception['evidence'][]>();
  for (const { why, evidence } of from.world.exceptions) {
    const words = wordWhy(why, from);
    byWhy.set(words, [...(byWhy.get(words) ?? []), evidence]);
  }
  return [...byWhy]
    .map(([why, evidence]) => ({ why, evidence }))
    .sort((a, b) => b.evidence.length - a.evidence.length || (a.why < b.why ? -1 : 1));
}

/** What a world only remembers. */
export function rememberedOf(from: Explained): OnlyRemembered {
  const { tables } = from.world;
  return {
    exceptions: unexplainedOf(from),
    tables: tables.filter(isMemory).map((table) => tableFacts(table, from)),
    lists: tables.filter((table) => placeColumns(table).length > 0).map((table) => ({ table: table.name, columns: placeColumns(table) })),
  };
}

/** What was learned, in short: pages, data, rules by certainty, and what is only remembered. */
export function overviewOf(world: World): Overview {
  const from = explained(world);
  const rules = world.rules.map((rule) => ruleFacts(rule, from));
  const of = (certainty: Certainty): readonly RuleFacts[] => rules.filter((rule) => rule.certainty === certainty);
  return {
    app: world.app,
    start: world.start,
    accounts: Object.keys(world.seeds),
    pages: world.pages.map((page) => pageLine(page, world)),
    tables: world.tables.filter((table) => !isMemory(table)).map((table) => tableFacts(table, from)),
    registers: registerFacts(world),
    rules: { certain: of('certain'), ambiguous: of('ambiguous'), unseen: of('unseen') },
    remembered: rememberedOf(from),
  };
}
