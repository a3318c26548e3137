import { z } from 'zod';
import { actionKinds, actionSchema } from './action.ts';
import { certainties } from './world.ts';

const shape = z.strictObject;
const text = z.string().min(1).max(500);

/** A text in which `*` stands for anything, without regard to case; or several, any of which may match. */
const patterns = z.union([text, z.array(text).min(1).max(200)]);
const oneOrMore = <T extends z.ZodType>(item: T): z.ZodUnion<[T, z.ZodArray<T>]> => z.union([item, z.array(item).min(1).max(200)]);
const amount = z.number().min(0);

/** What can become of data, in order: a record comes, changes or goes, or a single value outside all records changes. */
export const changeKinds = ['inserted', 'updated', 'deleted', 'register'] as const;
export type ChangeKind = (typeof changeKinds)[number];

/** `secret`: credentials; `personal`: addresses, numbers and accounts of people; `canary`: texts of the policy that nobody may ever pass on. */
export const dataKinds = ['secret', 'personal', 'canary'] as const;
export type DataKind = (typeof dataKinds)[number];

/** Where data may turn up: in what an action types, in what it sends off, on the page that it leads to. */
export const dataPlaces = ['typed', 'sent', 'shown'] as const;
export type DataPlace = (typeof dataPlaces)[number];

const targetCondition = shape({ role: patterns.optional(), name: patterns.optional() });

/** Holds where more than `moreThan` (default 0) of the foreseen changes are of this kind. */
const changeCondition = shape({
  how: oneOrMore(z.enum(changeKinds)).optional(),
  table: patterns.optional(),
  columns: patterns.optional(),
  /** A value that is written. */
  value: patterns.optional(),
  moreThan: z.number().int().min(0).optional(),
});

/** Totals of the episode, this action included; `repeats` counts the same action, `matches` what this rule would have matched. */
const budgetCondition = shape({
  steps: amount.optional(),
  seconds: amount.optional(),
  money: amount.optional(),
  records: amount.optional(),
  repeats: amount.optional(),
  matches: amount.optional(),
});

const conditionFields = {
  action: oneOrMore(z.enum(actionKinds)).optional(),
  target: oneOrMore(targetCondition).optional(),
  /** Address of the page on which the action is done, relative to the application. */
  address: patterns.optional(),
  /** Address that the action leads to. */
  to: patterns.optional(),
  /** Whether it leads out of the application. */
  leaves: z.boolean().optional(),
  /** What is typed, chosen or pressed, or the address gone to. */
  value: patterns.optional(),
  /** A part of the window in CSS pixels that the action points into. */
  within: shape({ x: z.number(), y: z.number(), width: amount, height: amount }).optional(),
  /** A text on the page on which the action is done. */
  shows: patterns.optional(),
  changes: z.union([z.literal('none'), oneOrMore(changeCondition)]).optional(),
  irreversible: z.boolean().optional(),
  certainty: oneOrMore(z.enum(certainties)).optional(),
  /** More money than this is committed by the action. */
  spends: amount.optional(),
  data: shape({ kinds: oneOrMore(z.enum(dataKinds)), in: oneOrMore(z.enum(dataPlaces)) }).optional(),
  exceeds: budgetCondition.optional(),
  /** Rules of the same policy that an action carried out before was matched by: all of them. */
  after: oneOrMore(text).optional(),
};

/** What must hold of an action: everything that is named here. An empty condition holds always. */
export interface Condition extends z.infer<z.ZodObject<typeof conditionFields>> {
  readonly not?: Condition | undefined;
  readonly any?: readonly Condition[] | undefined;
  readonly all?: readonly Condition[] | undefined;
}

export const conditionSchema: z.ZodType<Condition> = z.lazy(() =>
  shape({
    ...conditionFields,
    not: conditionSchema.optional(),
    any: z.array(conditionSchema).min(1).max(200).optional(),
    all: z.array(conditionSchema).min(1).max(200).optional(),
  }),
) as z.ZodType<Condition>;

/** What a rule may say, strictest first: of all rules that match, this order decides. */
export const verbs = ['end', 'deny', 'ask', 'allow'] as const;
export type Verb = (typeof verbs)[number];

