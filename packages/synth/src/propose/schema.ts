import type { Effect, Expr, Then, World } from '@backlot/protocol';
import { worldSchema } from '@backlot/protocol';
import type { JsonSchema } from './asker.ts';

const text = { type: 'string' };
const ref = (name: string): JsonSchema => ({ $ref: `#/$defs/${name}` });
const list = (items: JsonSchema): JsonSchema => ({ type: 'array', items });
const record = (values: JsonSchema): JsonSchema => ({ type: 'object', additionalProperties: values });

/** A closed object; a name that ends in `?` may be left out. */
function shape(properties: Readonly<Record<string, JsonSchema>>): JsonSchema {
  const entries = Object.entries(properties).map(([name, schema]) => [name.replace(/\?$/, ''), schema] as const);
  const required = Object.keys(properties).filter((name) => !name.endsWith('?'));
  return { type: 'object', properties: Object.fromEntries(entries), required, additionalProperties: false };
}

const definitions: JsonSchema = {
  value: { anyOf: [text, { type: 'number' }, { type: 'boolean' }, { type: 'null' }, list(ref('value'))] },
  query: shape({
    from: text,
    as: text,
    'where?': ref('expr'),
    'order?': list(shape({ by: ref('expr'), 'desc?': { type: 'boolean' } })),
    'offset?': ref('expr'),
    'limit?': ref('expr'),
  }),
  expr: {
    anyOf: [
      shape({ lit: ref('value') }),
      shape({ reg: text }),
      shape({ arg: text }),
      shape({ field: text }),
      shape({ col: text, 'of?': text }),
      shape({ param: text }),
      shape({ loc: { enum: ['path', 'search', 'hash', 'href'] } }),
      shape({ fn: text, args: list(ref('expr')) }),
      shape({ count: ref('query') }),
      shape({ sum: ref('query'), get: ref('expr') }),
      shape({ first: ref('query'), get: ref('expr') }),
    ],
  },
  effect: {
    anyOf: [
      shape({ insert: text, row: record(ref('expr')), at: { enum: ['start', 'end'] } }),
      shape({ update: text, where: ref('expr'), set: record(ref('expr')) }),
      shape({ delete: text, where: ref('expr') }),
      shape({ forEach: ref('query'), do: list(ref('effect')) }),
      shape({ if: ref('expr'), do: list(ref('effect')) }),
      shape({ set: text, to: ref('expr') }),
      shape({ draft: text, to: { anyOf: [ref('expr'), { type: 'null' }] } }),
      shape({ focus: { type: ['string', 'null'] } }),
      shape({ emit: shape({ method: text, url: ref('expr'), form: record(ref('expr')) }) }),
      shape({ after: { type: 'number' }, timer: text }),
    ],
  },
  then: {
    anyOf: [
      { enum: ['default', 'stay', 'back', 'redirectBack'] },
      shape({ go: ref('expr'), 'soft?': { type: 'boolean' } }),
      shape({
        dialog: shape({
          type: { enum: ['alert', 'confirm', 'prompt'] },
          message: ref('expr'),
          accept: list(ref('effect')),
          then: ref('then'),
        }),
      }),
    ],
  },
};

const why = { type: 'string', description: 'In one or two sentences: what the occasions have in common that this says.' };

/** What an answer about a rule looks like. */
export const ruleAnswer: JsonSchema = {
  ...shape({ why, 'when?': ref('expr'), do: list(ref('effect')), then: ref('then') }),
  $defs: definitions,
};

/** What an answer about a hole looks like. */
export const holeAnswer: JsonSchema = { ...shape({ why, expr: ref('expr') }), $defs: definitions };

/** The part of a rule that is proposed. */
export interface RuleBody {
  readonly when?: Expr;
  readonly do: readonly Effect[];
  readonly then: Then;
}

const nothing = { v: 1, app: 'x', viewport: { width: 1, height: 1 }, start: '/', defaultAccount: 'x', tables: [], registers: [] };
const empty = { ...nothing, seeds: {}, pages: [], rules: [], styles: [], css: [], exceptions: [] };

/** What was read, or what is wrong with it and where. */
export type Read<T> = { readonly ok: T } | { readonly wrong: string };

function read<T>(world: object, part: (world: World) => T): Read<T> {
  const result = worldSchema.safeParse(world);
  if (result.success) return { ok: part(result.data) };
  const [issue] = result.error.issues;
  return { wrong: `${issue?.path.slice(2).join('.') || 'the answer'}: ${issue?.message}` };
}

function partsOf(input: unknown): Readonly<Record<string, unknown>> {
  return typeof input === 'object' && input !== null && !Array.isArray(input) ? (input as Record<string, unknown>) : {};
}

/** Reads a proposed rule by the schema of the protocol. */
export function readRule(input: unknown): Read<RuleBody> {
  const { why: _why, ...body } = partsOf(input);
  const fixed = { id: 'proposed', on: { open: 'x' }, evidence: [], certainty: 'ambiguous', probability: 1 };
  const extra = Object.keys(body).find((name) => name in fixed);
  if (extra !== undefined) return { wrong: `${extra}: an answer may not say this` };
  return read({ ...empty, rules: [{ ...body, ...fixed }] }, ({ rules }) => {
    const { when, do: effects, then } = rules[0] as RuleBody;
    return { ...(when === undefined ? {} : { when }), do: effects, then };
  });
}

/** Reads a proposed expression by the schema of the protocol. */
export function readExpr(input: unknown): Read<Expr> {
  const { why: _why, ...body } = partsOf(input);
  const extra = Object.keys(body).find((name) => name !== 'expr');
  if (extra !== undefined) return { wrong: `${extra}: an answer may not say this` };
  const rule = {
    id: 'x',
    on: { open: 'x' },
    do: [{ set: 'x', to: body['expr'] }],
    then: 'stay',
    evidence: [],
    certainty: 'unseen',
    probability: 1,
  };
  return read({ ...empty, rules: [rule] }, () => body['expr'] as Expr);
}
