import type { Expr, Value } from '@backlot/protocol';
import { functions, toText } from '@backlot/world';
import type { ListOccasion, QuerySpace } from './occasion.ts';

/** A value that an argument took, in the forms that hypotheses compare. */
export interface Argument {
  /** Trimmed; empty where the argument is inactive. */
  readonly text: string;
  readonly lower: string;
  readonly words: readonly string[];
  /** Words that may also stand apart by commas or plus signs. */
  readonly parts: readonly string[];
  readonly key: Value;
  readonly literal: Value;
  /** Occasions on which it took this value. */
  readonly at: readonly number[];
}

/** Something that a query may depend on. The source `none` is always inactive. */
export interface Source {
  readonly name: string;
  readonly kind: 'param' | 'register' | 'none';
  /** Reads it as trimmed text. */
  readonly expr: Expr;
  /** Reads what is compared with the literal of a value. */
  readonly raw: Expr;
  /** True where it is inactive. */
  readonly inactive: Expr;
  /** Which of the values each occasion has; -1 where inactive. */
  readonly valueAt: Int32Array;
  /** Values by how often they were seen, the commonest first. */
  readonly values: readonly Argument[];
  readonly activeAt: readonly number[];
  readonly inactiveAt: readonly number[];
}

const wordsIn = (text: string): readonly string[] => text.split(/\s+/).filter((word) => word !== '');

/** A boolean that is on is the text `true`; what is off, missing or blank is empty. */
function textOf(value: Value): string {
  return typeof value === 'boolean' ? (value ? 'true' : '') : value === 0 ? '' : toText(value).trim();
}

function argument(value: Value, at: readonly number[]): Argument {
  const text = textOf(value);
  const lower = text.toLowerCase();
  return {
    text,
    lower,
    words: wordsIn(lower),
    parts: wordsIn(lower.replace(/[,+]/g, ' ')),
    key: functions['sortKey']?.(text) ?? null,
    literal: typeof value === 'string' ? text : value,
    at,
  };
}

const trimmed = (expr: Expr): Expr => ({ fn: 'trim', args: [expr] });

function makeSource(name: string, kind: 'param' | 'register', values: readonly Value[]): Source {
  const groups = new Map<string, number[]>();
  for (const [i, value] of values.entries()) {
    const group = groups.get(textOf(value));
    if (group) group.push(i);
    else groups.set(textOf(value), [i]);
  }
  const inactiveAt = groups.get('') ?? [];
  groups.delete('');
  const args = [...groups].map(([, at]) => argument(values[at[0] as number] ?? null, at));
  args.sort((a, b) => b.at.length - a.at.length || (a.text < b.text ? -1 : 1));
  const valueAt = new Int32Array(values.length).fill(-1);
  for (const [v, { at }] of args.entries()) for (const i of at) valueAt[i] = v;
  const isText = values.every((value) => value === null || typeof value === 'string');
  const raw: Expr = kind === 'param' ? { param: name } : { reg: name };
  return {
    name,
    kind,
    expr: trimmed(raw),
    raw: isText ? trimmed(raw) : raw,
    inactive: isText ? { fn: 'isBlank', args: [raw] } : { fn: 'not', args: [raw] },
    valueAt,
    values: args,
    activeAt: values.flatMap((_, i) => (valueAt[i] === -1 ? [] : [i])),
    inactiveAt,
  };
}

/** Parameters, then registers, that were ever active. */
export function readSources(occasions: readonly ListOccasion[], space: QuerySpace): readonly Source[] {
  const own = <T>(record: Readonly<Record<string, T>>, name: string): T | null =>
    Object.hasOwn(record, name) ? (record[name] ?? null) : null;
  const params = space.params.map((name) =>
    makeSource(
      name,
      'param',
      occasions.map(({ scope }) => own(scope.params, name)),
    ),
  );
  const registers = space.registers.map((name) =>
    makeSource(
      name,
      'register',
      occasions.map(({ scope }) => own(scope.state.registers, name)),
    ),
  );
  const seen = new Set<string>();
  return [...params, ...registers].filter((source) => {
    const name = source.valueAt.join();
    const isNew = source.values.length > 0 && (source.kind === 'param' || (tellsApart(source) && !seen.has(name)));
    seen.add(name);
    return isNew;
  });
}

const tellsApart = ({ values, inactiveAt }: Source): boolean => values.length + (inactiveAt.length > 0 ? 1 : 0) > 1;

/** What never depends on anything: a condition of it always holds. */
export function noSource(count: number): Source {
  const inactiveAt = Array.from({ length: count }, (_, i) => i);
  const valueAt = new Int32Array(count).fill(-1);
  const none: Expr = { lit: null };
  return { name: '', kind: 'none', expr: none, raw: none, inactive: { lit: true }, valueAt, values: [], activeAt: [], inactiveAt };
}