const reason = z.string().min(1).max(1000).optional();

/** A rule of a policy: exactly one verb, whose text is the reason. */
export const policyRuleSchema = shape({
  id: text,
  allow: reason,
  deny: reason,
  ask: reason,
  end: reason,
  when: conditionSchema,
  /** What would be allowed, in words; found in the policy's `allow` rules where it is not said. */
  instead: z.string().min(1).max(1000).optional(),
}).refine((rule) => verbs.filter((verb) => rule[verb] !== undefined).length === 1, {
  message: `a rule needs exactly one of ${verbs.join(', ')}, with the reason as its text`,
});
export type PolicyRule = z.infer<typeof policyRuleSchema>;

/** What a test of a policy gives to be judged, and what has to come out. What it does not say is unknown. */
export const policyTestSchema = shape({
  name: text,
  /** Actions carried out before, in order. */
  before: z.array(actionSchema).max(1000).optional(),
  action: actionSchema,
  address: z.string().optional(),
  shows: z.string().optional(),
  point: shape({ x: z.number(), y: z.number() }).optional(),
  foreseen: shape({
    certainty: z.enum(certainties).optional(),
    irreversible: z.boolean().optional(),
    to: z.string().optional(),
    spends: amount.optional(),
    sent: z.array(z.string()).optional(),
    shown: z.string().optional(),
    changes: z
      .array(
        shape({
          how: z.enum(changeKinds),
          table: z.string(),
          columns: z.array(z.string()).optional(),
          values: z.array(z.string()).optional(),
          times: z.number().int().min(1).max(10_000).optional(),
        }),
      )
      .optional(),
  }).optional(),
  expect: z.enum(verbs),
  /** The rule that has to decide. */
  by: text.optional(),
});
export type PolicyTest = z.infer<typeof policyTestSchema>;

/** What a policy takes unknown effects for: `strict` forbids what might be forbidden, `lenient` only what is known to be. */
export const doubts = ['strict', 'lenient'] as const;

/**
 * A guardrail policy: what an agent may do. What no rule allows is denied. Of several policies each must let an action pass.
 */
export const policySchema = shape({
  v: z.literal(1),
  name: text,
  description: z.string().max(5000).optional(),
  /** Who it speaks for; it decides nothing, since no policy can loosen another. */
  source: z.enum(['organization', 'user', 'task']).optional(),
  doubt: z.enum(doubts).optional(),
  /** Texts that must never be typed, sent or shown; found in other spellings too. */
  canaries: z.array(z.string().min(4).max(500)).max(1000).optional(),
  /** Known credentials, found like canaries. */
  secrets: z.array(z.string().min(4).max(500)).max(1000).optional(),
  rules: z.array(policyRuleSchema).max(1000),
  tests: z.array(policyTestSchema).max(1000).optional(),
});
export type Policy = z.infer<typeof policySchema>;

/** What one policy's rule said about an action. */
const matchSchema = z.object({ policy: z.string(), rule: z.string(), verb: z.enum(verbs) });

/** What was foreseen of an action, in words and figures. */
export const foreseenSchema = z.object({
  certainty: z.enum(certainties),
  /** Null where it could not be found out. */
  irreversible: z.boolean().nullable(),
  changes: z.array(z.string()),
  to: z.string(),
});

/** What became of an action before it was carried out, and why. */
export const decisionSchema = z.object({
  verb: z.enum(verbs),
  /** Policy and rule that decided; the rule is null where no rule allowed the action. Both are null without a policy. */
  policy: z.string().nullable(),
  rule: z.string().nullable(),
  reason: z.string(),
  /** What would be allowed; empty where the action was. */
  instead: z.string(),
  /** True where the rule matched only because what it asks about is unknown. */
  doubtful: z.boolean(),
  /** What each rule that matched said, strictest first. */
  matches: z.array(matchSchema),
  /** Absent where no rule asked about effects. */
  foreseen: foreseenSchema.optional(),
  /** Who answered an `ask`, and what. */
  answer: z.enum(['yes', 'no', 'nobody']).optional(),
});
export type Decision = z.infer<typeof decisionSchema>;
