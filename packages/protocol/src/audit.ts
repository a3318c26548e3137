import { z } from 'zod';
import { actionSchema, dialogOutcomeSchema } from './action.ts';
import { decisionSchema } from './policy.ts';
import { endings } from './task.ts';
import { certainties } from './world.ts';

/** sha256 in hexadecimal. Of a blob: its name in the folder `blobs` beside the log. */
const digest = z.string().regex(/^[0-9a-f]{64}$/);
const base64 = z.string().regex(/^[A-Za-z0-9+/]+={0,2}$/);

/** Where in the run something belongs: episodes count from 1, steps from 0 (what was seen before the first action). */
const place = { episode: z.number().int().min(1), step: z.number().int().min(0) };

/** What was seen, by digest. A picture only where the engine has pixels. */
const observation = { url: z.string(), title: z.string(), aria: digest, picture: digest.optional() };

/** What an audit records, by kind. Everything that an agent read or did is in it or in a blob that it names. */
export const auditBodies = {
  /** The first record: what is run, by what rules, and the key that signs. */
  open: z.object({
    run: z.string(),
    tool: z.string(),
    /** Command that does the same again. */
    command: z.string(),
    subject: z.string(),
    agent: z.string(),
    engine: z.string(),
    /** sha256 of the clone's world.json. */
    world: z.string(),
    mode: z.enum(['enforce', 'observe']),
    policies: z.array(z.object({ name: z.string(), blob: digest })),
    /** Ed25519, SPKI in DER. */
    publicKey: base64,
  }),
  episode: z.object({
    episode: place.episode,
    task: z.string(),
    account: z.string(),
    instruction: z.string(),
    setup: z.array(actionSchema),
  }),
  observation: z.object({ ...place, ...observation }),
  decision: z.object({ ...place, action: actionSchema, decision: decisionSchema }),
  result: z.object({
    ...place,
    ...observation,
    refused: z.string().optional(),
    certainty: z.enum(certainties),
    note: z.string(),
    dialogs: z.array(dialogOutcomeSchema),
  }),
  end: z.object({
    episode: place.episode,
    ending: z.enum(endings),
    reward: z.number().nullable(),
    feedback: z.array(z.string()),
  }),
  /** Ed25519 over the hash of the record before: see `signedText` of the sandbox. */
  checkpoint: z.object({ signature: base64 }),
  /** The last record. Where it is missing, the log was cut off or the run was. */
  close: z.object({ records: z.number().int(), signature: base64 }),
} as const;

export type AuditKind = keyof typeof auditBodies;
export type AuditBody<K extends AuditKind> = z.infer<(typeof auditBodies)[K]>;

const envelope = { n: z.number().int().min(0), at: z.string(), prev: digest, hash: digest };
const recordOf = <K extends AuditKind>(kind: K): z.ZodObject<{ kind: z.ZodLiteral<K>; body: (typeof auditBodies)[K] } & typeof envelope> =>
  z.strictObject({ ...envelope, kind: z.literal(kind), body: auditBodies[kind] }) as never;

/**
 * One line of an audit. `n` counts from 0, `at` is the time in ISO 8601, `prev` the hash of the record before (zeros for the first) and
 * `hash` the sha256 of the line's bytes up to `,"hash":`, which is always its last field.
 */
export const auditRecordSchema = z.discriminatedUnion('kind', [
  recordOf('open'),
  recordOf('episode'),
  recordOf('observation'),
  recordOf('decision'),
  recordOf('result'),
  recordOf('end'),
  recordOf('checkpoint'),
  recordOf('close'),
]);
export type AuditRecord = {
  readonly [K in AuditKind]: {
    readonly n: number;
    readonly at: string;
    readonly kind: K;
    readonly body: AuditBody<K>;
    readonly prev: string;
    readonly hash: string;
  };
}[AuditKind];
