import { createHash } from 'node:crypto';
import { auditRecordSchema, type AuditBody, type AuditKind, type AuditRecord } from '@backlot/protocol';

/** What stands before the first record. */
export const genesis = '0'.repeat(64);

export const sha256 = (bytes: string | Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** A record that is to be sealed. */
export interface Unsealed<K extends AuditKind = AuditKind> {
  readonly n: number;
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly kind: K;
  readonly body: AuditBody<K>;
  readonly prev: string;
}

/** Writes a record as its line, without the line's end. The hash covers every byte before it. */
export function seal({ n, at, kind, body, prev }: Unsealed): { readonly line: string; readonly hash: string } {
  const open = JSON.stringify({ n, at: new Date(at).toISOString(), kind, body, prev }).slice(0, -1);
  const hash = sha256(open);
  return { line: `${open},"hash":"${hash}"}`, hash };
}

/** A line as it was read: the record, or why it is none that was ever written. */
export type ReadLine =
  { readonly record: AuditRecord } | { readonly problem: string; readonly n: number | null; readonly hash: string | null };

const ending = /^,"hash":"([0-9a-f]{64})"\}$/;
const endLength = ',"hash":""}'.length + 64;

/** Reads a line (its bytes without the line's end) and holds its hash against its bytes. */
export function readLine(bytes: Uint8Array): ReadLine {
  const cut = Math.max(0, bytes.length - endLength);
  const hash = ending.exec(Buffer.from(bytes.subarray(cut)).toString('latin1'))?.[1] ?? null;
  const value = parsed(bytes);
  const n = typeof value?.n === 'number' ? value.n : null;
  if (hash === null) return { problem: 'it does not end in the hash of a record', n, hash };
  if (sha256(bytes.subarray(0, cut)) !== hash) return { problem: 'its bytes do not give its hash', n, hash };
  const record = auditRecordSchema.safeParse(value);
  if (record.success) return { record: record.data as AuditRecord };
  const [issue] = record.error.issues;
  return { problem: `it is no record: ${issue?.path.join('.') || 'the whole'}: ${issue?.message}`, n, hash };
}

function parsed(bytes: Uint8Array): { readonly n?: unknown } | null {
  try {
    const value: unknown = JSON.parse(Buffer.from(bytes).toString('utf8'));
    return typeof value === 'object' ? value : null;
  } catch {
    return null;
  }
}
