import type { Row, State } from '@backlot/protocol';
import type { ValueModel } from './model-schema.ts';
import type { Rng } from './rng.ts';

/** One value that a user gave a field. */
export interface ValueSample {
  readonly value: string;
  readonly account: string;
  /** The state before it was given. */
  readonly state: State;
  /** True for secrets: those are never recombined. */
  readonly secret: boolean;
}

/** The most values kept of a field. */
const mostSamples = 200;

/** Learns where the text of a field comes from. */
export function learnValues(samples: readonly ValueSample[]): ValueModel {
  const values = samples.map((sample) => sample.value);
  const distinct = new Set(values);
  const few = values.length >= 3 && distinct.size <= Math.sqrt(values.length);
  if (samples.some((sample) => sample.secret) || few || (distinct.size === 1 && distinct.has(''))) return choice(samples);
  const source = commonSource(samples);
  if (source) return { kind: 'copied', ...source };
  const kept = [...distinct].filter((value) => value.trim() !== '').toSorted();
  return kept.length === 0 ? choice(samples) : { kind: 'new', of: kindOfText(kept), samples: kept.slice(0, mostSamples) };
}

function choice(samples: readonly ValueSample[]): ValueModel {
  const counts = new Map<string, { value: string; account: string; count: number }>();
  for (const { value, account } of samples) {
    const key = JSON.stringify([account, value]);
    counts.set(key, { value, account, count: (counts.get(key)?.count ?? 0) + 1 });
  }
  return { kind: 'choice', options: [...counts.entries()].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, option]) => option) };
}

/** The table and column that held most of the values before they were given, if there is one. */
function commonSource(samples: readonly ValueSample[]): { table: string; column: string } | null {
  const counts = new Map<string, number>();
  for (const { value, state } of samples) for (const source of sourcesOf(value, state)) counts.set(source, (counts.get(source) ?? 0) + 1);
  const [best] = [...counts].toSorted((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  if (!best || best[1] <= samples.length / 2) return null;
  const [table, column] = JSON.parse(best[0]) as [string, string];
  return { table, column };
}

function sourcesOf(value: string, state: State): ReadonlySet<string> {
  const found = new Set<string>();
  if (value === '') return found;
  for (const [table, rows] of Object.entries(state.tables)) {
    for (const row of rows)
      for (const column in row) if (column !== 'id' && row[column] === value) found.add(JSON.stringify([table, column]));
  }
  return found;
}

type TextKind = Extract<ValueModel, { kind: 'new' }>['of'];

const forms: readonly (readonly [TextKind, RegExp])[] = [
  ['number', /^\d{1,9}$/],
  ['date', /^\d{4}-\d\d-\d\d$/],
  ['email', /^[^\s@]+@[^\s@]+\.[^\s@]+$/],
  ['url', /^https?:\/\/\S+$/],
  ['word', /^\S+$/],
];

function kindOfText(values: readonly string[]): TextKind {
  return forms.find(([, form]) => values.every((value) => form.test(value.trim())))?.[0] ?? 'words';
}

/** What a draw must heed. */
export interface DrawContext {
  readonly state: State;
  readonly account: string;
  /** Values that must not come out again. */
  readonly avoid: readonly string[];
  /** Labels of the options, for a list to choose from. */
  readonly options?: readonly string[];
}

/** Draws a value. New text is none that was logged and none that the state holds. Null where the model can give nothing. */
export function drawValue(model: ValueModel, context: DrawContext, rng: Rng): string | null {
  const free = (value: string): boolean => !context.avoid.includes(value);
  switch (model.kind) {
    case 'choice': {
      const own = model.options.filter((option) => option.account === context.account);
      return rng.weighted(own.length > 0 ? own : model.options, (option) => (free(option.value) ? option.count : 0))?.value ?? null;
    }
    case 'option':
      return rng.pick((context.options ?? model.options.map((option) => option.value)).filter(free)) ?? null;
    case 'copied': {
      const rows: readonly Row[] = context.state.tables[model.table] ?? [];
      const cells = [...new Set(rows.map((row) => row[model.column]))].filter(
        (cell) => typeof cell === 'string' && cell !== '' && free(cell),
      );
      return (rng.pick(cells) as string | undefined) ?? null;
    }
    case 'new':
      return newText(model, context, rng);
  }
}

function newText(model: Extract<ValueModel, { kind: 'new' }>, context: DrawContext, rng: Rng): string | null {
  const taken = new Set([...model.samples, ...context.avoid]);
  for (const rows of Object.values(context.state.tables)) for (const row of rows) for (const column in row) taken.add(String(row[column]));
  for (let attempt = 0; attempt < 50; attempt++) {
    const text = recombine(model, rng);
    if (text !== '' && !taken.has(text)) return text;
  }
  return null;
}

function recombine({ of, samples }: Extract<ValueModel, { kind: 'new' }>, rng: Rng): string {
  const a = (rng.pick(samples) ?? '').trim();
  const b = (rng.pick(samples) ?? '').trim();
  switch (of) {
    case 'number': {
      const numbers = samples.map(Number);
      const least = Math.min(...numbers);
      return String(least + rng.int(Math.max(...numbers) - least + 10));
    }
    case 'date':
      return `${a.slice(0, 8)}${String(1 + rng.int(28)).padStart(2, '0')}`;
    case 'email':
      return `${a.split('@')[0]}.${b.split('@')[0]}@${b.split('@')[1]}`;
    case 'url':
      return `${a.replace(/[/?#]*$/, '')}/${slug(b)}`;
    case 'word':
      return a.includes('/') ? `${upToLastSlash(a)}${b.slice(b.lastIndexOf('/') + 1)}` : `${a}-${b}`;
    case 'words':
      return crossOver(a.split(/\s+/), b.split(/\s+/), rng);
  }
}

/** An address, or a path, without its last part. */
const upToLastSlash = (path: string): string => path.slice(0, path.lastIndexOf('/') + 1);

const slug = (url: string): string =>
  url
    .replace(/^https?:\/\//, '')
    .replace(/[/?#].*$/, '')
    .replaceAll('.', '-');

/** The beginning of one text, and from there on the other. */
function crossOver(a: readonly string[], b: readonly string[], rng: Rng): string {
  const cut = 1 + rng.int(Math.min(a.length, Math.max(1, b.length - 1)));
  return [...a.slice(0, cut), ...(b.length > cut ? b.slice(cut) : b)].join(' ');
}
