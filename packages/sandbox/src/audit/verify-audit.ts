import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { lstat, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { AuditRecord } from '@backlot/protocol';
import { auditFiles } from './audit-log.ts';
import { readLine, genesis } from './chain.ts';
import { fingerprint, isSigned, signedText } from './keys.ts';

/** Something in an audit that is not as it was written. */
export interface AuditFinding {
  readonly kind: 'changed' | 'removed' | 'inserted' | 'unsigned' | 'cut' | 'key' | 'blob';
  /** Line of the log from 1; null where it is about a file beside it. */
  readonly line: number | null;
  /** Bytes of the log that it is about: from the first on, up to the second, which is not part of it. */
  readonly bytes: readonly [number, number] | null;
  readonly says: string;
}

/** What an audit came to. */
export interface AuditVerdict {
  /** Nothing was found. */
  readonly intact: boolean;
  readonly records: number;
  readonly blobs: number;
  /** The last record is the signed end. */
  readonly closed: boolean;
  /** Fingerprint of the key that signed; null where no record tells. */
  readonly signedBy: string | null;
  readonly findings: readonly AuditFinding[];
}

/** A log as bytes, checked. */
export interface CheckedLog {
  readonly records: readonly AuditRecord[];
  readonly closed: boolean;
  readonly publicKey: string | null;
  readonly findings: readonly AuditFinding[];
}

/**
 * Checks the audit in a folder: every byte of the log by the chain of hashes, the chain by the signed checkpoints, and every blob by its
 * digest. `publicKey` is the key that is expected; without it the key is taken from the log itself, which proves only that the audit is
 * of one piece: compare the fingerprint.
 * @throws where there is no audit
 */
export async function verifyAudit(dir: string, options: { readonly publicKey?: string } = {}): Promise<AuditVerdict> {
  const bytes = await readFile(join(dir, auditFiles.log)).catch((cause: Error) => {
    throw new Error(`${dir} holds no audit: ${cause.message}. Give the folder that \`backlot run --out\` wrote.`, { cause });
  });
  const log = checkLog(bytes, options);
  const kept = await readFile(join(dir, auditFiles.key), 'utf8').catch(() => null);
  const keyFile: readonly AuditFinding[] =
    kept?.trim() === log.publicKey
      ? []
      : [keyFinding(null, `${auditFiles.key} ${kept === null ? 'is missing' : 'is not the key of the log'}`)];
  const blobs = await checkBlobs(join(dir, auditFiles.blobs), log.records);
  const findings = [...log.findings, ...keyFile, ...blobs.findings];
  return {
    intact: findings.length === 0,
    records: log.records.length,
    blobs: blobs.count,
    closed: log.closed,
    signedBy: log.publicKey === null ? null : fingerprint(log.publicKey),
    findings,
  };
}

interface Place {
  readonly line: number;
  readonly bytes: readonly [number, number];
}

interface Course {
  readonly records: AuditRecord[];
  readonly findings: AuditFinding[];
  readonly expectedKey: string | undefined;
  publicKey: string | null;
  run: string;
  /** Number and hash that the next record has to go on from. */
  next: number;
  prev: string;
  /** Line after which everything is signed. */
  signedUpTo: number;
}

/** Checks the bytes of a log. Pure: what stands beside it is not looked at. */
export function checkLog(bytes: Uint8Array, { publicKey: expectedKey }: { readonly publicKey?: string } = {}): CheckedLog {
  const course: Course = { records: [], findings: [], expectedKey, publicKey: null, run: '', next: 0, prev: genesis, signedUpTo: 0 };
  let start = 0;
  let line = 0;
  while (start < bytes.length) {
    const found = bytes.indexOf(10, start);
    const end = found === -1 ? bytes.length : found;
    line += 1;
    checkLine(course, bytes.subarray(start, end), { line, bytes: [start, end] });
    if (found === -1)
      course.findings.push({ kind: 'cut', line, bytes: [end, end], says: `line ${line} does not end: the log was cut off in it` });
    start = end + 1;
  }
  const closed = course.records.at(-1)?.kind === 'close';
  if (!closed) {
    const says = `the log ends after line ${line} without its signed end: it was cut off there, or the run was`;
    course.findings.push({ kind: 'cut', line, bytes: [bytes.length, bytes.length], says });
  }
  return { records: course.records, closed, publicKey: course.publicKey, findings: course.findings };
}

function checkLine(course: Course, bytes: Uint8Array, place: Place): void {
  const read = readLine(bytes);
  if ('problem' in read) {
    course.findings.push({ kind: 'changed', ...place, says: `line ${place.line} was changed: ${read.problem}` });
    // The next record is held against what this one says of itself, so that one fault is told once.
    course.next += 1;
    course.prev = read.hash ?? '';
    return;
  }
  const { record } = read;
  checkPlace(course, record, place);
  course.records.push(record);
  course.next = record.n + 1;
  course.prev = record.hash;
  if (record.kind === 'open') checkOpen(course, record, place);
  if (record.kind === 'checkpoint' || record.kind === 'close') checkSignature(course, record, place);
}

function checkPlace(course: Course, { n, prev }: AuditRecord, place: Place): void {
  const { line } = place;
  const last = course.records.at(-1);
  if (last?.kind === 'close') course.findings.push({ kind: 'inserted', ...place, says: `line ${line} stands after the signed end` });
  if (n > course.next) {
    const missing = n - course.next === 1 ? `record ${course.next} is` : `records ${course.next} to ${n - 1} are`;
    course.findings.push({ kind: 'removed', ...place, says: `${missing} missing before line ${line}` });
  } else if (n < course.next) {
    course.findings.push({
      kind: 'inserted',
      ...place,
      says: `line ${line} is record ${n}, which does not belong there: it was moved or put in`,
    });
  } else if (prev !== course.prev && course.prev !== '') {
    course.findings.push({
      kind: 'changed',
      ...place,
      says: `line ${line} does not go on from the line before it: one of the two was rewritten`,
    });
  }
}

function checkOpen(course: Course, { n, body }: Extract<AuditRecord, { kind: 'open' }>, place: Place): void {
  if (n !== 0) course.findings.push({ kind: 'inserted', ...place, says: `line ${place.line} begins the audit a second time` });
  if (course.publicKey !== null) return;
  course.publicKey = body.publicKey;
  course.run = body.run;
  if (course.expectedKey !== undefined && course.expectedKey !== body.publicKey) {
    course.findings.push(keyFinding(place, `the audit is signed by ${fingerprint(body.publicKey)}, not by the expected key`));
  }
}

function checkSignature(course: Course, record: Extract<AuditRecord, { kind: 'checkpoint' | 'close' }>, place: Place): void {
  const publicKey = course.expectedKey ?? course.publicKey ?? '';
  const text = signedText(course.run, record.n, record.prev);
  if (!isSigned(text, { publicKey, signature: record.body.signature })) {
    const says = `the signature in line ${place.line} does not fit: something in the lines ${course.signedUpTo + 1} to ${place.line} was rewritten`;
    course.findings.push({ kind: 'unsigned', ...place, says });
  }
  if (record.kind === 'close' && record.body.records !== record.n + 1) {
    course.findings.push({
      kind: 'changed',
      ...place,
      says: `line ${place.line} counts ${record.body.records} records and is number ${record.n + 1}`,
    });
  }
  course.signedUpTo = place.line;
}

function keyFinding(place: Place | null, says: string): AuditFinding {
  return { kind: 'key', line: place?.line ?? null, bytes: place?.bytes ?? null, says };
}

/** Digests that records name, with the first line that does. */
function namedBlobs(records: readonly AuditRecord[]): ReadonlyMap<string, number> {
  const named = new Map<string, number>();
  for (const record of records) {
    for (const digest of digestsOf(record)) if (!named.has(digest)) named.set(digest, record.n + 1);
  }
  return named;
}

function digestsOf({ kind, body }: AuditRecord): readonly string[] {
  if (kind === 'open') return body.policies.map(({ blob }) => blob);
  if (kind !== 'observation' && kind !== 'result') return [];
  return [body.aria, ...(body.picture === undefined ? [] : [body.picture])];
}

async function checkBlobs(
  dir: string,
  records: readonly AuditRecord[],
): Promise<{ readonly count: number; readonly findings: readonly AuditFinding[] }> {
  const named = namedBlobs(records);
  const there = new Set(await readdir(dir).catch(() => []));
  const findings: AuditFinding[] = [];
  for (const [digest, line] of named) {
    const found = there.delete(digest) ? await fileDigest(join(dir, digest)) : null;
    if (found === digest) continue;
    const what = found === null ? 'is missing' : 'was changed';
    findings.push({ kind: 'blob', line, bytes: null, says: `${auditFiles.blobs}/${digest}, named in line ${line} first, ${what}` });
  }
  for (const name of [...there].sort())
    findings.push({ kind: 'blob', line: null, bytes: null, says: `${auditFiles.blobs}/${name} is named by no record` });
  return { count: named.size, findings };
}

async function fileDigest(file: string): Promise<string | null> {
  try {
    // A link or a pipe could lead anywhere, and never end.
    if (!(await lstat(file)).isFile()) return '';
    const hash = createHash('sha256');
    for await (const chunk of createReadStream(file)) hash.update(chunk as Buffer);
    return hash.digest('hex');
  } catch {
    return null;
  }
}
