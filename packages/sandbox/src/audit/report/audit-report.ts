import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { auditFiles } from '../audit-log.ts';
import { checkLog, verifyAudit, type AuditVerdict } from '../verify-audit.ts';
import { loadBlobs } from './blobs.ts';
import { reportPage, shownPerRule } from './page.ts';
import { reportData } from './report-data.ts';

/** A page about an audit, and what checking the audit came to. */
export interface AuditReport {
  readonly html: string;
  readonly verdict: AuditVerdict;
}

/**
 * Makes a self-contained page of the audit in a folder. The audit is checked first; what is wrong with it stands at the top.
 * @throws where there is no audit
 */
export async function auditReport(dir: string): Promise<AuditReport> {
  const verdict = await verifyAudit(dir);
  const { records } = checkLog(await readFile(join(dir, auditFiles.log)));
  const data = reportData(records);
  const shown = data.rules.flatMap(({ steps }) => steps.slice(0, shownPerRule)).flatMap(({ before }) => (before === null ? [] : [before]));
  const blobs = await loadBlobs(dir, {
    texts: [
      ...(data.open?.policies.map(({ blob }) => blob) ?? []),
      ...shown.filter(({ picture }) => picture === undefined).map(({ aria }) => aria),
    ],
    pictures: shown.flatMap(({ picture }) => picture ?? []),
  });
  return { html: reportPage({ data, verdict, blobs, dir }), verdict };
}
