import { z } from 'zod';
import { grammarSchema } from './grammar.ts';
import type { Effect, Expr, Loop, Query, State, Template, Then, Trigger, World } from './world.ts';
import { certainties, scopes, uiEvents } from './world.ts';

const name = z.string().min(1);
/** A name under which states and scopes keep something: none that every object has of itself. */
const slot = name.refine((text) => !(text in Object.prototype), { error: 'is a name that every object has, such as "constructor"' });
const value: z.ZodType = z.lazy(() => z.union([z.string(), z.number(), z.boolean(), z.null(), z.array(value)]));
const values = z.record(z.string(), value);
const shape = z.strictObject;

/**
 * One of several kinds of object, told apart by a property that only one kind has. Unlike a union it says what is wrong with
 * the kind that was meant. `others` answers for what is no object.
 */
function kinds<T>(what: string, options: Readonly<Record<string, z.ZodType>>, others?: z.ZodType): z.ZodType<T> {
  const known = Object.keys(options);
  return z.unknown().check((context) => {
    const input = context.value;
    const isObject = typeof input === 'object' && input !== null && !Array.isArray(input);
    const found = isObject ? known.filter((key) => Object.hasOwn(input, key)) : [];
    const schema = isObject ? options[found[0] ?? ''] : others;
    if (!schema) {
      const said = isObject ? `it has ${Object.keys(input).join(', ') || 'no property'}` : `it is ${JSON.stringify(input)}`;
      context.issues.push({ code: 'custom', input, path: [], message: `no ${what}: ${said}; one of ${known.join(', ')} is needed` });
      return;
    }
    const result = schema.safeParse(input);
    for (const issue of result.error?.issues ?? []) {
      context.issues.push({ code: 'custom', input, path: [...issue.path], message: issue.message });
    }
  }) as z.ZodType as z.ZodType<T>;
}

const expr: z.ZodType<Expr> = z.lazy(() => exprKinds);
const query: z.ZodType<Query> = z.lazy(() => queryShape) as z.ZodType<Query>;
const template: z.ZodType<Template> = z.lazy(() => templateKinds);
const effect: z.ZodType<Effect> = z.lazy(() => effectKinds);
const then: z.ZodType<Then> = z.lazy(() => thenKinds);
const exprs = z.record(slot, expr);

const queryShape = shape({
  from: slot,
  as: slot,
  where: expr.optional(),
  order: z.array(shape({ by: expr, desc: z.boolean().optional() })).optional(),
  offset: expr.optional(),
  limit: expr.optional(),
});

const exprKinds = kinds<Expr>('expression', {
  lit: shape({ lit: value }),
  reg: shape({ reg: slot }),
  arg: shape({ arg: z.string() }),
  field: shape({ field: name }),
  col: shape({ col: slot, of: slot.optional() }),
  param: shape({ param: z.string() }),
  loc: shape({ loc: z.enum(['path', 'search', 'hash', 'href', 'previous']) }),
  fn: shape({ fn: name, args: z.array(expr) }),
  count: shape({ count: query }),
  sum: shape({ sum: query, get: expr }),
  first: shape({ first: query, get: expr }),
  collect: shape({ collect: query, get: expr }),
});

const textOrExpr = z.lazy(() => kinds<string | Expr>('text or expression', { ...exprOptions }, z.string()));
const exprOptions = Object.fromEntries(
  ['lit', 'reg', 'arg', 'field', 'col', 'param', 'loc', 'fn', 'count', 'sum', 'first', 'collect'].map((key) => [key, exprKinds]),
);

const loop = kinds<Loop>('loop', { from: queryShape, values: shape({ values: expr, as: slot }) });

const templateKinds = kinds<Template>('template', {
  el: shape({ el: name, anchor: name, svg: z.boolean().optional(), attrs: z.record(z.string(), textOrExpr), kids: z.array(template) }),
  text: shape({ text: textOrExpr }),
  each: shape({ each: loop, kids: z.array(template) }),
  when: shape({ when: expr, kids: z.array(template), else: z.array(template).optional() }),
  markup: shape({ markup: expr, grammar: name }),
});

const effectKinds = kinds<Effect>('effect', {
  insert: shape({ insert: slot, row: exprs, at: z.enum(['start', 'end']) }),
  update: shape({ update: slot, where: expr, set: exprs }),
  delete: shape({ delete: slot, where: expr }),
  forEach: shape({ forEach: query, do: z.array(effect) }),
  if: shape({ if: expr, do: z.array(effect) }),
  set: shape({ set: slot, to: expr }),
  draft: shape({ draft: name, to: expr.nullable() }),
  focus: shape({ focus: name.nullable() }),
  emit: shape({ emit: shape({ method: name, url: expr, form: exprs }) }),
  after: shape({ after: z.number().min(0), timer: name }),
});

const thenKinds = kinds<Then>(
  'lead (default, stay, back, redirectBack or an object)',
  {
    go: shape({ go: expr, soft: z.boolean().optional() }),
    dialog: shape({ dialog: shape({ type: z.enum(['alert', 'confirm', 'prompt']), message: expr, accept: z.array(effect), then }) }),
  },
  z.enum(['default', 'stay', 'back', 'redirectBack']),
);

const queryParameters = z.record(z.string(), z.string().nullable());

const trigger = kinds<Trigger>('trigger', {
  ui: shape({ ui: shape({ page: name, anchor: name, event: z.enum(uiEvents), key: name.optional() }) }),
  request: shape({ request: shape({ method: name, route: name, query: queryParameters.optional() }) }),
  open: shape({ open: name }),
  timer: shape({ timer: name }),
});

const evidence = shape({ session: z.string(), step: z.number().int() });

const pageRoute = { route: name, query: queryParameters.optional(), hash: z.string().optional(), posted: queryParameters.optional() };

const page = shape({
  id: name,
  ...pageRoute,
  also: z.array(shape(pageRoute)).optional(),
  when: expr.optional(),
  title: textOrExpr,
  template,
  evidence: z.array(evidence),
});

const rule = shape({
  id: name,
  on: trigger,
  when: expr.optional(),
  do: z.array(effect),
  then,
  evidence: z.array(evidence),
  certainty: z.enum(certainties),
  probability: z.number().min(0).max(1),
  alternatives: z.array(z.string()).optional(),
});

const table = shape({
  name: slot,
  label: z.string().optional(),
  columns: z.array(
    shape({ name: slot, type: z.enum(['text', 'number', 'boolean', 'list']), scope: z.enum(['page', 'server']), initial: value }),
  ),
});

const style = shape({
  selector: name,
  specificity: z.number(),
  pseudo: z.enum(['before', 'after']).optional(),
  important: z.literal(true).optional(),
  display: z.string().optional(),
  visibility: z.string().optional(),
  position: z.string().optional(),
  float: z.string().optional(),
  content: z.string().optional(),
  contentVisibility: z.string().optional(),
  vars: z.record(z.string(), z.string()).optional(),
});

const row = z.record(slot, value).and(z.object({ id: name }));
const isValue = (input: unknown): boolean =>
  input === null || ['string', 'number', 'boolean'].includes(typeof input) || (Array.isArray(input) && input.every(isValue));
/** The same as `value`, for schemas that descriptions of endpoints are made of: those can't follow what refers to itself. */
const flatValue = z.unknown().refine(isValue, { error: 'a text, number, truth, null or list of these is needed' });
const slots = z.record(slot, flatValue);
/** More rows of one table than any page can be rendered with. */
const mostRows = 50_000;
const rows = z.record(slot, z.array(slots.and(z.object({ id: name }))).max(mostRows));
const count = z.number().int().min(0);

/** A state as it comes back from outside. Whether it is one of a world is another question: see `misfit` of the world's package. */
export const stateSchema = shape({
  v: z.literal(1),
  account: z.string(),
  tables: rows,
  registers: slots,
  drafts: z.record(slot, z.union([z.string(), z.boolean()])),
  focus: z.string().nullable(),
  hover: z.string().nullable(),
  history: shape({ entries: z.array(z.string()).min(1), index: count }).refine(({ entries, index }) => index < entries.length, {
    error: 'no entry of the history has this index',
  }),
  posted: z.record(slot, z.string()).optional(),
  dialog: shape({
    type: z.enum(['alert', 'confirm', 'prompt']),
    message: z.string(),
    rule: z.string(),
    bindings: z.record(slot, z.string()),
    args: slots,
  }).nullable(),
  clock: z.number().min(0),
  timers: z.array(shape({ name: z.string(), due: z.number() })),
  serial: count,
}) as unknown as z.ZodType<State>;

const outcomes = z.tuple([count, count]);

/** Everything that a world may hold, and nothing more: an operation that the interpreter does not know is refused with its place. */
export const worldSchema = shape({
  v: z.literal(1),
  app: z.string(),
  viewport: shape({ width: z.number().positive(), height: z.number().positive() }),
  start: name,
  defaultAccount: name,
  tables: z.array(table),
  registers: z.array(shape({ name: slot, scope: z.enum(scopes), initial: value })),
  seeds: z.record(z.string(), shape({ tables: z.record(z.string(), z.array(row)), registers: values })),
  pages: z.array(page),
  rules: z.array(rule),
  styles: z.array(style),
  grammars: z.record(name, grammarSchema).optional(),
  css: z.array(z.string()),
  exceptions: z.array(shape({ evidence, why: z.string() })),
  trial: shape({ occasions: z.record(z.string(), outcomes), places: z.record(z.string(), outcomes) }).optional(),
}) as unknown as z.ZodType<World>;
